import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { appUrlOf } from '../../src/db/app-role.ts'
import { migrate } from '../../src/db/migrate.ts'
import { readMigrations } from '../../src/db/migration-files.ts'
import { withLock } from '../../src/servers/lock.ts'
import { destroyPostgres, launchPostgres, stopPostgres } from '../../src/servers/postgres/launch.ts'
import { identify, isAlive } from '../../src/servers/process.ts'

/** A database of its own for one test file. */
export type TestDatabase = {
  readonly name: string
  /** connects as the owner (superuser) */
  readonly ownerUrl: string
  /** connects as `ranah_app`, bound by row-level security */
  readonly appUrl: string
  /** drops the database; the last user of the shared cluster stops it too */
  readonly drop: () => Promise<void>
}

const appPassword = 'only-for-tests'
const lockWaitMs = 120_000
const repository = fileURLToPath(new URL('../../', import.meta.url))
const place = createHash('sha256').update(`${repository} ${process.getuid?.()}`).digest('hex').slice(0, 12)
const clusterDirectory = process.env.TEST_CLUSTER ?? join(tmpdir(), `ranah-test-${place}`)
const lockSubject = `test cluster ${clusterDirectory}`

/**
 * Clones a fresh database from the migrated template, in a cluster shared by all test processes. The cluster
 * starts with its first user and stops with its last; `npm test` keeps it for the whole run.
 */
export async function createTestDatabase(migrations = join(repository, 'migrations')): Promise<TestDatabase> {
  await leaving
  databases += 1
  joined ??= joinCluster()
  const clusterUrl = await joined
  const template = await templateOf(clusterUrl, migrations)
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await runOn(clusterUrl, `create database ${name} template ${template}`)
  const ownerUrl = urlOf(clusterUrl, name)
  const drop = async (): Promise<void> => {
    await runOn(clusterUrl, `drop database if exists ${name} with (force)`)
    databases -= 1
    if (databases > 0) return
    joined = undefined
    templates.clear()
    leaving = leaveCluster()
    await leaving
  }
  return { name, ownerUrl, appUrl: appUrlOf(ownerUrl, appPassword), drop }
}

/** What this process holds of the cluster: it joins once, however many databases it makes. */
let databases = 0
let joined: Promise<string> | undefined
let leaving: Promise<void> = Promise.resolve()
const templates = new Map<string, Promise<string>>()

function templateOf(clusterUrl: string, directory: string): Promise<string> {
  const known = templates.get(directory)
  if (known) return known
  const made = withLock(lockSubject, lockWaitMs, () => ensureTemplate(clusterUrl, directory))
  templates.set(directory, made)
  return made
}

/** Starts the shared cluster or joins it; `leaveCluster` undoes it. @returns the owner's URL */
export function joinCluster(): Promise<string> {
  return withLock(lockSubject, lockWaitMs, async () => {
    await mkdir(usersDirectory, { recursive: true, mode: 0o700 })
    const self = await identify(process.pid)
    await writeFile(join(usersDirectory, `${process.pid}-${self!.startTicks}`), '')
    const { ownerUrl } = await launchPostgres({ dataDirectory: clusterDirectory })
    if ((await pruneUsers()) === 0) await dropStale(ownerUrl)
    return ownerUrl
  })
}

/** Stops the shared cluster unless another live test process uses it. */
export function leaveCluster(options: { destroy?: boolean } = {}): Promise<void> {
  return withLock(lockSubject, lockWaitMs, async () => {
    const others = await pruneUsers()
    for (const name of await readdir(usersDirectory)) {
      if (name.startsWith(`${process.pid}-`)) await rm(join(usersDirectory, name))
    }
    if (others > 0) return
    if (!options.destroy) await stopPostgres(clusterDirectory)
    else {
      await destroyPostgres(clusterDirectory)
      await rm(clusterDirectory, { recursive: true })
    }
  })
}

/** Forgets the users that died. @returns how many others are left */
async function pruneUsers(): Promise<number> {
  let others = 0
  for (const name of await readdir(usersDirectory)) {
    const [pid, startTicks] = name.split('-')
    if (!(await isAlive({ pid: Number(pid), startTicks: startTicks! }))) await rm(join(usersDirectory, name))
    else if (Number(pid) !== process.pid) others += 1
  }
  return others
}

/** Databases of test files that were killed before they could drop them. */
async function dropStale(clusterUrl: string): Promise<void> {
  const client = new Client({ connectionString: clusterUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'test\\_%'`,
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  } finally {
    await client.end()
  }
}

const usersDirectory = join(clusterDirectory, 'users')

async function ensureTemplate(clusterUrl: string, directory: string): Promise<string> {
  const contents = (await readMigrations(directory)).map((migration) => migration.sha256).join()
  const name = `template_${createHash('sha256').update(contents).digest('hex').slice(0, 12)}`
  const found = await runOn(clusterUrl, `select 1 from pg_database where datname = '${name}'`)
  if (found > 0) return name
  await runOn(clusterUrl, `drop database if exists ${name}_building with (force)`)
  await runOn(clusterUrl, `create database ${name}_building`)
  await migrate({ ownerUrl: urlOf(clusterUrl, `${name}_building`), appPassword, directory })
  await runOn(clusterUrl, `alter database ${name}_building rename to ${name}`)
  return name
}

function urlOf(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl)
  url.pathname = `/${database}`
  return url.href
}

async function runOn(connectionString: string, sql: string): Promise<number> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rowCount ?? 0
  } finally {
    await client.end()
  }
}
