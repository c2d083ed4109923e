import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import * as z from 'zod'
import { Refused, type Text } from '../../domain/refused.ts'
import { scramVerifier } from '../../domain/scram.ts'
import * as say from '../../domain/text/servers.ts'
import { readJson, writeJson } from '../json-file.ts'
import { accountCan, type Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { endPostmaster, findPostmaster } from './postmaster.ts'

/** The superuser of the embedded cluster; the application never connects as it. */
export const superuser = 'ranah_owner'

const initTimeoutMs = 120_000
const rootPlace = '/var/lib/ranah'

const stateShape = z.strictObject({
  /** directory that holds `cluster/` and the log; in the file relative when it lies in the data directory */
  home: z.string(),
  password: z.string(),
  /** TCP port, 0 before the first start */
  port: z.int(),
  initialised: z.boolean(),
})

/** What the data directory remembers of its cluster, in DATA/postgres/state.json (0600). */
export type ClusterState = z.infer<typeof stateShape>

const ownerShape = z.object({ dataDirectory: z.string() })
const stateFile = (dataDirectory: string): string => join(dataDirectory, 'postgres', 'state.json')

export const clusterDirectory = (state: ClusterState): string => join(state.home, 'cluster')
export const clusterLog = (state: ClusterState): string => join(state.home, 'postgres.log')

export async function readState(dataDirectory: string): Promise<ClusterState | undefined> {
  const found = await readJson(stateFile(dataDirectory))
  if (found === undefined) return undefined
  const state = stateShape.parse(found)
  return { ...state, home: resolve(dataDirectory, state.home) }
}

export async function writeState(dataDirectory: string, state: ClusterState): Promise<void> {
  const inside = state.home.startsWith(`${dataDirectory}/`)
  const home = inside ? relative(dataDirectory, state.home) : state.home
  await writeJson(stateFile(dataDirectory), { ...state, home })
}

/**
 * Finds the cluster's place or chooses one. Root's cluster stays in the data directory where the server's
 * account can get there, otherwise it goes to /var/lib/ranah and the data directory points to it.
 * @throws Refused `cluster-of-another` when the data directory is a copy of one that still exists
 */
export async function findOrPlaceCluster(
  dataDirectory: string,
  account: Account | undefined,
  onProgress: (text: Text) => void,
): Promise<ClusterState> {
  const place = join(dataDirectory, 'postgres')
  await mkdir(place, { recursive: true, mode: 0o700 })
  const known = await readState(dataDirectory)
  if (known) {
    await claimHome(known.home, dataDirectory)
    return known
  }
  const home = await chooseHome(dataDirectory, account, onProgress)
  const state = { home, password: randomBytes(24).toString('base64url'), port: 0, initialised: false }
  await writeState(dataDirectory, state)
  return state
}

async function chooseHome(
  dataDirectory: string,
  account: Account | undefined,
  onProgress: (text: Text) => void,
): Promise<string> {
  const inside = join(dataDirectory, 'postgres')
  if (!account) return inside
  if (accountCan(account, '-x', dataDirectory)) {
    await chmod(inside, 0o711)
    const home = join(inside, 'server')
    await makeHome(home, dataDirectory, account)
    return home
  }
  if (await mkdir(rootPlace, { recursive: true })) await chmod(rootPlace, 0o755)
  const name = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)
  const home = join(rootPlace, name)
  if (await stat(home).catch(() => undefined)) await setAside(home, onProgress)
  await makeHome(home, dataDirectory, account)
  return home
}

async function makeHome(home: string, dataDirectory: string, account: Account): Promise<void> {
  await mkdir(home, { recursive: true })
  await chown(home, account.uid, account.gid)
  await chmod(home, 0o700)
  await writeJson(join(home, 'owner.json'), { dataDirectory })
}

/** A cluster whose data directory was deleted is never deleted with it: somebody may still want it. */
async function setAside(home: string, onProgress: (text: Text) => void): Promise<void> {
  const running = await findPostmaster(join(home, 'cluster'))
  if (running) await endPostmaster(running)
  const aside = `${home}.kept-${randomBytes(4).toString('hex')}`
  await rename(home, aside)
  onProgress(say.orphanSetAside(aside))
}

async function claimHome(home: string, dataDirectory: string): Promise<void> {
  const file = join(home, 'owner.json')
  const found = await readJson(file)
  if (found === undefined) return
  const owner = ownerShape.parse(found).dataDirectory
  if (owner === dataDirectory) return
  const stillThere = await realpath(join(owner, 'postgres', 'state.json')).catch(() => undefined)
  if (stillThere && (await readState(owner))?.home === home) {
    throw new Refused('cluster-of-another', say.clusterOfAnother(home, owner), { status: 503 })
  }
  await writeJson(file, { dataDirectory })
}

/**
 * Makes the cluster unless it is there. A run that was killed half-way leaves only `cluster.partial-*`,
 * which the next run throws away.
 * @throws Refused `cluster-missing` when it was there once, `cluster-version` when another major made it
 */
export async function initialise(
  dataDirectory: string,
  state: ClusterState,
  binaries: Binaries,
  account: Account | undefined,
  onProgress: (text: Text) => void,
): Promise<ClusterState> {
  const directory = clusterDirectory(state)
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version && version.trim() !== binaries.major) {
    throw new Refused('cluster-version', say.clusterVersion(version.trim(), binaries.major), { status: 503 })
  }
  if (!version && state.initialised) {
    throw new Refused('cluster-missing', say.clusterMissing(directory), { status: 503 })
  }
  await removeLeftovers(state.home)
  if (!version) {
    onProgress(say.creatingCluster)
    await runInitdb(state, binaries, account)
  }
  if (state.initialised) return state
  const ready = { ...state, initialised: true }
  await writeState(dataDirectory, ready)
  return ready
}

async function removeLeftovers(home: string): Promise<void> {
  const names = await readdir(home)
  const left = names.filter((name) => name.startsWith('cluster.partial-'))
  await Promise.all(left.map((name) => rm(join(home, name), { recursive: true, force: true })))
}

async function runInitdb(
  state: ClusterState,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  const partial = join(state.home, `cluster.partial-${randomBytes(6).toString('hex')}`)
  const verifierFile = `${partial}.verifier`
  // initdb reads a password only from a file: it gets the verifier, from which nobody can log in
  await writeFile(verifierFile, `${scramVerifier(state.password, randomBytes(16))}\n`, { mode: 0o600 })
  if (account) await chown(verifierFile, account.uid, account.gid)
  const argv = [
    ['-D', partial, '-U', superuser, '--pwfile', verifierFile],
    ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums', '--no-instructions'],
  ].flat()
  try {
    await runToEnd(join(binaries.directory, 'bin', 'initdb'), argv, account)
  } finally {
    await rm(verifierFile, { force: true })
  }
  await rename(partial, clusterDirectory(state))
}

function runToEnd(program: string, argv: readonly string[], account: Account | undefined): Promise<void> {
  const identity = account ? { uid: account.uid, gid: account.gid } : {}
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const child = spawn(program, argv, { ...identity, env, cwd: dirname(program), timeout: initTimeoutMs })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`initdb ended with ${signal ?? code}: ${output.slice(-2_000)}`))
    })
  })
}
