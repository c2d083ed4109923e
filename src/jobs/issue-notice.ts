import type { SystemActor } from '../actions/act.ts'
import { recordNoticeSet } from '../actions/letters/record-notice-set.ts'
import { inScope } from '../db/database.ts'
import { readLetter } from '../db/letters/letters.ts'
import type { Jobs } from '../db/queue.ts'
import { logoOf } from '../domain/letters/letterhead.ts'
import type { JobDeps } from './deps.ts'

/**
 * Sets a numbered notice and files it, or lays it before the person who signs. What goes wrong is tried again by the
 * queue; the letter stands in the register as numbered meanwhile.
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
  const letterhead = office.logo
    ? { ...letter.data.letterhead, logo: logoOf(office.logo) }
    : letter.data.letterhead
  const { pdf, sha256 } = await deps.pdf.render(
    { ...letter.data, letterhead },
    await deps.templatesOf(office.slug),
  )
  await recordNoticeSet(deps, actor, { letterId: letter.id, pdf, sha256 })
}
