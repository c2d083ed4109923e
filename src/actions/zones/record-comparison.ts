import type { ZoneFinding } from '../../domain/dns/compare.ts'
import { maxFindings } from '../../domain/dns/drift.ts'
import { isWithin } from '../../domain/dns/names.ts'
import { isSameContent } from '../../domain/dns/plan.ts'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import type { Text } from '../../domain/refused.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { busyNames, listReverting, unsettled } from '../../db/office/zone-findings.ts'
import { registeredSets } from '../../db/office/zone-records.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

type Zone = { readonly id: string; readonly name: string }

/** Records that a zone could not be compared: it is unknown, and no finding is opened or closed. */
export async function recordUncompared(
  deps: Deps,
  actor: SystemActor,
  zone: Zone,
  why: { readonly text: Text; readonly detail: string },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    await tx
      .updateTable('zones')
      .set({ compare_tried_at: deps.now(), compare_trouble: json(why.text) })
      .where('id', '=', zone.id)
      .execute()
    write.note({
      act: 'zone.compare-failed',
      subject: { kind: 'zone', id: zone.name },
      details: { why: why.detail },
    })
  })
}

/**
 * Opens a finding for each new difference and closes those that are gone.
 * @param compared `liveSets`: how many record sets the zone has; `startedAt`: when the registry was read; what was decided since is left to the next comparison
 */
export async function recordComparison(
  deps: Deps,
  actor: SystemActor,
  zone: Zone,
  compared: {
    readonly findings: readonly ZoneFinding[]
    readonly liveSets: number
    readonly startedAt: Date
  },
): Promise<void> {
  const count = compared.findings.length
  if (count > maxFindings) {
    const why = { text: driftTexts.tooMany(count, maxFindings), detail: `${count} differences` }
    return recordUncompared(deps, actor, zone, why)
  }
  await act(deps, actor, async (tx, write) => {
    // One comparison of a zone is recorded at a time.
    await tx.selectFrom('zones').select('id').where('id', '=', zone.id).forUpdate().execute()
    const { opened, closed } = await settle(deps, tx, { actor, zone, ...compared })
    const at = deps.now()
    await tx
      .updateTable('zones')
      .set({ compare_tried_at: at, compared_at: at, compare_trouble: null, live_sets: compared.liveSets })
      .where('id', '=', zone.id)
      .execute()
    // A revert whose job was given up is taken up again; one that is at work is left alone by its lock.
    for (const { id: findingId } of await listReverting(tx, zone.id))
      await write.job('revert-finding', { officeId: actor.officeId, findingId })
    const details = { differences: count, opened, closed }
    write.note({ act: 'zone.compared', subject: { kind: 'zone', id: zone.name }, details })
  })
}

type Compared = {
  readonly actor: SystemActor
  readonly zone: Zone
  readonly findings: readonly ZoneFinding[]
  readonly startedAt: Date
}

const keyOf = ({ name, type }: { readonly name: string; readonly type: string }): string => `${name} ${type}`

async function settle(deps: Deps, tx: Tx, compared: Compared): Promise<{ opened: number; closed: number }> {
  const isStale = await staleness(tx, compared)
  const found = new Map(compared.findings.filter((each) => !isStale(each)).map((each) => [keyOf(each), each]))
  const known = await tx
    .selectFrom('zone_findings')
    .selectAll()
    .where('zone_id', '=', compared.zone.id)
    .where('status', 'in', unsettled)
    .forUpdate()
    .execute()
  const at = deps.now()
  let closed = 0
  for (const row of known) {
    const still = found.get(keyOf(row))
    found.delete(keyOf(row))
    if (row.status !== 'open') continue
    if (still && isSameContent(row.live, still.live) && isSameContent(row.registered, still.registered))
      continue
    if (!still && isStale(row)) continue
    // What somebody looked at is never changed under their eyes: another difference is another finding.
    await tx
      .updateTable('zone_findings')
      .set({ status: 'gone', ended_at: at })
      .where('id', '=', row.id)
      .execute()
    closed += 1
    if (still) found.set(keyOf(row), still)
  }
  const rows = [...found.values()].map(({ name, type, kind, live, registered }) => ({
    id: deps.newId(),
    office_id: compared.actor.officeId,
    zone_id: compared.zone.id,
    name,
    type,
    kind,
    live: live && json(live),
    registered: registered && json(registered),
    found_at: at,
    status: 'open' as const,
  }))
  if (rows.length > 0) await tx.insertInto('zone_findings').values(rows).execute()
  return { opened: rows.length, closed }
}

/** What changed while the zone was read: names being worked on, sets registered otherwise, and decisions since. */
async function staleness(tx: Tx, { zone, startedAt }: Compared) {
  const busy = await busyNames(tx, zone.id)
  const registered = new Map((await registeredSets(tx, zone.id)).map((set) => [keyOf(set), set]))
  const decided = await tx
    .selectFrom('zone_findings')
    .select(['name', 'type'])
    .where('zone_id', '=', zone.id)
    .where('status', 'in', ['adopted', 'reverted'])
    .where('ended_at', '>=', startedAt)
    .execute()
  const since = new Set(decided.map(keyOf))
  return (finding: { name: string; type: string; registered: RrsetContent | null }): boolean => {
    const now = registered.get(keyOf(finding)) ?? null
    if (busy.some((name) => isWithin(finding.name, name)) || since.has(keyOf(finding))) return true
    return !isSameContent(now, finding.registered)
  }
}
