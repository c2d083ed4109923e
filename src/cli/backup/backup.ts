import { rmSync } from 'node:fs'
import {
  access,
  copyFile,
  cp,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as z from 'zod'
import type { Config } from '../../config.ts'
import { loadConfig } from '../../config.ts'
import type { DatabaseDump } from '../../db/backup/dump.ts'
import { dumpDatabase } from '../../db/backup/dump.ts'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import { argumentTexts as about } from '../../domain/text/commands.ts'
import { refuseHalfRestored } from '../../restore-marker.ts'
import type { Command } from '../command.ts'
import { givenPath } from '../given-path.ts'
import type { CommandDeps, Log } from '../installation.ts'
import { requireInstallation } from '../status.ts'
import { terminalLog } from '../terminal.ts'
import { readPassphrase } from './encryption.ts'
import { writeManifest } from './manifest.ts'
import { pack } from './packer.ts'

/** What a data directory holds beside the servers' data and what every start makes anew. */
export const keptFolders = ['outbox', 'demo', 'templates'] as const
export const secretsFile = 'installation.json'
export const configurationName = 'ranah.conf'
/** In the file of secrets: what seals credentials and the keys of servers. */
export const sealingKeyName = 'keyEncryptionKey'
export const secretsShape = z.record(z.string(), z.string())

/** `ranah backup FILE`: everything of an installation in one file, while it goes on running. */
export const backup: Command = {
  operands: [{ name: 'FILE', about: about.backupFile }],
  options: {
    'passphrase-file': { about: about.passphraseFile, value: 'FILE' },
    json: { about: about.json },
  },
  run: async (call, deps) => {
    const file = givenPath(call.operands.FILE!)
    const config = await loadConfig(process.env, process.cwd())
    await requireInstallation(config.dataDirectory)
    await refuseHalfRestored(config.dataDirectory)
    await refuseExisting(file)
    const phrase = call.one('passphrase-file')
    const passphrase = phrase === undefined ? undefined : await readPassphrase(phrase)
    const log = terminalLog(process.stderr, call.locale)
    await deps.servers.whileKeeping(config.dataDirectory, () =>
      writeBackup({ config, file, passphrase, deps, log }),
    )
    const bytes = (await stat(file)).size
    if (call.has('json')) console.log(JSON.stringify({ file, bytes, encrypted: passphrase !== undefined }))
    else {
      console.log(call.say(say.written(file, bytes)))
      if (passphrase === undefined) console.log(call.say(say.withoutKey))
    }
    return 0
  },
}

type Task = {
  readonly config: Config
  readonly file: string
  readonly passphrase: string | undefined
  readonly deps: CommandDeps
  readonly log: Log
}

/** Everything is gathered beside the file and appears under its name complete or not at all. */
async function writeBackup({ config, file, passphrase, deps, log }: Task): Promise<void> {
  await sweep(dirname(file))
  const work = join(dirname(file), `${workPrefix}${process.pid}`)
  const clear = (): void => rmSync(work, { recursive: true, force: true })
  const stopEarly = (): never => {
    clear()
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopEarly)
  try {
    const content = join(work, 'content')
    await mkdir(content, { recursive: true, mode: 0o700 })
    await gather(config, { content, isSealed: passphrase !== undefined }, deps, log)
    log.event(say.packing)
    const packed = join(work, basename(file))
    await pack(content, packed, passphrase)
    await refuseExisting(file)
    await rename(packed, file)
    await syncDirectory(dirname(file))
  } finally {
    clear()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, stopEarly)
  }
}

/**
 * The database first, then zones and sites: what the database says was done is then surely in them. What came to
 * them in between is a job that the database still holds, and jobs may be done twice.
 */
async function gather(
  { dataDirectory, file, databaseUrl }: Config,
  { content, isSealed }: { readonly content: string; readonly isSealed: boolean },
  deps: CommandDeps,
  log: Log,
): Promise<void> {
  const createdAt = new Date().toISOString()
  log.event(say.dumping)
  const database = await dumpWhole({ dataDirectory, databaseUrl }, content, deps, log)
  log.event(say.copying)
  await deps.servers.copyData(dataDirectory, join(content, 'servers'))
  await copyFiles(dataDirectory, file, join(content, 'files'))
  if (!isSealed) await leaveKeyOut(join(content, 'files', 'secrets', secretsFile))
  await writeManifest(content, { program: await versionOf(deps.root), createdAt, database })
}

async function dumpWhole(
  of: Pick<Config, 'dataDirectory' | 'databaseUrl'>,
  content: string,
  deps: CommandDeps,
  log: Log,
): Promise<DatabaseDump> {
  const server = await deps.servers.openDatabase({ ...of, onProgress: log.event })
  try {
    return await dumpDatabase(server.ownerUrl, join(content, 'database'))
  } finally {
    await server.close()
  }
}

async function copyFiles(
  dataDirectory: string,
  configurationFile: string | undefined,
  target: string,
): Promise<void> {
  await mkdir(join(target, 'secrets'), { recursive: true, mode: 0o700 })
  await copyFile(join(dataDirectory, 'secrets', secretsFile), join(target, 'secrets', secretsFile))
  if (configurationFile) await copyFile(configurationFile, join(target, configurationName))
  for (const folder of keptFolders) {
    await cp(join(dataDirectory, folder), join(target, folder), {
      recursive: true,
      preserveTimestamps: true,
      // a link would lead out of what is kept
      filter: async (path) => !path.endsWith('.part') && !(await lstat(path)).isSymbolicLink(),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}

/**
 * The key that opens every stored credential never lies beside them in a file that anybody can read: without a
 * passphrase a backup has what is sealed, and not what opens it.
 */
async function leaveKeyOut(file: string): Promise<void> {
  const { [sealingKeyName]: _key, ...others } = secretsShape.parse(JSON.parse(await readFile(file, 'utf8')))
  await writeFile(file, `${JSON.stringify(others, null, 2)}\n`, { mode: 0o600 })
}

async function versionOf(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw new Refused('file-exists', cliTexts.fileExists(file), { status: 409 })
}

const workPrefix = '.ranah-backup-'

/** Takes away what a backup left that was killed. */
async function sweep(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => name.startsWith(workPrefix))
  for (const name of names)
    if (!isRunning(Number(name.slice(workPrefix.length))))
      await rm(join(directory, name), { recursive: true, force: true })
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  await handle.sync()
  await handle.close()
}
