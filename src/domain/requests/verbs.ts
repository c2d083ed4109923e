import { Refused } from '../refused.ts'
import { activities } from '../sop/activities.ts'
import type { SopDocument } from '../sop/document.ts'
import { stepOf } from '../sop/graph.ts'
import type { RequestEvent } from './decide.ts'
import type { Doer } from './turn.ts'
import { decide } from './decide.ts'
import { whoseTurn } from './turn.ts'
import type { RequestState } from './state.ts'

/** What a person may do with a request right now. */
export type Verb =
  | 'save'
  | 'submit'
  | 'attach'
  | 'take'
  | 'give-back'
  | 'complete'
  | 'refuse'
  | 'waive'
  | 'withdraw'
  | 'call-off'
  | 'check-now'
  | 'appeal'
  | 'message'

/**
 * Asks decide() itself, so that what is offered and what is accepted cannot differ.
 * @param mayWrite whether the person's role writes messages (an auditor only reads)
 */
export function verbsOf(
  sop: SopDocument,
  state: RequestState,
  doer: Doer,
  mayWrite: boolean,
): readonly Verb[] {
  const may = (event: RequestEvent): boolean => {
    try {
      decide(sop, state, event, doer)
      return true
    } catch (error) {
      if (error instanceof Refused) return false
      throw error
    }
  }
  const turn = whoseTurn(sop, state)
  const step = turn.kind === 'actor' ? turn.step : null
  const mayTake = may({ type: 'take' })
  const own = doer.kind === 'person' ? doer.actors : []
  const isApplicant = sop.actors.some((actor) => actor.party === 'applicant' && own.includes(actor.id))
  const submits = state.phase === 'draft' ? isApplicant : mayTake && step?.activity === 'submit'
  const finishes = mayTake && step !== null && step.activity !== 'submit'
  const waivable = sop.steps.some((each) => each.requirements.some((line) => line.waivable))
  const offered: readonly (Verb | false)[] = [
    submits && 'save',
    submits && 'submit',
    finishes && 'complete',
    mayTake && state.holder === null && 'take',
    may({ type: 'give-back' }) && 'give-back',
    finishes && (sop.refusal?.from.includes(step.no) ?? false) && 'refuse',
    finishes && waivable && 'waive',
    own.length > 0 && state.phase !== 'ended' && 'attach',
    may({ type: 'withdraw' }) && 'withdraw',
    may({ type: 'appeal' }) && 'appeal',
    isProvisioning(sop, state, own) && 'call-off',
    isProvisioning(sop, state, own) && 'check-now',
    mayWrite && state.phase !== 'draft' && 'message',
  ]
  return offered.filter((verb) => verb !== false)
}

/** Whoever had the provisioning step may call it off, or have it looked at again, while the system works on it. */
function isProvisioning(sop: SopDocument, state: RequestState, own: readonly string[]): boolean {
  if (state.phase !== 'running' || state.stage !== 'working' || state.at === null) return false
  const step = stepOf(sop, state.at)
  return activities[step.activity].effect === 'provision' && own.includes(step.actor)
}
