import { findingRefusers } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import { json } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole, roleAmong } from '../act.ts'
import { openFinding, requireReason } from './finding.ts'

/**
 * Turns down what was proposed for a difference, or takes it back; the difference stands undecided again.
 * @throws Refused `reason-missing`, or `finding-decided`, `finding-not-proposed` (409)
 */
export async function turnDownFinding(deps: Deps, member: Member, id: string, reason: string): Promise<void> {
  requireRole(member, ...findingRefusers)
  const why = requireReason(reason)
  await act(deps, member, async (tx, write) => {
    const finding = await openFinding(tx, id)
    if (finding.proposal === null)
      throw new Refused('finding-not-proposed', driftTexts.notProposed, { status: 409 })
    await tx
      .updateTable('zone_findings')
      .set({
        proposal: null,
        proposed_by: null,
        proposed_at: null,
        reason: null,
        trouble: json(driftTexts.turnedDown(why)),
      })
      .where('id', '=', id)
      .execute()
    write.note({
      role: roleAmong(member, findingRefusers),
      act: 'zone-finding.turned-down',
      subject: { kind: 'name', id: finding.name },
      details: { type: finding.type, proposal: finding.proposal, reason: why },
    })
  })
}
