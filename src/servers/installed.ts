import { join } from 'node:path'
import { readPidfile } from './dns/pidfile.ts'
import { stopDnsServer } from './dns/launch.ts'
import { findNodeServer } from './node-server.ts'
import { findPostgres, launchPostgres, stopPostgres } from './postgres/launch.ts'
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

/** Opens the embedded PostgreSQL of a data directory and leaves it as it was found. */
export async function openPostgres(dataDirectory: string): Promise<OpenedServer> {
  const { ownerUrl, adopted, stop } = await launchPostgres({ dataDirectory })
  return { ownerUrl, close: async () => (adopted ? undefined : await stop()) }
}

/** The address of the embedded PostgreSQL if it runs. */
export async function runningPostgresUrl(dataDirectory: string): Promise<string | undefined> {
  return (await findPostgres(dataDirectory))?.ownerUrl
}
