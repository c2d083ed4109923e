import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readServer, readServerFile } from '../db/office/servers.ts'
import type { ServerRow } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { CheckFinding, ServerCheck, ServerKind } from '../domain/office/server-drivers.ts'
import type { CertificateDriver } from '../drivers/certificates/driver.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'

export type ServerQuestion = {
  readonly officeId: string
  readonly serverId: string
  /** The zone that a name server is asked about; other servers are asked about none. */
  readonly zone?: string | undefined
}

export type ServerCheckDeps = {
  readonly db: Db
  readonly dnsOf: (zone: ServedZone) => DnsDriver
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
  readonly certificatesOf: (authority: ServerRow) => CertificateDriver
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
  const findings = await findingsOf(deps, file.kind, server, question.zone ?? '')
  return { ok: findings.every(({ ok }) => ok), findings }
}

function findingsOf(
  deps: ServerCheckDeps,
  kind: ServerKind,
  server: ServerRow,
  zone: string,
): Promise<readonly CheckFinding[]> {
  switch (kind) {
    case 'dns':
      return deps.dnsOf({ id: '', name: zone, server }).check(zone)
    case 'host':
      return deps.hostingOf(server).check()
    case 'ca':
      return deps.certificatesOf(server).check()
  }
}
