import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where things lie in the data directory of a site host; nothing here is under a site owner's control. */
export class Places {
  readonly dataDir: string

  constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  /** Live sites, one directory each; a directory appears and disappears by one rename. */
  get sites() {
    return join(this.dataDir, 'sites')
  }

  /** Removed sites: one directory per name, in it one per removal. */
  get archive() {
    return join(this.dataDir, 'archive')
  }

  /** Half-made things; emptied at every start. */
  get staging() {
    return join(this.dataDir, 'staging')
  }

  site(fqdn: string) {
    return join(this.sites, fqdn)
  }

  archived(fqdn: string, token: string) {
    return join(this.archive, fqdn, token)
  }

  /** Creates what is missing. */
  async prepare(): Promise<void> {
    for (const path of [this.dataDir, this.sites, this.archive, this.staging]) {
      await mkdir(path, { recursive: true, mode: 0o700 })
    }
  }
}

export const recordFile = (siteDir: string) => join(siteDir, 'site.json')
export const versionDir = (siteDir: string, id: string) => join(siteDir, 'versions', id)
