import { checkTexts } from '../text/sop-check.ts'
import type { SopDocument, SopStep } from './document.ts'
import type { RawFinding } from './finding.ts'
import { error, repeats, warning } from './finding.ts'
import { nearest } from './nearest.ts'

/** How many people the office mapped to each actor, by actor id. */
export type ActorMapping = Readonly<Record<string, number>>

/** Numbers and ids that are given twice, and actors that are named but not listed, or listed but idle. */
export function checkNames(sop: SopDocument): readonly RawFinding[] {
  return [
    ...repeats(sop.steps.map((step) => step.no)).map((row) =>
      error('duplicate-step', ['steps', row, 'no'], checkTexts.duplicateStep(sop.steps[row]!.no)),
    ),
    ...repeats(sop.actors.map((actor) => actor.id)).map((index) =>
      error('duplicate-actor', ['actors', index, 'id'], checkTexts.duplicateActor(sop.actors[index]!.id)),
    ),
    ...sop.steps.flatMap((step, row) => [...outcomeNames(step, row), ...actorNames(sop, step, row)]),
    ...idleActors(sop),
  ]
}

function outcomeNames(step: SopStep, row: number): readonly RawFinding[] {
  const outcomes = step.decision?.outcomes ?? []
  const path = (index: number, key: string) => ['steps', row, 'decision', 'outcomes', index, key]
  return [
    ...repeats(outcomes.map((outcome) => outcome.id)).map((index) =>
      error(
        'duplicate-outcome',
        path(index, 'id'),
        checkTexts.duplicateOutcome(step.no, outcomes[index]!.id),
      ),
    ),
    ...repeats(outcomes.map((outcome) => outcome.label.toLowerCase())).map((index) =>
      error(
        'duplicate-outcome-label',
        path(index, 'label'),
        checkTexts.duplicateOutcome(step.no, outcomes[index]!.label),
      ),
    ),
  ]
}

function actorNames(sop: SopDocument, step: SopStep, row: number): readonly RawFinding[] {
  const known = sop.actors.map((actor) => actor.id)
  const unknown = (id: string) => checkTexts.unknownActor(id, nearest(id, known), known)
  return [
    ...(known.includes(step.actor)
      ? []
      : [error('unknown-actor', ['steps', row, 'actor'], unknown(step.actor))]),
    ...step.with.flatMap((id, index) => {
      const path = ['steps', row, 'with', index]
      if (!known.includes(id)) return [error('unknown-actor', path, unknown(id))]
      return id === step.actor || step.with.indexOf(id) < index
        ? [warning('with-repeated', path, checkTexts.withRepeated(step.no, id))]
        : []
    }),
  ]
}

function idleActors(sop: SopDocument): readonly RawFinding[] {
  return sop.actors.flatMap((actor, index) =>
    sop.steps.some((step) => step.actor === actor.id || step.with.includes(actor.id))
      ? []
      : [error('actor-without-step', ['actors', index], checkTexts.actorWithoutStep(actor.title))],
  )
}

/** Applicants join by invitation or registration, so only an explicit zero counts against them. */
export function checkMapping(sop: SopDocument, mapping: ActorMapping): readonly RawFinding[] {
  return sop.actors.flatMap((actor, index) => {
    const people = Object.hasOwn(mapping, actor.id) ? mapping[actor.id] : undefined
    const nobody = people === undefined ? actor.party !== 'applicant' : people < 1
    const steps = sop.steps.filter((step) => step.actor === actor.id).map((step) => step.no)
    return nobody && steps.length > 0
      ? [
          error(
            'actor-mapped-to-nobody',
            ['actors', index],
            checkTexts.actorMappedToNobody(actor.title, steps),
          ),
        ]
      : []
  })
}
