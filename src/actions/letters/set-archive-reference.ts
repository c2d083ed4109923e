import * as z from 'zod'
import { line } from '../../domain/letters/parts.ts'
import { deskRoles } from '../../domain/access/roles.ts'
import { readLetter } from '../../db/letters/letters.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Where SRIKANDI, which has no public interface, keeps a letter. What is left out is erased. */
export const archiveReference = z.strictObject({
  number: line.optional(),
  date: z.iso.date().optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
})
export type ArchiveReference = z.infer<typeof archiveReference>

/** Notes under which number, of which date and where the national archive (SRIKANDI) has a letter. */
export async function setArchiveReference(
  deps: Deps,
  member: Member,
  letterId: string,
  { number, date, link }: ArchiveReference,
): Promise<void> {
  requireRole(member, ...deskRoles)
  await act(deps, member, async (tx, write) => {
    const letter = await readLetter(tx, letterId)
    if (!letter) throw notFound()
    await tx
      .updateTable('letters')
      .set({ archive_number: number ?? null, archive_date: date ?? null, archive_link: link ?? null })
      .where('id', '=', letterId)
      .execute()
    write.note({
      act: 'letter.archive-noted',
      subject: { kind: 'letter', id: letter.number },
      details: { ...(number && { number }), ...(date && { date }), ...(link && { link }) },
    })
  })
}
