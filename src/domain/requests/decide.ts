import { Refused } from '../refused.ts'
import type { SopDocument, SopOutcome, SopStep } from '../sop/document.ts'
import type { StepEffect } from '../sop/activities.ts'
import { activities } from '../sop/activities.ts'
import type { Target } from '../sop/graph.ts'
import { kindOf, nextOf, partyOf, stepOf } from '../sop/graph.ts'
import { decideTexts } from '../text/decide.ts'
import type { Ground } from './grounds.ts'
import type { RequestState } from './state.ts'
import type { Doer } from './turn.ts'
import {
  actingStep,
  mayRelieve,
  requireActor,
  requireApplicant,
  requireHolder,
  requireTurn,
  requireVisit,
} from './turn.ts'

/** What happens to a request. `visit` tells which entry into the step the doer saw. */
export type RequestEvent =
  | { readonly type: 'submit' }
  | { readonly type: 'take'; readonly visit?: number }
  | { readonly type: 'give-back' }
  | {
      readonly type: 'complete'
      readonly step: number
      readonly visit?: number
      readonly outcome?: string
      readonly grounds?: readonly Ground[]
    }
  | {
      readonly type: 'refuse'
      readonly step: number
      readonly visit?: number
      readonly grounds: readonly Ground[]
    }
  | { readonly type: 'effect-done'; readonly step: number }
  | { readonly type: 'effect-undone'; readonly step: number }
  | { readonly type: 'deliver'; readonly document: string }
  | { readonly type: 'withhold'; readonly document: string }
  | { readonly type: 'waive'; readonly document: string; readonly reason: string }
  | { readonly type: 'withdraw' }
  | { readonly type: 'appeal' }

/** What must follow, enqueued in the transaction of the change. */
export type Effect =
  | { readonly type: StepEffect; readonly step: number; readonly visit: number }
  | { readonly type: 'notify'; readonly step: number; readonly visit: number }
  | { readonly type: 'ended'; readonly ending: 'completed' | 'refused' | 'withdrawn' }

export type Decision = { readonly state: RequestState; readonly effects: readonly Effect[] }

/**
 * The one rule of motion: a request, an event, a doer -> the next state and what follows.
 * Pure; the caller stores both in one transaction.
 *
 * @throws Refused with a sentence when the event is not this doer's to make or not possible now
 */
export function decide(sop: SopDocument, state: RequestState, event: RequestEvent, doer: Doer): Decision {
  switch (event.type) {
    case 'submit':
      return submit(sop, state, doer)
    case 'take':
      return take(sop, state, event.visit, doer)
    case 'give-back':
      return giveBack(state, doer)
    case 'complete':
      return complete(sop, state, event, doer)
    case 'refuse':
      return refuse(sop, state, event, doer)
    case 'effect-done':
      return effectDone(sop, state, event.step, doer)
    case 'effect-undone':
      return effectUndone(state, event.step, doer)
    case 'deliver':
      return deliver(state, event.document)
    case 'withhold':
      return withhold(state, event.document, doer)
    case 'waive':
      return waive(sop, state, event, doer)
    case 'withdraw':
      return withdraw(sop, state, doer)
    case 'appeal':
      return appeal(sop, state, doer)
  }
}

/** The applicant sends a draft: the first step is entered and finished in one motion. */
function submit(sop: SopDocument, state: RequestState, doer: Doer): Decision {
  if (state.phase !== 'draft')
    throw new Refused('already-submitted', decideTexts.alreadySubmitted, { status: 409 })
  const first = sop.steps[0]!
  const entered: RequestState = { ...state, phase: 'running', at: first.no, visit: state.visit + 1 }
  return complete(sop, entered, { type: 'complete', step: first.no }, doer)
}

function take(sop: SopDocument, state: RequestState, visit: number | undefined, doer: Doer): Decision {
  const step = actingStep(sop, state)
  requireVisit(state, visit)
  const person = requireActor(sop, state, step, doer)
  if (state.holder === person) return { state, effects: [] }
  if (state.holder !== null && !mayRelieve(doer))
    throw new Refused('held-by-other', decideTexts.heldByOther, { status: 409 })
  return { state: { ...state, holder: person }, effects: [] }
}

function giveBack(state: RequestState, doer: Doer): Decision {
  if (
    state.phase !== 'running' ||
    state.stage !== 'acting' ||
    doer.kind !== 'person' ||
    state.holder !== doer.id
  )
    throw new Refused('not-holder', decideTexts.notHolder, { status: 409 })
  return { state: { ...state, holder: null }, effects: [] }
}

