import { inScope, json } from '../../db/database.ts'
import type { StoredCheckpoint } from '../../db/logbook-tree/checkpoints.ts'
import type { Text } from '../../domain/refused.ts'
import type { Deps, SystemActor } from '../act.ts'

/**
 * Keeps a signed checkpoint. No entry of the logbook: a checkpoint is about the entries, and one that made an entry
 * would ask for the next. The same tree gives the same checkpoint, so whoever comes second finds it there.
 */
export async function recordCheckpoint(
  deps: Deps,
  { officeId }: SystemActor,
  checkpoint: StoredCheckpoint,
): Promise<void> {
  await inScope(deps.db, { officeId }, async (tx) => {
    await tx
      .insertInto('logbook_checkpoints')
      .values({ ...checkpoint, office_id: officeId })
      .onConflict((conflict) => conflict.columns(['office_id', 'size']).doNothing())
      .execute()
    await tx
      .updateTable('logbook_keys')
      .set({ trouble: null })
      .where('origin', '=', checkpoint.origin)
      .execute()
  })
}

/** Says why nothing is signed under a name; people read it with the logbook. */
export async function recordSigningTrouble(
  deps: Deps,
  { officeId }: SystemActor,
  { origin, trouble }: { readonly origin: string; readonly trouble: Text },
): Promise<void> {
  await inScope(deps.db, { officeId }, async (tx) => {
    await tx
      .updateTable('logbook_keys')
      .set({ trouble: json(trouble) })
      .where('origin', '=', origin)
      .execute()
  })
}
