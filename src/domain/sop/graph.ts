import type { SopDocument, SopOutcome, SopStep } from './document.ts'
import type { RequestKind } from './kinds.ts'
import { knownKinds, subjectOf } from './kinds.ts'

export type Target = number | 'end'
export type OutcomeKind = 'continue' | 'return' | 'refuse'
export type Arrow = { readonly from: number; readonly to: Target; readonly outcome: SopOutcome | null }

/** @returns the step with this number; a document that passed the check has every number it names. */
export function stepOf(sop: SopDocument, no: number): SopStep {
  const step = sop.steps.find((candidate) => candidate.no === no)
  if (!step) throw new Error(`SOP ${sop.id} has no step ${no}`)
  return step
}

/** @returns the step after this one when no decision says otherwise: `next`, else the following row, else the end. */
export function nextOf(sop: SopDocument, step: SopStep): Target {
  if (step.next !== undefined) return step.next
  const index = sop.steps.indexOf(step)
  return sop.steps[index + 1]?.no ?? 'end'
}

/** @returns what an outcome means; an arrow to an earlier row is a return unless the document says otherwise. */
export function kindOf(sop: SopDocument, step: SopStep, outcome: SopOutcome): OutcomeKind {
  if (outcome.kind) return outcome.kind
  if (outcome.to === 'end') return 'continue'
  const row = (no: number) => sop.steps.findIndex((candidate) => candidate.no === no)
  return row(outcome.to) <= row(step.no) ? 'return' : 'continue'
}

/** @returns every arrow drawn from the step. */
export function arrowsFrom(sop: SopDocument, step: SopStep): readonly Arrow[] {
  if (!step.decision) return [{ from: step.no, to: nextOf(sop, step), outcome: null }]
  return step.decision.outcomes.map((outcome) => ({ from: step.no, to: outcome.to, outcome }))
}

/** @returns the symbol drawn for the step: as given, else capsule at both ends, diamond for a decision. */
export function symbolOf(sop: SopDocument, step: SopStep): 'start' | 'process' | 'decision' | 'end' {
  if (step.symbol) return step.symbol
  if (step.decision) return 'decision'
  if (step === sop.steps[0]) return 'start'
  return nextOf(sop, step) === 'end' ? 'end' : 'process'
}

/** @returns the request kinds this SOP serves, with label and fulfilment filled in from the known kinds. */
export function kindsOf(sop: SopDocument): readonly RequestKind[] {
  return sop.serves.map((served) => {
    const known = knownKinds.find((kind) => kind.id === served.id)
    const fulfilment = served.fulfilment ?? known?.fulfilment ?? 'manual'
    return {
      id: served.id,
      about: served.about ?? known?.about ?? subjectOf(fulfilment),
      temporary: served.temporary,
      label: served.label
        ? { id: served.label, en: served.label }
        : (known?.label ?? { id: served.id, en: served.id }),
      fulfilment,
    }
  })
}

/** @returns the party of the step's actor: whose person must act. */
export function partyOf(sop: SopDocument, step: SopStep): 'applicant' | 'office' | 'outside' {
  return sop.actors.find((actor) => actor.id === step.actor)?.party ?? 'office'
}
