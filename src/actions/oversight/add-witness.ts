import { isUniqueViolation } from '../../db/database.ts'
import type { WitnessInput } from '../../domain/access/witnesses.ts'
import { Refused } from '../../domain/refused.ts'
import { checkpointTexts } from '../../domain/text/checkpoints.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/**
 * Begins to take the cosignatures of another organisation.
 * @throws Refused `witness-taken` (409)
 */
export async function addWitness(deps: Deps, member: Member, input: WitnessInput): Promise<{ id: string }> {
  requireRole(member, 'administrator')
  const id = deps.newId()
  const { organisation, vkey } = input
  await act(deps, member, async (tx, write) => {
    try {
      await tx
        .insertInto('logbook_witnesses')
        .values({ id, office_id: member.officeId, organisation, vkey, since: deps.now() })
        .execute()
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const issues = [{ field: 'vkey', text: checkpointTexts.witnessTaken }]
      throw new Refused('witness-taken', checkpointTexts.witnessTaken, { status: 409, issues })
    }
    write.note({
      act: 'logbook.witness-added',
      subject: { kind: 'witness', id: organisation },
      details: { vkey },
    })
  })
  return { id }
}
