import type { SystemActor } from '../actions/act.ts'
import { recordNoticeSet } from '../actions/letters/record-notice-set.ts'
import { inScope } from '../db/database.ts'
import { readLetter } from '../db/letters/letters.ts'
import type { Jobs } from '../db/queue.ts'
import type { JobDeps } from './deps.ts'
import { setLetter } from './set-letter.ts'
import { withLetterTrouble } from './trouble.ts'

/**
 * Sets a numbered notice and files it, or lays it before the person who signs. What goes wrong stands on the desk and
 * is tried again by the queue; the letter stands in the register as numbered meanwhile.
 */
export async function issueNotice(deps: JobDeps, job: Jobs['issue-notice']): Promise<void> {
  const actor: SystemActor = { kind: 'system', officeId: job.officeId }
  const { letter, office } = await inScope(deps.db, { officeId: job.officeId }, async (tx) => ({
    letter: await readLetter(tx, job.letterId),
    office: await tx
      .selectFrom('offices')
      .select(['logo', 'slug'])
      .where('id', '=', job.officeId)
      .executeTakeFirstOrThrow(),
  }))
  if (letter?.status !== 'numbered') return
  await withLetterTrouble(deps, actor, letter, async () => {
    const { pdf, sha256 } = await setLetter(deps, office, letter)
    await recordNoticeSet(deps, actor, { letterId: letter.id, pdf, sha256 })
  })
}
