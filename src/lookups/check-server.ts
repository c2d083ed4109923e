import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { ServerRow } from '../db/office/servers.ts'
import { readServer, readServerFile } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { ServerCheck } from '../domain/office/server-drivers.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'

export type ServerQuestion = {
  readonly officeId: string
  readonly serverId: string
  /** The zone that a name server is asked about; nothing to a site host. */
  readonly zone?: string | undefined
}

export type ServerCheckDeps = {
  readonly db: Db
  readonly dnsOf: (zone: ServedZone) => DnsDriver
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
}

/**
 * Tries a connection as the jobs will use it, changing nothing.
 * @returns what works and what does not, a sentence each; undefined for a server that does not exist
 */
export async function checkServer(
  deps: ServerCheckDeps,
  question: ServerQuestion,
): Promise<ServerCheck | undefined> {
  const { file, server } = await inScope(deps.db, question, async (tx) => ({
    file: await readServerFile(tx, question.serverId),
    server: await readServer(tx, question.serverId),
  }))
  if (!file || !server) return undefined
  const zone = question.zone ?? ''
  const findings =
    file.kind === 'host'
      ? await deps.hostingOf(server).check()
      : await deps.dnsOf({ id: '', name: zone, server }).check(zone)
  return { ok: findings.every(({ ok }) => ok), findings }
}
