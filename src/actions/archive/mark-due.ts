import { sql } from 'kysely'
import { inScope } from '../../db/database.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { localDate } from '../../domain/dates/zones.ts'
import type { Tx } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Documents of which the mark is not what their days say: due and not marked, or marked and not due. */
const changes = (today: string) => sql<{ id: string; is_due: boolean }>`
  select i.document_id as id, i.is_over and i.standing in ('due', 'proposed') as is_due
  from archive_items(${today}::date) i join documents d on d.id = i.document_id
  where (i.is_over and i.standing in ('due', 'proposed')) <> (d.due_since is not null)`

/**
 * Marks what became due since the last look, and unmarks what is not any more. It destroys and proposes nothing. A
 * second run finds nothing to do.
 */
export async function markDue(deps: Deps, actor: SystemActor): Promise<void> {
  const dayOf = async (tx: Tx): Promise<string> =>
    localDate(deps.now(), (await readPaperOffice(tx, actor.officeId)).timezone)
  const isChanged = await inScope(
    deps.db,
    actor,
    async (tx) => (await changes(await dayOf(tx)).execute(tx)).rows.length > 0,
  )
  if (!isChanged) return
  await act(deps, actor, async (tx, write) => {
    const today = await dayOf(tx)
    const { rows } = await changes(today).execute(tx)
    const idsOf = (due: boolean) => rows.filter(({ is_due }) => is_due === due).map(({ id }) => id)
    for (const due of [true, false])
      if (idsOf(due).length > 0)
        await tx
          .updateTable('documents')
          .set({ due_since: due ? today : null })
          .where('id', 'in', idsOf(due))
          .where('destroyed_at', 'is', null)
          .execute()
    write.note({
      act: 'archive.marked-due',
      subject: { kind: 'office', id: actor.officeId },
      details: { due: idsOf(true).length, noLonger: idsOf(false).length },
    })
  })
}
