import { checkTexts } from '../text/sop-check.ts'
import type { SopRequirement, SopStep } from './document.ts'
import type { IndexPath, RawFinding } from './finding.ts'
import { error, repeats, warning } from './finding.ts'
import type { Flow } from './flow.ts'
import { comesBefore } from './flow.ts'
import { nearest } from './nearest.ts'

/** Whether somebody can deliver every document in time. */
export function checkRequirements(flow: Flow): readonly RawFinding[] {
  return flow.sop.steps.flatMap((step, row) => [
    ...step.requirements.flatMap((requirement, index) => {
      const path = ['steps', row, 'requirements', index]
      return [
        ...checkGiver(flow, step, requirement, path),
        ...checkDue(flow, step, requirement, path),
        ...checkWaiver(requirement, path),
      ]
    }),
    ...checkActivity(flow, step, row),
    ...checkRepeats(step, row),
    ...step.waitsFor.flatMap((document, index) =>
      checkWait(flow, step, document, ['steps', row, 'waitsFor', index]),
    ),
  ])
}

/** One document, or one line of information, is asked for once in a step; the checklist has one row for each. */
function checkRepeats(step: SopStep, row: number): readonly RawFinding[] {
  return repeats(step.requirements.map((each) => each.document ?? each.text)).map((index) =>
    error(
      'duplicate-requirement',
      ['steps', row, 'requirements', index],
      checkTexts.duplicateRequirement(step.no, step.requirements[index]!.text),
    ),
  )
}

/** Two activities are about documents and make no sense without any. */
function checkActivity(flow: Flow, step: SopStep, row: number): readonly RawFinding[] {
  const path = ['steps', row, 'activity']
  if (step.activity === 'deliver' && !step.requirements.some((each) => each.document))
    return [error('nothing-to-deliver', path, checkTexts.nothingToDeliver(step.no))]
  const asked = [...step.requirements, ...flow.first.requirements]
  return step.activity === 'check-completeness' && asked.length === 0
    ? [warning('nothing-to-check', path, checkTexts.nothingToCheck(step.no))]
    : []
}

function checkGiver(
  flow: Flow,
  step: SopStep,
  requirement: SopRequirement,
  path: IndexPath,
): readonly RawFinding[] {
  const from = requirement.from
  if (from === undefined || from === step.actor) return []
  const known = flow.sop.actors.map((actor) => actor.id)
  if (!known.includes(from))
    return [
      error(
        'requirement-from-nobody',
        [...path, 'from'],
        checkTexts.unknownActor(from, nearest(from, known), known),
      ),
    ]
  const until = requirement.need === 'later' ? flow.steps.get(requirement.dueAt ?? step.no) : step
  if (!requirement.document || requirement.need === 'optional' || !until) return []
  return actsBy(flow, from, until)
    ? []
    : [
        error(
          'requirement-too-early',
          [...path, 'from'],
          checkTexts.requirementTooEarly(requirement.text, until.no, from),
        ),
      ]
}

/** Whether the actor takes part in the request at this step or somewhere before it. */
function actsBy(flow: Flow, actor: string, step: SopStep): boolean {
  return flow.sop.steps
    .filter((each) => each.actor === actor || each.with.includes(actor))
    .some((each) => each.no === step.no || comesBefore(flow, each.no, step.no))
}

function checkDue(
  flow: Flow,
  step: SopStep,
  requirement: SopRequirement,
  path: IndexPath,
): readonly RawFinding[] {
  const { need, dueAt, document, text } = requirement
  if (need !== 'later')
    return dueAt === undefined
      ? []
      : [warning('due-without-later', [...path, 'dueAt'], checkTexts.dueWithoutLater(text))]
  if (document === undefined)
    return [error('later-without-document', path, checkTexts.laterWithoutDocument(text))]
  if (dueAt === undefined) return [error('later-without-due', path, checkTexts.laterWithoutDue(text))]
  if (!flow.steps.has(dueAt))
    return [error('due-step-missing', [...path, 'dueAt'], checkTexts.dueStepMissing(text, dueAt))]
  return dueAt === step.no || comesBefore(flow, step.no, dueAt)
    ? []
    : [error('due-not-after', [...path, 'dueAt'], checkTexts.dueNotAfter(text, dueAt, step.no))]
}

function checkWaiver(requirement: SopRequirement, path: IndexPath): readonly RawFinding[] {
  return requirement.waivable && requirement.document === undefined
    ? [
        warning(
          'waivable-without-document',
          [...path, 'waivable'],
          checkTexts.waivableWithoutDocument(requirement.text),
        ),
      ]
    : []
}

function checkWait(flow: Flow, step: SopStep, document: string, path: IndexPath): readonly RawFinding[] {
  const askedAt = flow.sop.steps.filter((each) =>
    each.requirements.some((need) => need.document === document),
  )
  if (askedAt.length === 0) {
    const known = flow.sop.steps.flatMap((each) => each.requirements.flatMap((need) => need.document ?? []))
    return [
      error('waits-for-nobody', path, checkTexts.waitsForNobody(step.no, document, nearest(document, known))),
    ]
  }
  return askedAt.some((each) => each.no === step.no || comesBefore(flow, each.no, step.no))
    ? []
    : [error('waits-too-early', path, checkTexts.waitsTooEarly(step.no, document, askedAt[0]!.no))]
}