function complete(
  sop: SopDocument,
  state: RequestState,
  event: Extract<RequestEvent, { type: 'complete' }>,
  doer: Doer,
): Decision {
  const step = requireTurn(sop, state, event, doer)
  const person = requireActor(sop, state, step, doer)
  const outcome = chosenOutcome(step, event.outcome)
  const kind = outcome ? kindOf(sop, step, outcome) : 'continue'
  const done: RequestState = { ...state, holder: null, doneBy: { ...state.doneBy, [step.no]: person } }
  if (kind !== 'continue') {
    requireGrounds(event.grounds)
    const target = outcome!.to
    return kind === 'refuse' ? refused(sop, done, step.no, target) : returned(sop, done, step, target)
  }
  requireDocuments(sop, state, step)
  const effect = activities[step.activity].effect
  if (effect && state.verdict === 'refused' && effect === 'provision')
    throw new Error(`SOP ${sop.id}: a refused request reached provisioning at step ${step.no}`)
  if (effect)
    return {
      state: { ...done, holder: person, stage: 'working' },
      effects: [{ type: effect, step: step.no, visit: state.visit }],
    }
  return onward(sop, done, step, outcome ? outcome.to : nextOf(sop, step))
}

/** A final refusal beside the decisions of the flowchart (`refusal` in the document). */
function refuse(
  sop: SopDocument,
  state: RequestState,
  event: Extract<RequestEvent, { type: 'refuse' }>,
  doer: Doer,
): Decision {
  const step = requireTurn(sop, state, event, doer)
  const person = requireActor(sop, state, step, doer, true)
  if (!sop.refusal?.from.includes(step.no))
    throw new Refused('no-refusal-here', decideTexts.noRefusalHere, { status: 409 })
  requireGrounds(event.grounds)
  const done = { ...state, holder: null, doneBy: { ...state.doneBy, [step.no]: person } }
  return refused(sop, done, step.no, sop.refusal.to)
}

function effectDone(sop: SopDocument, state: RequestState, no: number, doer: Doer): Decision {
  requireEffect(state, no, doer)
  const step = stepOf(sop, no)
  const provisions = activities[step.activity].effect === 'provision'
  const settled: RequestState = {
    ...state,
    stage: 'acting',
    holder: null,
    provisioned: state.provisioned || provisions,
    verdict: provisions ? 'granted' : state.verdict,
  }
  return onward(sop, settled, step, nextOf(sop, step))
}

function deliver(state: RequestState, document: string): Decision {
  if (state.phase === 'ended') throw new Refused('already-ended', decideTexts.alreadyEnded, { status: 409 })
  return { state: { ...state, documents: withItem(state.documents, document) }, effects: [] }
}

/** A document that nobody may have counts as not delivered: what needs it waits for another file. */
function withhold(state: RequestState, document: string, doer: Doer): Decision {
  if (doer.kind !== 'system') throw new Refused('system-only', decideTexts.systemOnly, { status: 403 })
  return { state: { ...state, documents: state.documents.filter((each) => each !== document) }, effects: [] }
}

/** What the system did for the step was taken back: its actor has it again, as a new visit. */
function effectUndone(state: RequestState, no: number, doer: Doer): Decision {
  requireEffect(state, no, doer)
  return enter(state, no)
}

function requireEffect(state: RequestState, no: number, doer: Doer): void {
  if (doer.kind !== 'system') throw new Refused('system-only', decideTexts.systemOnly, { status: 403 })
  if (state.phase !== 'running' || state.stage !== 'working' || state.at !== no)
    throw new Refused('effect-not-awaited', decideTexts.effectNotAwaited, { status: 409 })
}

function waive(
  sop: SopDocument,
  state: RequestState,
  event: Extract<RequestEvent, { type: 'waive' }>,
  doer: Doer,
): Decision {
  const step = actingStep(sop, state)
  requireActor(sop, state, step, doer)
  requireHolder(state, doer)
  const requirement = sop.steps
    .flatMap((each) => each.requirements)
    .find((each) => each.document === event.document)
  if (!requirement?.waivable) throw new Refused('not-waivable', decideTexts.notWaivable, { status: 409 })
  if (event.reason.trim().length < 3) throw new Refused('reason-missing', decideTexts.reasonMissing)
  return { state: { ...state, waived: withItem(state.waived, event.document) }, effects: [] }
}

function withdraw(sop: SopDocument, state: RequestState, doer: Doer): Decision {
  requireApplicant(sop, doer)
  if (state.phase === 'ended') throw new Refused('already-ended', decideTexts.alreadyEnded, { status: 409 })
  if (state.provisioned || state.stage === 'working')
    throw new Refused('already-provisioned', decideTexts.alreadyProvisioned, { status: 409 })
  return ended({ ...state, detours: [] }, 'withdrawn')
}

