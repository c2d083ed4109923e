import { canonicalName } from '../../../domain/dns/names.ts'
import { outstandingChanges, planLines, type DnsPlan } from '../../../domain/dns/plan.ts'
import type { CheckFinding } from '../../../domain/office/server-drivers.ts'
import { dnsServerText } from '../../../domain/text/dns-servers.ts'
import { manualText } from '../../../domain/text/manual.ts'
import { DnsFailure, type DnsDriver } from '../driver.ts'
import type { Endpoint } from '../exchange.ts'
import { probeZone } from '../probe.ts'
import type { ManualDnsConfig } from './config.ts'
import { hasZone, readByAsking } from './read.ts'

/**
 * Name servers that the office's own people change: Ranah asks them as anybody may and changes nothing. A plan is
 * applied when somebody has done it; until then `apply` says what it waits for.
 */
export function manualDns({ nameServers }: ManualDnsConfig): DnsDriver {
  const first: Endpoint = { host: nameServers[0]!.host, port: nameServers[0]!.port }
  const readRrsets: DnsDriver['readRrsets'] = (zone, names) => readByAsking(first, zone, names)
  return {
    kind: 'manual',
    readRrsets,
    isNameInUse: async (zone, name) => (await readRrsets(zone, [name])).length > 0,
    async apply(plan) {
      const names = plan.changes.map(({ name }) => name)
      const left = outstandingChanges(plan.changes, await readRrsets(plan.zone, names))
      if (left.length === 0) return { result: 'already-applied' }
      throw waitingFor({ ...plan, changes: left })
    },
    transfer: noTransfer,
    transferInParts: noTransfer,
    probe: (question) => probeZone({ primary: first, nameServers }, question),
    async createZone({ zone }) {
      if (await hasZone(first, canonicalName(zone))) return { result: 'already-there' }
      throw new DnsFailure('refused', manualText.noZone(zone), 'manual')
    },
    check: async (zone) => [
      ...(await Promise.all(nameServers.map((server) => checkServer(server, canonicalName(zone))))).flat(),
      { ok: true, text: manualText.httpProofOnly },
    ],
  }
}

async function noTransfer(zone: string): Promise<never> {
  throw new DnsFailure('refused', manualText.noTransfer(zone), 'manual')
}

/** Asked again and again, as a server that does not answer: somebody is at work. */
const waitingFor = (plan: DnsPlan): DnsFailure =>
  new DnsFailure('unreachable', manualText.waiting(planLines(plan)), 'waiting for the hand work')

async function checkServer(server: Endpoint, zone: string): Promise<CheckFinding[]> {
  const where = `${server.host}:${server.port}`
  try {
    const has = await hasZone(server, zone)
    const second = has
      ? dnsServerText.authoritative(zone)
      : dnsServerText.notAuthoritative(zone, 'not authoritative')
    return [
      { ok: true, text: dnsServerText.connected(where) },
      { ok: has, text: second },
    ]
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error
    const text =
      error.kind === 'unreachable'
        ? manualText.silent(where)
        : dnsServerText.notAuthoritative(zone, error.detail)
    return [{ ok: false, text }]
  }
}
