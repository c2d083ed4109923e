import { inScope } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Ends every reveal whose time is over; its secret is erased. */
export async function expireReveals(deps: Deps, actor: SystemActor): Promise<void> {
  const at = deps.now()
  const over = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    tx
      .selectFrom('credential_reveals')
      .select('id')
      .where('status', '=', 'ready')
      .where('expires_at', '<=', at)
      .execute(),
  )
  for (const { id } of over)
    await act(deps, actor, async (tx, write) => {
      await tx
        .updateTable('credential_reveals')
        .set({ status: 'expired', sealed: null })
        .where('id', '=', id)
        .where('status', '=', 'ready')
        .execute()
      write.note({ act: 'credentials.expired', subject: { kind: 'reveal', id } })
    })
}
