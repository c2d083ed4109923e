import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { startingPage } from '../../domain/hosting/host-pages.ts'
import type { SiteDescription } from '../../domain/hosting/site.ts'
import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { moveDirectory, putInPlace, replaceFile, syncAll, syncDirectory } from './durable.ts'
import { Places, recordFile, versionDir } from './places.ts'
import { Serial } from './serial.ts'
import { type SiteRecord, type SiteVersion, siteRecord } from './site-record.ts'

/** Versions of the content kept per site, the live one included. */
const KEPT_VERSIONS = 3

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * The sites of this host. The only writer of its directory: it reads everything once at start and then
 * answers from memory, and every change is on disk before memory knows it.
 */
export class SiteStore {
  readonly places: Places
  readonly #serial = new Serial()
  readonly #records = new Map<string, SiteRecord>()
  readonly #damaged = new Set<string>()
  readonly #now: () => Date
  readonly #accessListeners: ((fqdn: string) => void)[] = []

  private constructor(places: Places, now: () => Date) {
    this.places = places
    this.#now = now
  }

  /** Opens the store and clears away what a crash left half-made. */
  static async open(dataDir: string, now: () => Date): Promise<SiteStore> {
    const store = new SiteStore(new Places(dataDir), now)
    await store.places.prepare()
    for (const name of await readdir(store.places.staging)) {
      await rm(join(store.places.staging, name), { recursive: true, force: true })
    }
    for (const fqdn of await readdir(store.places.sites)) await store.#load(fqdn)
    return store
  }

