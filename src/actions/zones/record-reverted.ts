import type { Text } from '../../domain/refused.ts'
import { json } from '../../db/database.ts'
import { lockFinding } from '../../db/office/zone-findings.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/**
 * Records that every server of a zone was seen to be back, or why it could not be: then the finding is open again,
 * and nothing is proposed for it. Doing it twice changes nothing.
 * @param why null when it was put back
 */
export async function recordReverted(
  deps: Deps,
  actor: SystemActor,
  { findingId, why }: { readonly findingId: string; readonly why: Text | null },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const finding = await lockFinding(tx, findingId)
    if (finding?.status !== 'reverting') throw new Error(`finding ${findingId} is not being reverted`)
    const again = { proposal: null, proposed_by: null, proposed_at: null, decided_by: null, decided_at: null }
    await tx
      .updateTable('zone_findings')
      .set(
        why
          ? { status: 'open', trouble: json(why), ...again }
          : { status: 'reverted', trouble: null, ended_at: deps.now() },
      )
      .where('id', '=', findingId)
      .execute()
    write.note({
      act: why ? 'zone-finding.kept' : 'zone-finding.reverted',
      subject: { kind: 'name', id: finding.name },
      details: { type: finding.type, ...(why && { why: why.en }) },
    })
  })
}

/**
 * Says why a revert has not come to its end yet; it is tried again. The same sentence is recorded once.
 * @param known what it said before
 */
export async function recordRevertWaiting(
  deps: Deps,
  actor: SystemActor,
  input: { readonly findingId: string; readonly known: Text | null; readonly why: Text },
): Promise<void> {
  const { findingId, known, why } = input
  if (known?.id === why.id) return
  await act(deps, actor, async (tx, write) => {
    const finding = await lockFinding(tx, findingId)
    if (finding?.status !== 'reverting') throw new Error(`finding ${findingId} is not being reverted`)
    await tx
      .updateTable('zone_findings')
      .set({ trouble: json(why) })
      .where('id', '=', findingId)
      .execute()
    write.note({
      act: 'zone-finding.waiting',
      subject: { kind: 'name', id: finding.name },
      details: { type: finding.type, says: why.id },
    })
  })
}
