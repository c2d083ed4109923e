import * as z from 'zod'
import { dueRecords } from '../../db/archive/disposals.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { archivists } from '../../domain/access/duties.ts'
import { maxProposed } from '../../domain/archive/standing.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { disposalTexts } from '../../domain/text/disposal.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

export const proposalInput = z.strictObject({
  /** Whether records that are to be appraised go in as well. */
  withReview: z.coerce.boolean().default(false),
})

/**
 * Proposes that what is due is destroyed. Nothing is: another person approves it, and then it is carried out.
 * @throws Refused `nothing-due` (409), `already-proposed` (409) when somebody was faster
 */
export async function proposeDisposal(
  deps: Deps,
  member: Member,
  { withReview }: z.infer<typeof proposalInput>,
): Promise<{ id: string; count: number }> {
  requireRole(member, ...archivists)
  try {
    return await act(deps, member, async (tx, write) => {
      const { timezone } = await readPaperOffice(tx, member.officeId)
      const today = localDate(deps.now(), timezone)
      const due = await dueRecords(tx, today, { withReview, limit: maxProposed })
      if (due.length === 0) throw new Refused('nothing-due', disposalTexts.nothingDue, { status: 409 })
      const id = deps.newId()
      await tx
        .insertInto('disposals')
        .values({
          id,
          office_id: member.officeId,
          status: 'proposed',
          proposed_by: member.personId,
          proposed_at: deps.now(),
        })
        .execute()
      await tx
        .insertInto('disposal_items')
        .values(
          due.map(({ sha256: _sha256, ...item }) => ({
            ...item,
            disposal_id: id,
            office_id: member.officeId,
            state: 'proposed' as const,
          })),
        )
        .execute()
      write.note({
        act: 'archive.disposal-proposed',
        subject: { kind: 'disposal', id },
        details: { records: due.length, withReview },
      })
      return { id, count: due.length }
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Refused('already-proposed', disposalTexts.raced, { status: 409 })
  }
}
