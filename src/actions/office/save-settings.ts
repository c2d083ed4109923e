import { z } from 'zod'
import { json } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

const line = z.string().trim().min(1).max(200)

/** What stands on the office's papers. */
export const officeSettings = z.strictObject({
  government: line,
  name: line,
  unit: line.optional(),
  place: z.string().trim().min(1).max(100),
  paper: z.enum(['A4', 'F4']),
  addressLines: z.array(line).max(4).default([]),
  phone: line.optional(),
  email: z.email().max(254).optional(),
  web: line.optional(),
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
