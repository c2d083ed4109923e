import type { DeployAnswer } from '../../domain/hosting/control.ts'
import { moveDirectory } from '../sites/durable.ts'
import { extractArchive } from '../sites/extract.ts'
import { alreadyLive, withArchive } from '../sites/receive-archive.ts'
import { newVersion, requireSite } from './changes.ts'
import { handOver } from './content.ts'
import { makeLimitedFolder, removeFolder, stagingPath } from './disk-limit.ts'
import { versionDir } from './places.ts'
import {
  type NameRecord,
  readRecord,
  saveRecord,
  type SiteRecord,
  type SiteVersion,
  withSite,
} from './record.ts'
import type { HostSettings } from './settings.ts'
import { settleName } from './settle.ts'

const KEPT_VERSIONS = 3

/**
 * Replaces a site's content with that of a ZIP archive, all of it or nothing: judged and unpacked in the staging area,
 * moved beside the live version, live by one switched link. The same token with the same archive changes nothing.
 * @param alone runs a task while no other run changes the host
 */
export async function deployArchive(
  settings: HostSettings,
  query: { readonly fqdn: string; readonly token: string },
  body: AsyncIterable<Buffer>,
  now: Date,
  alone: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<DeployAnswer> {
  const { fqdn, token } = query
  requireSite(await readRecord(fqdn))
  const [archive, content] = [stagingPath(), stagingPath()]
  try {
    return await withArchive(body, archive, async (archiveSha256) => {
      await makeLimitedFolder(content)
      const extracted = await extractArchive(archive, content, settings.quotaBytes)
      return alone(async (): Promise<DeployAnswer> => {
        const record = await readRecord(fqdn)
        const site = requireSite(record)
        const known = alreadyLive(site.versions, token, archiveSha256)
        if (known) {
          await settleName(record)
          return { ...extracted, version: known.id, archiveSha256, done: 'unchanged' }
        }
        const version = newVersion(now, 'archive', archiveSha256, token)
        await putOnline(record, site, version, content)
        return { ...extracted, version: version.id, archiveSha256, done: 'deployed' }
      })
    })
  } finally {
    await removeFolder(content)
  }
}

/** The content beside the live version, then the record, then the link: live in one step. */
async function putOnline(
  record: NameRecord,
  site: SiteRecord,
  version: SiteVersion,
  content: string,
): Promise<void> {
  await handOver(site.id, content)
  await moveDirectory(content, versionDir(site.id, version.id))
  const versions = [version, ...site.versions].slice(0, KEPT_VERSIONS)
  const changed = { ...withSite(record, { ...site, versions }), pending: true }
  await saveRecord(changed)
  await settleName(changed)
  await saveRecord({ ...changed, pending: record.pending })
}
