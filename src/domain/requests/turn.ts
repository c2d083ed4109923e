import { Refused } from '../refused.ts'
import type { Text } from '../refused.ts'
import type { SopDocument, SopStep } from '../sop/document.ts'
import { partyOf, stepOf } from '../sop/graph.ts'
import { decideTexts } from '../text/decide.ts'
import type { OwnPart } from './separation.ts'
import { barrierTo } from './separation.ts'
import type { RequestState } from './state.ts'

/** Who acts: a person with the SOP actors that the office mapped to them, the system, or a deadline. */
export type Doer =
  | {
      readonly kind: 'person'
      readonly id: string
      readonly actors: readonly string[]
      /** What else they have to do with the request; left out where nobody in particular is asked about. */
      readonly part?: OwnPart
      /** Columns that they would stand in if their appointment were not over, and the sentence about that. */
      readonly over?: readonly { readonly actor: string; readonly text: Text }[]
      /** Whoever holds the step may be relieved by them: they substitute them, or are the only ones left in the column. */
      readonly mayRelieve?: boolean
    }
  | { readonly kind: 'system' }
  | { readonly kind: 'deadline' }

/** @returns whose turn it is: nobody (ended or a draft), the system, or the people of an actor. */
export function whoseTurn(
  sop: SopDocument,
  state: RequestState,
):
  | { readonly kind: 'nobody' }
  | { readonly kind: 'system' }
  | { readonly kind: 'actor'; readonly step: SopStep; readonly party: 'applicant' | 'office' | 'outside' } {
  if (state.phase !== 'running' || state.at === null) return { kind: 'nobody' }
  if (state.stage === 'working') return { kind: 'system' }
  const step = stepOf(sop, state.at)
  return { kind: 'actor', step, party: partyOf(sop, step) }
}

export function actingStep(sop: SopDocument, state: RequestState): SopStep {
  if (state.phase === 'draft') throw new Refused('not-submitted', decideTexts.notSubmitted, { status: 409 })
  if (state.phase === 'ended' || state.at === null)
    throw new Refused('already-ended', decideTexts.alreadyEnded, { status: 409 })
  if (state.stage === 'working') throw new Refused('step-working', decideTexts.stepWorking, { status: 409 })
  return stepOf(sop, state.at)
}

/** The step must be the current one, at the visit the person saw, and free or theirs. */
export function requireTurn(
  sop: SopDocument,
  state: RequestState,
  event: { readonly step: number; readonly visit?: number },
  doer: Doer,
): SopStep {
  const step = actingStep(sop, state)
  if (step.no !== event.step)
    throw new Refused('step-not-current', decideTexts.stepNotCurrent(step.no), { status: 409 })
  requireVisit(state, event.visit)
  requireActor(sop, state, step, doer)
  requireHolder(state, doer)
  return step
}

export function requireVisit(state: RequestState, visit: number | undefined): void {
  if (visit !== undefined && visit !== state.visit)
    throw new Refused('step-already-done', decideTexts.stepAlreadyDone, { status: 409 })
}

export const mayRelieve = (doer: Doer): boolean => doer.kind === 'person' && doer.mayRelieve === true

export function requireHolder(state: RequestState, doer: Doer): void {
  const isHolder = doer.kind === 'person' && state.holder === doer.id
  if (state.holder !== null && !isHolder && !mayRelieve(doer))
    throw new Refused('held-by-other', decideTexts.heldByOther, { status: 409 })
}

export function requireActor(
  sop: SopDocument,
  state: RequestState,
  step: SopStep,
  doer: Doer,
  deciding = false,
): string {
  const over = doer.kind === 'person' && doer.over?.find(({ actor }) => actor === step.actor)
  if (over && !doer.actors.includes(step.actor))
    throw new Refused('appointment-over', over.text, { status: 403 })
  if (doer.kind !== 'person' || !doer.actors.includes(step.actor))
    throw new Refused('wrong-actor', decideTexts.wrongActor, { status: 403 })
  const { id, part } = doer
  const barrier = part && barrierTo(sop, state, step, { id, part }, deciding)
  if (barrier) throw new Refused('same-person', barrier, { status: 403 })
  return id
}

export function requireApplicant(sop: SopDocument, doer: Doer): void {
  const own = sop.actors.filter((actor) => actor.party === 'applicant').map((actor) => actor.id)
  if (doer.kind !== 'person' || !doer.actors.some((actor) => own.includes(actor)))
    throw new Refused('wrong-actor', decideTexts.wrongActor, { status: 403 })
}
