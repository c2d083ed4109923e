import { readSop } from '../../db/sops-admin.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Takes an SOP out of what is offered, or brings it back. Requests that run on it go on. */
export async function retireSop(deps: Deps, member: Member, slug: string, retired: boolean): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const sop = await readSop(tx, slug, { lock: true })
    if (!sop) throw notFound()
    await tx
      .updateTable('sops')
      .set({ retired_at: retired ? (sop.retiredAt ?? deps.now()) : null })
      .where('id', '=', sop.id)
      .execute()
    write.note({ act: retired ? 'sop.retired' : 'sop.restored', subject: { kind: 'sop', id: slug } })
  })
}