/** An appeal re-opens the refusing step, for the person who refused; it starts a new visit. */
function appeal(sop: SopDocument, state: RequestState, doer: Doer): Decision {
  requireApplicant(sop, doer)
  if (state.ending !== 'refused' || state.refusedAt === null)
    throw new Refused('nothing-to-appeal', decideTexts.nothingToAppeal, { status: 409 })
  const reopened: RequestState = {
    ...state,
    phase: 'running',
    ending: null,
    verdict: null,
    appeals: state.appeals + 1,
    detours: [],
  }
  return enter(reopened, state.refusedAt)
}

/** Follows an arrow; a detour that ends here goes back to the step that returned the request. */
function onward(sop: SopDocument, state: RequestState, step: SopStep, to: Target): Decision {
  const detour = state.detours.at(-1)
  if (detour && detour.target === step.no) {
    const rest = { ...state, detours: state.detours.slice(0, -1) }
    return enter(rest, partyOf(sop, step) === 'office' ? asNumber(to, detour.back) : detour.back)
  }
  if (to === 'end') return ended(state, state.verdict === 'refused' ? 'refused' : 'completed')
  return enter(state, to)
}

/**
 * A return to the applicant's side jumps back to the returner once corrected; a return to the office's
 * own step walks the rows again, because what lies between must see the correction.
 */
function returned(sop: SopDocument, state: RequestState, step: SopStep, to: Target): Decision {
  if (to === 'end') return ended(state, 'completed')
  const detours = [...state.detours.filter((each) => each.back !== step.no), { back: step.no, target: to }]
  return enter({ ...state, detours }, to)
}

function refused(sop: SopDocument, state: RequestState, at: number, to: Target): Decision {
  const judged: RequestState = { ...state, verdict: 'refused', refusedAt: at, detours: [] }
  if (to === 'end') return ended(judged, 'refused')
  return enter(judged, stepOf(sop, to).no)
}

/** Enters a step: a new visit, held by whoever did it last (the same reviewer), and somebody to tell. */
function enter(state: RequestState, no: number): Decision {
  const visit = state.visit + 1
  return {
    state: { ...state, at: no, visit, stage: 'acting', holder: state.doneBy[no] ?? null },
    effects: [{ type: 'notify', step: no, visit }],
  }
}

function ended(state: RequestState, ending: 'completed' | 'refused' | 'withdrawn'): Decision {
  return {
    state: { ...state, phase: 'ended', at: null, stage: 'acting', holder: null, ending },
    effects: [{ type: 'ended', ending }],
  }
}

const asNumber = (to: Target, otherwise: number): number => (to === 'end' ? otherwise : to)

const withItem = (list: readonly string[], item: string): string[] =>
  list.includes(item) ? [...list] : [...list, item]

function chosenOutcome(step: SopStep, id: string | undefined): SopOutcome | null {
  if (!step.decision) {
    if (id !== undefined) throw new Refused('no-decision-here', decideTexts.noDecisionHere)
    return null
  }
  const outcome = step.decision.outcomes.find((candidate) => candidate.id === id)
  if (!outcome)
    throw new Refused(
      'outcome-missing',
      decideTexts.outcomeMissing(step.decision.outcomes.map((each) => each.label)),
    )
  return outcome
}

function requireGrounds(grounds: readonly Ground[] | undefined): void {
  if (!grounds || grounds.length === 0) throw new Refused('grounds-missing', decideTexts.groundsMissing)
}

/** A step waits for its documents: required ones, those it names in `waitsFor`, and deferred ones due here. */
function requireDocuments(sop: SopDocument, state: RequestState, step: SopStep): void {
  const missing = missingDocuments(sop, state, step)
  if (missing.length > 0)
    throw new Refused('document-missing', decideTexts.documentMissing(missing.map((each) => each.text)), {
      status: 409,
    })
}

/** @returns what is still to be delivered before this step can be finished. */
export function missingDocuments(
  sop: SopDocument,
  state: RequestState,
  step: SopStep,
): readonly { readonly document: string; readonly text: string; readonly from: string }[] {
  const all = sop.steps.flatMap((each) => each.requirements.map((requirement) => ({ requirement, each })))
  const needed = [
    ...step.requirements
      .filter((each) => each.document && each.need === 'required')
      .map((each) => each.document!),
    ...step.waitsFor,
    ...all
      .filter((each) => each.requirement.need === 'later' && each.requirement.dueAt === step.no)
      .map((each) => each.requirement.document!),
  ]
  return [...new Set(needed)]
    .filter((document) => !state.documents.includes(document) && !state.waived.includes(document))
    .map((document) => {
      const source = all.find((each) => each.requirement.document === document)
      return {
        document,
        text: source?.requirement.text ?? document,
        from: source?.requirement.from ?? source?.each.actor ?? step.actor,
      }
    })
}
