import { findingProposers } from '../../domain/access/duties.ts'
import type { FindingProposal } from '../../domain/dns/drift.ts'
import { Refused } from '../../domain/refused.ts'
import { driftTexts } from '../../domain/text/drift.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole, roleAmong } from '../act.ts'
import { detailsOf, openFinding, requireReason } from './finding.ts'

/**
 * Proposes what becomes of a difference; nothing changes until a second person confirms it.
 * @throws Refused `reason-missing`, or `finding-decided`, `finding-proposed` (409)
 */
export async function proposeFinding(
  deps: Deps,
  member: Member,
  id: string,
  input: { readonly proposal: FindingProposal; readonly reason: string },
): Promise<void> {
  requireRole(member, ...findingProposers)
  const { proposal } = input
  const reason = requireReason(input.reason)
  await act(deps, member, async (tx, write) => {
    const finding = await openFinding(tx, id)
    if (finding.proposal !== null)
      throw new Refused('finding-proposed', driftTexts.alreadyProposed, { status: 409 })
    await tx
      .updateTable('zone_findings')
      .set({
        proposal,
        reason,
        proposed_by: member.personId,
        proposed_at: deps.now(),
        decided_by: null,
        decided_at: null,
        trouble: null,
      })
      .where('id', '=', id)
      .execute()
    write.note({
      role: roleAmong(member, findingProposers),
      act: 'zone-finding.proposed',
      subject: { kind: 'name', id: finding.name },
      details: { ...detailsOf(finding), proposal, reason },
    })
  })
}
