import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { challengeName, isProvableIn } from '../../domain/certificates/names.ts'
import { planChanges } from '../../domain/dns/plan.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { certificateFailures } from '../../domain/text/certificates.ts'
import type { DnsDriver, ServerReport } from '../dns/driver.ts'
import { CertificateFailure, type Challenge, type Proof } from './driver.ts'

/**
 * Proves names in the office's own zone (RFC 8555 section 8.4). The TXT set at `_acme-challenge` of a name that Ranah
 * keeps holds proofs and nothing else, so it is written whole and taken away whole: what a crash left goes with it.
 */
export function dnsProof(dns: DnsDriver, zone: string, limits: Partial<DnsProofLimits> = {}): Proof {
  const bounds = { ...usualLimits, ...limits }
  return {
    type: 'dns-01',
    publish: async (challenges) => {
      const sets = setsOf(zone, challenges)
      await write(dns, zone, sets)
      await seenEverywhere(dns, zone, sets, bounds)
    },
    withdraw: (challenges) =>
      write(
        dns,
        zone,
        setsOf(zone, challenges).map((set) => ({ ...set, values: [] })),
      ),
  }
}

export type DnsProofLimits = {
  /** longest wait until every name server shows the proof; secondaries may be minutes behind */
  readonly visibleMs: number
  readonly pollMs: number
}

const usualLimits: DnsProofLimits = { visibleMs: 180_000, pollMs: 1_000 }
/** Of the proof: nobody shall remember it. */
const TTL_SECONDS = 60

function setsOf(zone: string, challenges: readonly Challenge[]): Rrset[] {
  for (const { name } of challenges)
    if (!isProvableIn(zone, [name]))
      throw new CertificateFailure('refused', certificateFailures.outsideZone(name, zone), {
        detail: 'outside zone',
      })
  const byName = Map.groupBy(challenges, ({ name }) => challengeName(name))
  return [...byName].map(([name, each]) => ({
    name,
    type: 'TXT',
    ttl: TTL_SECONDS,
    values: each.map(({ keyAuthorization }) => `"${digest(keyAuthorization)}"`),
  }))
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

async function write(dns: DnsDriver, zone: string, desired: readonly Rrset[]): Promise<void> {
  if (desired.length === 0) return
  const current = await dns.readRrsets(
    zone,
    desired.map(({ name }) => name),
  )
  const plan = planChanges({ zone, current, desired })
  if (plan.changes.length > 0) await dns.apply(plan)
}

/** An authority may ask any name server, so each must answer before it is told to look. */
async function seenEverywhere(
  dns: DnsDriver,
  zone: string,
  expected: readonly Rrset[],
  { visibleMs, pollMs }: DnsProofLimits,
): Promise<void> {
  const deadline = performance.now() + visibleMs
  for (;;) {
    const late = (await dns.probe({ zone, expected })).filter(({ verdict }) => verdict !== 'agrees')
    if (late.length === 0) return
    if (performance.now() + pollMs > deadline) throw tooSlow(late)
    await sleep(pollMs)
  }
}

function tooSlow(late: readonly ServerReport[]): CertificateFailure {
  const servers = [...new Set(late.map(({ server }) => `${server.name} (${server.host}:${server.port})`))]
  const name = late[0]?.question.name ?? ''
  const detail = late.map((each) => `${each.server.name}: ${each.verdict} ${each.detail}`).join(', ')
  return new CertificateFailure('not-proved', certificateFailures.dnsSlow(name, servers.join(', ')), {
    detail,
  })
}
