import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Config } from '../../config.ts'
import { loadConfig } from '../../config.ts'
import type { DatabaseDump } from '../../db/backup/dump.ts'
import { endSigningNames } from '../../db/backup/end-signing-names.ts'
import { forgetSealed } from '../../db/backup/forget-sealed.ts'
import {
  emptyDatabase,
  loadDatabase,
  requireEmptyDatabase,
  requireKnownVersion,
} from '../../db/backup/load.ts'
import { openDatabase } from '../../db/database.ts'
import { nonceLength, seal } from '../../domain/fulfilment/seal.ts'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { argumentTexts as about } from '../../domain/text/commands.ts'
import { checkLogbook } from '../../lookups/logbook.ts'
import { restoreMarker } from '../../restore-marker.ts'
import { loadSecrets } from '../../secrets.ts'
import type { Command } from '../command.ts'
import { givenPath } from '../given-path.ts'
import type { CommandDeps, Log } from '../installation.ts'
import { terminalLog } from '../terminal.ts'
import { configurationName, keptFolders, sealingKeyName, secretsFile, secretsShape } from './backup.ts'
import { readPassphrase } from './encryption.ts'
import type { Manifest } from './manifest.ts'
import { verifyManifest } from './manifest.ts'
import { unpack } from './packer.ts'

/** `ranah restore FILE`: an installation from a backup, in an empty data directory. */
export const restore: Command = {
  operands: [{ name: 'FILE', about: about.backupFile }],
  options: {
    'passphrase-file': { about: about.passphraseFile, value: 'FILE' },
    'key-file': { about: about.keyFile, value: 'FILE' },
    json: { about: about.json },
  },
  run: async (call, deps) => {
    const config = await loadConfig(process.env, process.cwd())
    const phrase = call.one('passphrase-file')
    const passphrase = phrase === undefined ? undefined : await readPassphrase(phrase)
    const log = terminalLog(process.stderr, call.locale)
    const file = givenPath(call.operands.FILE!)
    const keyFile = call.one('key-file')
    const key = keyFile === undefined ? undefined : await readKey(givenPath(keyFile))
    const task = { config, file, passphrase, key, deps, log }
    const { createdAt, database } = await deps.servers.whileKeeping(config.dataDirectory, () => fill(task))
    const logbooks = database.offices.map(({ slug, entries, head }) => ({ office: slug, entries, head }))
    if (call.has('json'))
      console.log(JSON.stringify({ dataDirectory: config.dataDirectory, createdAt, logbooks }))
    else {
      for (const { office, entries, head } of logbooks)
        console.log(call.say(say.verified(office, entries, head)))
      console.log(call.say(say.restored(config.dataDirectory, createdAt)))
    }
    return 0
  },
}

type Task = {
  readonly config: Config
  readonly file: string
  readonly passphrase: string | undefined
  /** what opens the sealed secrets of a backup that came without it; base64 */
  readonly key: string | undefined
  readonly deps: CommandDeps
  readonly log: Log
}

const contentName = 'restoring'

/** The marker stands before the first change and goes after the last one, so that half a restore never starts. */
async function fill(task: Task): Promise<Manifest> {
  const { config } = task
  const marker = restoreMarker(config.dataDirectory)
  const isSecondTry = await requireEmpty(config.dataDirectory)
  const content = join(config.dataDirectory, contentName)
  if (isSecondTry) await clearAway(task)
  const manifest = await readBackup(task, content)
  await writeMarker(marker, { database: databaseNameOf(config) })
  const place = config.dataDirectory
  task.log.event(say.placing)
  await mkdir(join(place, 'secrets'), { recursive: true, mode: 0o700 })
  const hasKey = await placeSecrets(task, content)
  await fillDatabase(task, content, { dump: manifest.database, hasKey })
  await placeFiles(content, place, task)
  await rm(content, { recursive: true, force: true })
  await rm(marker)
  return manifest
}

/** @returns whether a restore began here before. @throws Refused `not-empty` */
async function requireEmpty(dataDirectory: string): Promise<boolean> {
  const names = await readdir(dataDirectory)
  if (names.includes('restoring.json')) return true
  const found = names.find((name) => name !== configurationName)
  if (found !== undefined) throw new Refused('not-empty', say.notEmpty(dataDirectory, found), { status: 409 })
  return false
}

/** `database`: the one that the restore began to fill, which was empty before; null while it only reads. */
const markerShape = z.object({ database: z.string().nullable().catch(null) }).catch({ database: null })

const writeMarker = (path: string, marker: z.infer<typeof markerShape>): Promise<void> =>
  writeFile(path, `${JSON.stringify(marker)}\n`, { mode: 0o600, flush: true })

/** A marker that was not written to its end says nothing. */
async function readMarker(dataDirectory: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(restoreMarker(dataDirectory), 'utf8'))
  } catch {
    return undefined
  }
}

