import type { SystemActor } from '../actions/act.ts'
import { recordLetterTrouble } from '../actions/letters/record-letter-trouble.ts'
import { recordNoticeSet } from '../actions/letters/record-notice-set.ts'
import { inScope } from '../db/database.ts'
import type { LetterRow } from '../db/letters/letters.ts'
import { readLetter } from '../db/letters/letters.ts'
import type { Jobs } from '../db/queue.ts'
import { Refused } from '../domain/refused.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import type { JobDeps } from './deps.ts'
import { setLetter } from './set-letter.ts'

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
  await withTrouble(deps, actor, letter, async () => {
    const { pdf, sha256 } = await setLetter(deps, office, letter)
    await recordNoticeSet(deps, actor, { letterId: letter.id, pdf, sha256 })
  })
}

async function withTrouble(
  deps: JobDeps,
  actor: SystemActor,
  { id: letterId, trouble }: LetterRow,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const text = error instanceof Refused ? error.text : fulfilmentTexts.fault
    await recordLetterTrouble(deps, actor, { letterId, known: trouble?.text ?? null, text })
    throw error
  }
}
