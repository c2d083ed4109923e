import * as z from 'zod'
import { line } from '../../domain/access/plain-text.ts'
import { json } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

const words = line(200)

/** What stands on the office's papers. */
export const officeSettings = z.strictObject({
  government: words,
  name: words,
  unit: words.optional(),
  place: line(100),
  paper: z.enum(['A4', 'F4']),
  addressLines: z.array(words).max(4).default([]),
  phone: words.optional(),
  email: z.email().max(254).optional(),
  web: words.optional(),
})
export type OfficeSettings = z.infer<typeof officeSettings>

/** Saves the letterhead, place and paper; letters that were issued stay as they are. */
export async function saveSettings(deps: Deps, member: Member, settings: OfficeSettings): Promise<void> {
  requireRole(member, 'administrator')
  const { government, name, unit, place, paper, addressLines, phone, email, web } = settings
  await act(deps, member, async (tx, write) => {
    await tx
      .updateTable('offices')
      .set({
        government,
        name,
        unit: unit ?? null,
        place,
        paper,
        letterhead: json({ addressLines, phone, email, web }),
      })
      .where('id', '=', member.officeId)
      .execute()
    write.note({
      act: 'office.settings-changed',
      subject: { kind: 'office', id: member.officeId },
      details: { name, place, paper },
    })
  })
}