/** Names a database without its password. */
function databaseNameOf({ databaseUrl }: Config): string {
  if (!databaseUrl) return 'embedded'
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}

/** What an interrupted restore left; its database was empty when it began. */
async function clearAway({ config, deps }: Task): Promise<void> {
  const { dataDirectory, databaseUrl } = config
  await deps.servers.stop(dataDirectory)
  const { database } = markerShape.parse(await readMarker(dataDirectory))
  if (databaseUrl && database === databaseNameOf(config)) await emptyDatabase(databaseUrl)
  if (!databaseUrl) await deps.servers.destroyDatabase(dataDirectory)
  for (const name of await readdir(dataDirectory))
    if (name !== configurationName && name !== 'restoring.json')
      await rm(join(dataDirectory, name), { recursive: true, force: true })
}

/** Unpacks and verifies; when the backup is no good the data directory is again as it was. */
async function readBackup(task: Task, content: string): Promise<Manifest> {
  const { config, file, passphrase, deps, log } = task
  const marker = restoreMarker(config.dataDirectory)
  try {
    if (config.databaseUrl) await requireEmptyDatabase(config.databaseUrl)
    await writeMarker(marker, { database: null })
    log.event(say.unpacking)
    await mkdir(content, { mode: 0o700 })
    await unpack(file, content, passphrase)
    const manifest = await verifyManifest(content)
    await requireKnownVersion(manifest.database, join(deps.root, 'migrations'))
    return manifest
  } catch (error) {
    await rm(content, { recursive: true, force: true })
    await rm(marker, { force: true })
    throw error
  }
}

/** @returns whether what is sealed in the database can be opened */
async function placeSecrets({ config, key }: Task, content: string): Promise<boolean> {
  const from = join(content, 'files', 'secrets', secretsFile)
  const given = secretsShape.parse(JSON.parse(await readFile(from, 'utf8')))
  const all = { ...(key && { [sealingKeyName]: key }), ...given }
  const to = join(config.dataDirectory, 'secrets', secretsFile)
  await writeFile(to, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600, flush: true })
  return sealingKeyName in all
}

/** @throws Refused `key-file-wrong` */
async function readKey(file: string): Promise<string> {
  try {
    return z
      .looseObject({ [sealingKeyName]: z.base64() })
      .transform((all) => all[sealingKeyName])
      .parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw new Refused('key-file-wrong', say.keyFileWrong(file), { cause: error })
  }
}

async function fillDatabase(
  { config, deps, log }: Task,
  content: string,
  { dump, hasKey }: { readonly dump: DatabaseDump; readonly hasKey: boolean },
): Promise<void> {
  const { dataDirectory, databaseUrl } = config
  const { appDatabasePassword, keyEncryptionKey } = await loadSecrets(dataDirectory)
  const server = await deps.servers.openDatabase({ dataDirectory, databaseUrl, onProgress: log.event })
  try {
    log.event(say.loading)
    const appUrl = await loadDatabase({
      ownerUrl: server.ownerUrl,
      appPassword: appDatabasePassword,
      migrations: join(deps.root, 'migrations'),
      rows: join(content, 'database'),
      dump,
    })
    await verifyLogbooks(appUrl, dump)
    await endSigningNames(server.ownerUrl)
    if (hasKey) return
    const sealNow = (context: string, secret: string): Buffer =>
      seal(keyEncryptionKey, randomBytes(nonceLength), context, secret)
    const { pages, ...named } = await forgetSealed(server.ownerUrl, sealNow, randomBytes)
    if (pages > 0 || Object.values(named).some((names) => names.length > 0))
      log.event(say.forgotten({ pages, ...named }))
  } finally {
    await server.close()
  }
}

/** Computes every hash anew and holds the head against the one that the backup carries. */
async function verifyLogbooks(appUrl: string, dump: DatabaseDump): Promise<void> {
  const database = openDatabase(appUrl)
  try {
    for (const office of dump.offices) {
      const verdict = await checkLogbook(database.db, office.id)
      if (verdict.ok && verdict.head === office.head && verdict.entries === office.entries) continue
      const why = verdict.ok ? verdict.head : verdict.text.id
      throw new Refused('logbook-bad', say.logbookBad(office.slug, why), { status: 503 })
    }
  } finally {
    await database.close()
  }
}

/** The old machine's configuration is put beside: it may name a database and a mail server that are in use. */
async function placeFiles(content: string, place: string, { log }: Task): Promise<void> {
  for (const name of ['dns', 'sites']) await rename(join(content, 'servers', name), join(place, name))
  const given = await readdir(join(content, 'files'))
  for (const folder of keptFolders)
    if (given.includes(folder)) await rename(join(content, 'files', folder), join(place, folder))
  if (!given.includes(configurationName)) return
  const beside = join(place, `${configurationName}.restored`)
  await rename(join(content, 'files', configurationName), beside)
  log.event(say.configurationBeside(beside))
}
