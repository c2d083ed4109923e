import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort } from '../../src/servers/free-port.ts'
import { type Account, serverAccount } from '../../src/servers/postgres/account.ts'

/** A server as an office runs it: Debian's own PostgreSQL, of which Ranah knows no more than a URL. */
export type ExternalPostgres = {
  /** connects as the server's administrator */
  readonly adminUrl: string
  /** as `adminUrl`, as somebody else or to another database */
  readonly urlFor: (user: string, password: string, database: string) => string
  readonly stop: () => Promise<void>
}

const startTimeoutMs = 30_000
const initTimeoutMs = 60_000
const stopTimeoutMs = 15_000
const place = '/usr/lib/postgresql'

/** Starts Debian's PostgreSQL on a fresh cluster and a free port of loopback. The oldest one installed. */
export async function startExternalPostgres(): Promise<ExternalPostgres> {
  const versions = (await readdir(place)).map(Number).filter((version) => version >= 15)
  if (versions.length === 0)
    throw new Error('no PostgreSQL 15 or newer is installed: apt-get install postgresql')
  const programs = join(place, String(Math.min(...versions)), 'bin')
  const account = await serverAccount()
  const directory = await mkdtemp(join(tmpdir(), 'ranah-external-'))
  const password = randomBytes(12).toString('hex')
  await initialise(programs, directory, password, account)
  const port = await freePort()
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', join(directory, 'cluster'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', ''],
    { ...identity(account), cwd: '/', stdio: 'ignore' },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const urlFor: ExternalPostgres['urlFor'] = (user, pass, database) =>
    `postgresql://${user}:${pass}@127.0.0.1:${port}/${database}`
  const adminUrl = urlFor('admin', password, 'postgres')
  const stop = async (): Promise<void> => {
    child.kill('SIGINT')
    await Promise.race([ended, sleep(stopTimeoutMs, undefined, { ref: false })])
    child.kill('SIGKILL')
    await ended
    await rm(directory, { recursive: true })
  }
  try {
    await waitForLogin(adminUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return { adminUrl, urlFor, stop }
}

const identity = (account: Account | undefined): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {}

async function initialise(
  programs: string,
  directory: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  const passwordFile = join(directory, 'password')
  await writeFile(passwordFile, password)
  if (account)
    await Promise.all([directory, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  const argv = ['-D', join(directory, 'cluster'), '-U', 'admin', '--pwfile', passwordFile]
  const run = spawnSync(
    join(programs, 'initdb'),
    [...argv, '--auth=scram-sha-256', '--locale=C.UTF-8', '--no-sync'],
    { ...identity(account), cwd: '/', timeout: initTimeoutMs, encoding: 'utf8' },
  )
  if (run.status !== 0) throw new Error(`initdb: ${run.stderr}`)
}

async function waitForLogin(connectionString: string): Promise<void> {
  const deadline = performance.now() + startTimeoutMs
  for (;;) {
    const client = new Client({ connectionString })
    try {
      await client.connect()
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(50)
    } finally {
      await client.end()
    }
  }
}
