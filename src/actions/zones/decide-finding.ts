import { z } from 'zod'
import type { Role } from '../../domain/access/roles.ts'
import { ownerOf } from '../../domain/dns/drift.ts'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import { isSameContent } from '../../domain/dns/plan.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { Refused } from '../../domain/refused.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { lockFinding } from '../../db/office/zone-findings.ts'
import { putZoneRecord, readZoneRecord } from '../../db/office/zone-records.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Who decides what becomes of a difference. */
export const findingDeciders: readonly Role[] = ['operator', 'head-of-division']

const reasonOf = z.string().trim().min(3).max(2000)

type Row = NonNullable<Awaited<ReturnType<typeof lockFinding>>>

/**
 * The registry takes what the zone has: into the records of the service at that name, or among those of no service.
 * @throws Refused `reason-missing`, `finding-decided` or `finding-outdated` (409)
 */
export async function adoptFinding(deps: Deps, member: Member, id: string, reason: string): Promise<void> {
  const why = checked(member, reason)
  await act(deps, member, async (tx, write) => {
    const finding = await openFinding(tx, id)
    const owner = await adopt(tx, finding)
    const at = deps.now()
    await tx
      .updateTable('zone_findings')
      .set({ status: 'adopted', reason: why, decided_by: member.personId, decided_at: at, ended_at: at })
      .where('id', '=', id)
      .execute()
    const details = { ...detailsOf(finding), reason: why, service: owner }
    write.note({ act: 'zone-finding.adopted', subject: { kind: 'name', id: finding.name }, details })
  })
}

/**
 * Has the zone put back to what is registered; the job does it, or says why it could not.
 * @throws Refused `reason-missing`, or `finding-decided` (409)
 */
export async function revertFinding(deps: Deps, member: Member, id: string, reason: string): Promise<void> {
  const why = checked(member, reason)
  await act(deps, member, async (tx, write) => {
    const finding = await openFinding(tx, id)
    await tx
      .updateTable('zone_findings')
      .set({
        status: 'reverting',
        reason: why,
        decided_by: member.personId,
        decided_at: deps.now(),
        trouble: null,
      })
      .where('id', '=', id)
      .execute()
    await write.job('revert-finding', { officeId: member.officeId, findingId: id })
    const details = { ...detailsOf(finding), reason: why }
    write.note({ act: 'zone-finding.reverting', subject: { kind: 'name', id: finding.name }, details })
  })
}

function checked(member: Member, reason: string): string {
  requireRole(member, ...findingDeciders)
  const { data, success } = reasonOf.safeParse(reason)
  if (success) return data
  throw new Refused('reason-missing', decideTexts.reasonMissing, {
    issues: [{ field: 'reason', text: decideTexts.reasonMissing }],
  })
}

async function openFinding(tx: Tx, id: string): Promise<Row> {
  const finding = await lockFinding(tx, id)
  if (!finding) throw notFound()
  if (finding.status !== 'open') throw new Refused('finding-decided', driftTexts.decided, { status: 409 })
  return finding
}

const detailsOf = ({ type, kind, live, registered }: Row) => ({
  type,
  kind,
  live: wordsOf(live),
  registered: wordsOf(registered),
})

const wordsOf = (content: RrsetContent | null): string | null =>
  content && `${content.ttl} ${content.values.join(' ')}`.slice(0, 4_000)

/** @returns the service that has the record set now; null for none */
async function adopt(tx: Tx, finding: Row): Promise<string | null> {
  const { zone_id: zoneId, name, type, live, registered } = finding
  const services = await tx
    .selectFrom('services')
    .select(['id', 'fqdn', 'records'])
    .where('zone_id', '=', zoneId)
    .where('status', '=', 'live')
    .forUpdate()
    .execute()
  const isIt = (set: Rrset): boolean => set.name === name && set.type === type && set.values.length > 0
  const holder = services.find(({ records }) => (records as Rrset[]).some(isIt))
  const unowned = await readZoneRecord(tx, { zoneId, name, type })
  const known = unowned ?? (holder?.records as Rrset[] | undefined)?.find(isIt) ?? null
  if (!isSameContent(known, registered))
    throw new Refused('finding-outdated', driftTexts.outdated, { status: 409 })
  const nearest = ownerOf(
    finding,
    services.map(({ fqdn }) => fqdn),
  )
  const owner = holder ?? (unowned ? undefined : services.find(({ fqdn }) => fqdn === nearest))
  if (!owner) {
    await putZoneRecord(tx, finding.office_id, { zoneId, name, type }, live)
    return null
  }
  const others = (owner.records as Rrset[]).filter((set) => set.name !== name || set.type !== type)
  const records = live ? [...others, { name, type, ...live }] : others
  await tx
    .updateTable('services')
    .set({ records: json(records) })
    .where('id', '=', owner.id)
    .execute()
  return owner.fqdn
}
