import { markDue as mark } from '../actions/archive/mark-due.ts'
import type { JobDeps } from './deps.ts'

/** Marks in every office what became due under its retention schedule. Nothing is destroyed by the clock. */
export async function markDue(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) await mark(deps, { kind: 'system', officeId: id })
}
