import { json } from '../../db/database.ts'
import type { OpenDataSettings } from '../../domain/office/open-data.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'

/** Sets under which terms the office gives its open lists away; what is left out follows the defaults. */
export async function setOpenData(deps: Deps, member: Member, settings: OpenDataSettings): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    await tx
      .updateTable('offices')
      .set({ open_data: json(settings) })
      .where('id', '=', member.officeId)
      .execute()
    write.note({
      act: 'office.open-data-changed',
      subject: { kind: 'office', id: member.officeId },
      details: { ...settings },
    })
  })
}
