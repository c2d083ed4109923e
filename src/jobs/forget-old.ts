import { forgetOld as forget, forgetSessions } from '../actions/people/forget-old.ts'
import type { JobDeps } from './deps.ts'

/** Deletes personal data whose time is over (domain/access/retention.ts). */
export async function forgetOld(deps: JobDeps): Promise<void> {
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id } of offices) await forget(deps, { kind: 'system', officeId: id })
  await forgetSessions(deps)
}