  async #load(fqdn: string): Promise<void> {
    const dir = this.places.site(fqdn)
    try {
      const record = siteRecord.parse(JSON.parse(await readFile(recordFile(dir), 'utf8')))
      if (record.fqdn !== fqdn) throw new Error(`the record speaks of ${record.fqdn}`)
      this.#records.set(fqdn, record)
      await this.#dropStray(dir, record)
    } catch (error) {
      this.#damaged.add(fqdn)
      process.stderr.write(`site ${fqdn}: ${String(error)}\n`)
    }
  }

  /** Removes versions no record speaks of: left by a crash between a move and the record, or outlived. */
  async #dropStray(dir: string, record: SiteRecord): Promise<void> {
    for (const id of await readdir(join(dir, 'versions'))) {
      if (record.versions.some((version) => version.id === id)) continue
      await rm(versionDir(dir, id), { recursive: true, force: true })
    }
    for (const name of await readdir(dir)) {
      if (name.endsWith('.tmp')) await rm(join(dir, name), { force: true })
    }
  }

  /** Calls back whenever the sign-in of a site stops being what it was. */
  onAccessChanged(listener: (fqdn: string) => void): void {
    this.#accessListeners.push(listener)
  }

  list(): SiteRecord[] {
    return [...this.#records.values()].sort((a, b) => a.fqdn.localeCompare(b.fqdn))
  }

  find(fqdn: string): SiteRecord | null {
    return this.#records.get(fqdn) ?? null
  }

  /** As {@link find}, but a site whose record cannot be read is refused, never reported missing. */
  findSound(fqdn: string): SiteRecord | null {
    this.#refuseDamaged(fqdn)
    return this.find(fqdn)
  }

  findByUsername(username: string): SiteRecord | null {
    for (const record of this.#records.values()) if (record.access?.username === username) return record
    return null
  }

  /** As {@link find}, refusing with words when there is none. */
  require(fqdn: string): SiteRecord {
    this.#refuseDamaged(fqdn)
    const record = this.#records.get(fqdn)
    if (!record) throw new Refused('site-not-found', hostingText.noSite(fqdn), { status: 404 })
    return record
  }

  #refuseDamaged(fqdn: string): void {
    if (this.#damaged.has(fqdn)) {
      throw new Refused('site-damaged', hostingText.damagedSite(fqdn), { status: 503 })
    }
  }

  /** Directory of the content that visitors see now. */
  liveDir(record: SiteRecord): string {
    return versionDir(this.places.site(record.fqdn), record.versions[0]!.id)
  }

  /** Runs a task while nothing else changes this site. */
  exclusively<T>(fqdn: string, task: () => Promise<T>): Promise<T> {
    return this.#serial.run(fqdn, task)
  }

  idle(): Promise<void> {
    return this.#serial.idle()
  }

  /** A fresh name in the staging area; what lies there is gone after the next start. */
  stagingPath(): string {
    return join(this.places.staging, randomBytes(12).toString('hex'))
  }

  /** Makes a change to a record durable, then visible. Call within {@link exclusively}. */
  async save(record: SiteRecord): Promise<void> {
    const before = this.#records.get(record.fqdn)
    await replaceFile(recordFile(this.places.site(record.fqdn)), JSON.stringify(record, null, 2))
    this.#records.set(record.fqdn, record)
    if (before?.access?.generation !== record.access?.generation) this.#announceAccess(record.fqdn)
  }

  #announceAccess(fqdn: string): void {
    for (const listener of this.#accessListeners) listener(fqdn)
  }

  newVersion(origin: SiteVersion['origin'], archiveSha256: string | null, token: string): SiteVersion {
    const now = this.#now()
    const id = `${now.getTime().toString(36)}-${randomBytes(6).toString('hex')}`
    return { id, deployedAt: now.toISOString(), origin, archiveSha256, token }
  }

  /** Makes sure that a site is there with this description; an existing one keeps its content and access. */
  ensure(site: SiteDescription, token: string): Promise<'created' | 'updated' | 'unchanged'> {
    return this.exclusively(site.fqdn, async () => {
      this.#refuseDamaged(site.fqdn)
      const present = this.find(site.fqdn)
      if (!present) return this.#create(site, token)
      if (present.title === site.title && present.agency === site.agency) return 'unchanged'
      await this.#refreshStartingPage(present, site)
      await this.save({ ...present, title: site.title, agency: site.agency })
      return 'updated'
    })
  }

  async #create(site: SiteDescription, token: string): Promise<'created'> {
    const staged = this.stagingPath()
    try {
      return await this.#createFrom(staged, site, token)
    } finally {
      await rm(staged, { recursive: true, force: true })
    }
  }

  async #createFrom(staged: string, site: SiteDescription, token: string): Promise<'created'> {
    const version = this.newVersion('starting-page', null, token)
    const content = versionDir(staged, version.id)
    await mkdir(content, { recursive: true, mode: 0o755 })
    const page = join(content, 'index.html')
    await writeFile(page, startingPage(site), { mode: 0o644, flag: 'wx' })
    const record: SiteRecord = {
      ...site,
      createdAt: this.#now().toISOString(),
      createdWith: token,
      versions: [version],
      access: null,
      generation: 0,
      spentTokens: [],
    }
    await writeFile(recordFile(staged), JSON.stringify(record, null, 2), { mode: 0o600, flag: 'wx' })
    await syncAll([page, content, dirname(content), recordFile(staged), staged])
    await putInPlace(staged, this.places.site(site.fqdn))
    this.#records.set(site.fqdn, record)
    return 'created'
  }

  /** A starting page nobody has touched speaks with the new description; own content is left alone. */
  async #refreshStartingPage(before: SiteRecord, after: SiteDescription): Promise<void> {
    if (before.versions[0]!.origin !== 'starting-page') return
    const file = join(this.liveDir(before), 'index.html')
    const shown = await readFile(file, 'utf8').catch(() => null)
    if (shown === startingPage(before)) await replaceFile(file, startingPage(after), 0o644)
  }

  /**
   * Takes a site away and keeps it under this token; the same token again changes nothing.
   * @param onlyCreatedWith undoes a creation: the site goes only if that token created it
   */
  remove(fqdn: string, token: string, onlyCreatedWith?: string): Promise<'removed' | 'unchanged'> {
    return this.exclusively(fqdn, async () => {
      this.#refuseDamaged(fqdn)
      const record = this.find(fqdn)
      if (!record) return 'unchanged'
      if (onlyCreatedWith === undefined && (await exists(this.places.archived(fqdn, token))))
        return 'unchanged'
      if (onlyCreatedWith !== undefined && record.createdWith !== onlyCreatedWith) {
        throw new Refused('site-not-ours', hostingText.notOurs(fqdn), { status: 409 })
      }
      await mkdir(join(this.places.archive, fqdn), { recursive: true, mode: 0o700 })
      await syncDirectory(this.places.archive)
      await moveDirectory(this.places.site(fqdn), await this.#freeArchive(fqdn, token))
      this.#records.delete(fqdn)
      this.#announceAccess(fqdn)
      return 'removed'
    })
  }

  /** Where to keep a removed site; a creation that was undone, repeated and undone again has several. */
  async #freeArchive(fqdn: string, token: string): Promise<string> {
    const wanted = this.places.archived(fqdn, token)
    return (await exists(wanted)) ? `${wanted}~${randomBytes(6).toString('hex')}` : wanted
  }

  /** Brings back what {@link remove} took away under this token, with its content and its access. */
  restore(fqdn: string, token: string): Promise<'restored' | 'unchanged'> {
    return this.exclusively(fqdn, async () => {
      this.#refuseDamaged(fqdn)
      const source = this.places.archived(fqdn, token)
      const archived = await exists(source)
      if (this.find(fqdn)) {
        if (!archived) return 'unchanged'
        throw new Refused('site-exists', hostingText.siteExists(fqdn), { status: 409 })
      }
      if (!archived) throw new Refused('archive-not-found', hostingText.noArchive(fqdn), { status: 404 })
      await moveDirectory(source, this.places.site(fqdn))
      await this.#load(fqdn)
      return 'restored'
    })
  }

  /**
   * Puts staged content live by replacing the record, keeping the last good versions. Call within
   * {@link exclusively}.
   */
  async switchTo(fqdn: string, stagedContent: string, version: SiteVersion): Promise<void> {
    const record = this.require(fqdn)
    const dir = this.places.site(fqdn)
    await moveDirectory(stagedContent, versionDir(dir, version.id))
    const versions = [version, ...record.versions].slice(0, KEPT_VERSIONS)
    await this.save({ ...record, versions })
    await this.#dropStray(dir, this.require(fqdn))
  }
}
