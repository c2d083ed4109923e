import { recordTrouble } from '../actions/fulfilment/record-trouble.ts'
import { recordLetterTrouble } from '../actions/letters/record-letter-trouble.ts'
import type { SystemActor } from '../actions/act.ts'
import type { LetterRow } from '../db/letters/letters.ts'
import type { RequestRow } from '../db/requests/requests.ts'
import { Refused } from '../domain/refused.ts'
import { fulfilmentTexts } from '../domain/text/fulfilment.ts'
import type { JobDeps } from './deps.ts'

/**
 * Runs a job's work for one request. What stops it stands on the desk as a plain sentence, and the error goes on
 * to the queue, which tries again with back-off.
 */
export async function withTrouble(
  deps: JobDeps,
  actor: SystemActor,
  request: Pick<RequestRow, 'id' | 'trouble'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    const text = error instanceof Refused ? error.text : fulfilmentTexts.fault
    await recordTrouble(deps, actor, { requestId: request.id, known: request.trouble?.text ?? null, text })
    throw error
  }
}

/** The same for one letter: the sentence stands on the start page, in the register and on the letter. */
export async function withLetterTrouble(
  deps: JobDeps,
  actor: SystemActor,
  { id: letterId, trouble }: Pick<LetterRow, 'id' | 'trouble'>,
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
