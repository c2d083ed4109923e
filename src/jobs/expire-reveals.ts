import { expireReveals as expire } from '../actions/services/expire-reveals.ts'
import type { JobDeps } from './deps.ts'

/** Erases sealed credentials that nobody opened in time. */
export async function expireReveals(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) await expire(deps, { kind: 'system', officeId: id })
}
