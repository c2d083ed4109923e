import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Takes no more cosignatures of a witness; those that it gave stay. */
export async function endWitness(deps: Deps, member: Member, id: string): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    const row = await tx
      .updateTable('logbook_witnesses')
      .set({ ended_at: deps.now() })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returning(['organisation', 'vkey'])
      .executeTakeFirst()
    if (!row) throw notFound()
    write.note({
      act: 'logbook.witness-ended',
      subject: { kind: 'witness', id: row.organisation },
      details: { vkey: row.vkey },
    })
  })
}
