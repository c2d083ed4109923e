import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { ServerRow } from '../db/office/servers.ts'
import { readServer, readServerFile } from '../db/office/servers.ts'
import type { ServedZone } from '../db/office/zones.ts'
import type { CheckFinding, ServerCheck } from '../domain/office/server-drivers.ts'
import type { Text } from '../domain/refused.ts'
import { Refused } from '../domain/refused.ts'
import { serverCheckTexts as text } from '../domain/text/office-servers.ts'
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
  const findings = await findingsOf(deps, server, question.zone)
  return { ok: findings.every(({ ok }) => ok), findings }
}

async function findingsOf(
  deps: ServerCheckDeps,
  server: ServerRow,
  zone: string,
): Promise<readonly CheckFinding[]> {
  const dns = deps.dnsOf({ id: '', name: zone, server })
  const findings: CheckFinding[] = []
  const tried = async (ask: () => Promise<unknown>, works: Text): Promise<boolean> => {
    try {
      await ask()
      findings.push({ ok: true, text: works })
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      findings.push({ ok: false, text: error.text })
      return false
    }
  }
  const answers = await tried(() => dns.isNameInUse(zone, zone), text.updatesAccepted(zone))
  if (answers) await tried(() => dns.transfer(zone), text.transferAccepted(zone))
  return findings
}
