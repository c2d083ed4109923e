import { findingConfirmers } from '../../domain/access/duties.ts'
import type { Role } from '../../domain/access/roles.ts'
import type { FindingProposal } from '../../domain/dns/drift.ts'
import { nameLeft, ownerOf } from '../../domain/dns/drift.ts'
import { refuseDangling } from '../../domain/dns/dangling.ts'
import { isSameContent } from '../../domain/dns/plan.ts'
import type { PlanImpact } from '../../domain/dns/plan-guard.ts'
import { guardPlan, isUnsafe } from '../../domain/dns/plan-guard.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import { Refused } from '../../domain/refused.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import { recordTexts } from '../../domain/text/records.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { revertImpact } from '../../db/office/zone-findings.ts'
import { putZoneRecord, readZoneRecord, registeredSets } from '../../db/office/zone-records.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act, requireRole, roleAmong } from '../act.ts'
import { detailsOf, openFinding } from './finding.ts'

type Row = Awaited<ReturnType<typeof openFinding>>

/**
 * The second person lets a proposal come true. Adopting is done at once; reverting is the job's, which says when
 * every server was seen to follow, or why it could not.
 *
 * @param input `proposal`: what the member saw proposed; `touched`: the number of a revert that touches much of the
 * zone, as the member read and signed it
 * @throws Refused `same-person` (403), `finding-decided`, `finding-not-proposed`, `finding-outdated`, `dns-dangling`,
 * `dns-plan-unsafe` (409) or `number-wrong`
 */
export async function confirmFinding(
  deps: Deps,
  member: Member,
  id: string,
  input: { readonly proposal: FindingProposal; readonly touched?: number | undefined },
): Promise<void> {
  requireRole(member, ...findingConfirmers)
  await act(deps, member, async (tx, write) => {
    const finding = await openFinding(tx, id)
    if (finding.proposal !== input.proposal)
      throw new Refused('finding-not-proposed', driftTexts.notProposed, { status: 409 })
    if (finding.proposed_by === member.personId)
      throw new Refused('same-person', driftTexts.samePerson, { status: 403 })
    const holder = await holderOf(tx, finding)
    const role = roleAmong(member, findingConfirmers)
    const decided = { decided_by: member.personId, decided_at: deps.now() }
    if (finding.proposal === 'adopt') return adopt(deps, tx, write, { finding, holder, decided, role })
    await revert(deps, tx, write, { finding, decided, role, touched: input.touched })
  })
}

type Decided = { readonly decided_by: string; readonly decided_at: Date }

/** The registry takes what the zone has: into the records of the service at that name, or among those of none. */
async function adopt(
  deps: Deps,
  tx: Tx,
  write: Write,
  {
    finding,
    holder,
    decided,
    role,
  }: { finding: Row; holder: Holder; decided: Decided; role: Role | undefined },
): Promise<void> {
  await writeDown(tx, finding, holder)
  await tx
    .updateTable('zone_findings')
    .set({ status: 'adopted', ...decided, ended_at: deps.now() })
    .where('id', '=', finding.id)
    .execute()
  const details = { ...detailsOf(finding), reason: finding.reason, service: holder?.fqdn ?? null }
  write.note({ act: 'zone-finding.adopted', role, subject: { kind: 'name', id: finding.name }, details })
}

/** Has the zone put back to what is registered, when neither guard stands against it. */
async function revert(
  deps: Deps,
  tx: Tx,
  write: Write,
  {
    finding,
    decided,
    role,
    touched,
  }: { finding: Row; decided: Decided; role: Role | undefined; touched: number | undefined },
): Promise<void> {
  const registered = await registeredSets(tx, finding.zone_id)
  const gone = nameLeft(finding, registered)
  refuseDangling({ names: gone, addresses: [] }, registered)
  const impact = await revertImpact(tx, finding, deps.now())
  const isLarge = judgeShare(impact, touched)
  await tx
    .updateTable('zone_findings')
    .set({ status: 'reverting', ...decided, trouble: null })
    .where('id', '=', finding.id)
    .execute()
  await write.job('revert-finding', { officeId: finding.office_id, findingId: finding.id })
  const details = { ...detailsOf(finding), reason: finding.reason, ...(isLarge && { ...impact }) }
  write.note({ act: 'zone-finding.reverting', role, subject: { kind: 'name', id: finding.name }, details })
}

/** @returns whether the number had to be signed. @throws Refused `dns-plan-unsafe`, `number-wrong` */
function judgeShare(impact: PlanImpact, signed: number | undefined): boolean {
  if (!isUnsafe(impact)) return false
  if (signed !== undefined && signed !== impact.touched)
    throw new Refused('number-wrong', recordTexts.numberWrong, {
      issues: [{ field: 'touched', text: recordTexts.numberWrong }],
    })
  guardPlan(impact, { approvedNumber: signed })
  return true
}

type Holder = { readonly id: string; readonly fqdn: string; readonly records: readonly Rrset[] } | null

/**
 * @returns the live service that has the record set now or is to have it; null for none
 * @throws Refused `finding-outdated` when the registry says something else than when the difference was found
 */
async function holderOf(tx: Tx, finding: Row): Promise<Holder> {
  const { zone_id: zoneId, name, type, registered } = finding
  const rows = await tx
    .selectFrom('services')
    .select(['id', 'fqdn', 'records'])
    .where('zone_id', '=', zoneId)
    .where('status', '=', 'live')
    .forUpdate()
    .execute()
  const services = rows.map((row) => ({ ...row, records: row.records as Rrset[] }))
  const isIt = (set: Rrset): boolean => set.name === name && set.type === type && set.values.length > 0
  const holder = services.find(({ records }) => records.some(isIt))
  const unowned = await readZoneRecord(tx, { zoneId, name, type })
  const known = unowned ?? holder?.records.find(isIt) ?? null
  if (!isSameContent(known, registered))
    throw new Refused('finding-outdated', driftTexts.outdated, { status: 409 })
  if (holder || unowned) return holder ?? null
  const nearest = ownerOf(
    finding,
    services.map(({ fqdn }) => fqdn),
  )
  return services.find(({ fqdn }) => fqdn === nearest) ?? null
}

async function writeDown(tx: Tx, finding: Row, holder: Holder): Promise<void> {
  const { zone_id: zoneId, name, type, live } = finding
  if (!holder) return putZoneRecord(tx, finding.office_id, { zoneId, name, type }, live)
  const others = holder.records.filter((set) => set.name !== name || set.type !== type)
  const records = live ? [...others, { name, type, ...live }] : others
  await tx
    .updateTable('services')
    .set({ records: json(records) })
    .where('id', '=', holder.id)
    .execute()
}
