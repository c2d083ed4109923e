import type { Text } from '../../domain/refused.ts'
import { json } from '../../db/database.ts'
import { lockFinding } from '../../db/office/zone-findings.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/**
 * Records that a zone was put back, or why it could not be: then the finding is open again.
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
    await tx
      .updateTable('zone_findings')
      .set(why ? { status: 'open', trouble: json(why) } : { status: 'reverted', ended_at: deps.now() })
      .where('id', '=', findingId)
      .execute()
    write.note({
      act: why ? 'zone-finding.kept' : 'zone-finding.reverted',
      subject: { kind: 'name', id: finding.name },
      details: { type: finding.type, ...(why && { why: why.en }) },
    })
  })
}
