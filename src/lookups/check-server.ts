import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import { readServer, readServerFile } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { ServerCheck } from '../domain/office/server-drivers.ts'
import type { DnsDriver } from '../drivers/dns/driver.ts'

export type ServerQuestion = {
  readonly officeId: string
  readonly serverId: string
  /** The zone that a name server is asked about. */
  readonly zone: string
}

export type ServerCheckDeps = { readonly db: Db; readonly dnsOf: (zone: ServedZone) => DnsDriver }

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
  const findings = await deps.dnsOf({ id: '', name: question.zone, server }).check(question.zone)
  return { ok: findings.every(({ ok }) => ok), findings }
}
