import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '../domain/refused.ts'
import { installationInUse } from '../domain/text/servers.ts'
import { copyZones } from './dns/copy-zones.ts'
import { readPidfile } from './dns/pidfile.ts'
import { stopDnsServer } from './dns/launch.ts'
import { findNodeServer } from './node-server.ts'
import { destroyPostgres, findPostgres, launchPostgres, stopPostgres } from './postgres/launch.ts'
import { takeLock, withLock } from './lock.ts'
import { copySites } from './sites/copy-sites.ts'
import { stopSites } from './sites/launch.ts'

/** One server of a data directory as it is now. */
export type ServerState = {
  readonly name: 'postgres' | 'dns' | 'sites'
  readonly pid: number | undefined
  /** ports by what they are for; empty when it does not run */
  readonly ports: Readonly<Record<string, number>>
}

const placeOf = (dataDirectory: string, name: 'dns' | 'sites'): string => join(dataDirectory, name)

/** Looks which servers of a data directory run; starts nothing. */
export async function findServers(dataDirectory: string): Promise<readonly ServerState[]> {
  const [postgres, dns, sites] = await Promise.all([
    findPostgres(dataDirectory),
    readPidfile(placeOf(dataDirectory, 'dns')),
    findNodeServer(placeOf(dataDirectory, 'sites')),
  ])
  const { webPort, sftpPort } = sites?.ready ?? {}
  return [
    { name: 'postgres', pid: postgres?.pid, ports: postgres ? { postgres: postgres.port } : {} },
    { name: 'dns', pid: dns?.pid, ports: dns ? { dns: dns.port } : {} },
    { name: 'sites', pid: sites?.pid, ports: sites ? { web: Number(webPort), sftp: Number(sftpPort) } : {} },
  ]
}

/** Stops the servers of a data directory, whoever started them. @returns the names of those that ran */
export async function stopServers(dataDirectory: string): Promise<readonly ServerState['name'][]> {
  const ran = (await findServers(dataDirectory)).filter((server) => server.pid !== undefined)
  await Promise.all([
    stopDnsServer(placeOf(dataDirectory, 'dns')),
    stopSites({ dataDir: placeOf(dataDirectory, 'sites') }),
  ])
  await stopPostgres(dataDirectory)
  return ran.map((server) => server.name)
}

/** A database for one piece of work: the running one, or one that is started for it and stopped after it. */
export type OpenedServer = { readonly ownerUrl: string; readonly close: () => Promise<void> }

/** Opens the office's own database, or the embedded one of the data directory, which is left as it was found. */
export async function openDatabaseServer({
  dataDirectory,
  databaseUrl,
  onProgress,
}: {
  readonly dataDirectory: string
  readonly databaseUrl: string | undefined
  readonly onProgress: (text: Text) => void
}): Promise<OpenedServer> {
  if (databaseUrl) return { ownerUrl: databaseUrl, close: async () => undefined }
  const { ownerUrl, adopted, stop } = await launchPostgres({ dataDirectory, onProgress })
  return { ownerUrl, close: async () => (adopted ? undefined : await stop()) }
}

/** The address of the embedded PostgreSQL if it runs. */
export async function runningPostgresUrl(dataDirectory: string): Promise<string | undefined> {
  return (await findPostgres(dataDirectory))?.ownerUrl
}

/** Deletes the embedded database of a data directory that an interrupted restore began. */
export async function destroyDatabase(dataDirectory: string): Promise<void> {
  await destroyPostgres(dataDirectory)
}

/** Copies what the servers keep beside the database, while they run. */
export async function copyServerData(dataDirectory: string, target: string): Promise<void> {
  await copyZones(placeOf(dataDirectory, 'dns'), placeOf(target, 'dns'))
  await copySites(placeOf(dataDirectory, 'sites'), placeOf(target, 'sites'))
}

/** A portal that was asked to end a moment ago may still be on its way out. */
const claimWaitMs = 3_000

/**
 * Takes a data directory for the portal of this process until it is released.
 * @throws Refused `lock-busy` when another portal has it
 */
export async function claimInstallation(dataDirectory: string): Promise<() => void> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const place = await realpath(dataDirectory)
  return takeLock(`portal ${place}`, claimWaitMs, installationInUse(place))
}

const upkeepWaitMs = 2_000

/** Lets one backup or restore at a time work on a data directory. */
export async function whileKeeping<T>(dataDirectory: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  return withLock(`backup ${await realpath(dataDirectory)}`, upkeepWaitMs, work)
}
