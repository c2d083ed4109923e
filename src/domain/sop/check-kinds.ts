import { checkTexts } from '../text/sop-check.ts'
import type { SopDocument, SopField } from './document.ts'
import type { IndexPath, RawFinding } from './finding.ts'
import { error, repeats, warning } from './finding.ts'
import { knownKinds, subjectOf } from './kinds.ts'
import { kindsOf } from './graph.ts'

/** The request kinds that the SOP serves. */
export function checkKinds(sop: SopDocument): readonly RawFinding[] {
  const known = knownKinds.map((kind) => kind.id)
  const renews = kindsOf(sop).findIndex((kind) => kind.fulfilment === 're-registration')
  return [
    ...repeats(sop.serves.map((kind) => kind.id)).map((index) =>
      error('duplicate-kind', ['serves', index, 'id'], checkTexts.duplicateKind(sop.serves[index]!.id)),
    ),
    ...sop.serves.flatMap((kind, index) =>
      known.includes(kind.id) || kind.fulfilment
        ? []
        : [warning('kind-without-fulfilment', ['serves', index], checkTexts.kindWithoutFulfilment(kind.id))],
    ),
    ...kindsOf(sop).flatMap((kind, index) => [
      ...(kind.fulfilment !== 'manual' && kind.about !== subjectOf(kind.fulfilment)
        ? [error('about-fixed', ['serves', index, 'about'], checkTexts.aboutFixed(kind.id, kind.fulfilment))]
        : []),
      ...(kind.temporary && kind.about !== 'new-name'
        ? [
            error(
              'temporary-without-name',
              ['serves', index, 'temporary'],
              checkTexts.temporaryWithoutName(kind.id),
            ),
          ]
        : []),
    ]),
    ...(renews >= 0 && !sop.term ? [warning('no-term', ['serves', renews], checkTexts.noTerm)] : []),
  ]
}

/** The office's own form fields, of request kinds and of steps. */
export function checkForms(sop: SopDocument): readonly RawFinding[] {
  return [
    ...sop.serves.flatMap((kind, index) => checkFields(kind.form, ['serves', index, 'form'])),
    ...sop.steps.flatMap((step, row) => checkFields(step.form, ['steps', row, 'form'])),
  ]
}

function checkFields(fields: readonly SopField[], path: IndexPath): readonly RawFinding[] {
  return [
    ...repeats(fields.map((field) => field.id)).map((index) =>
      error('duplicate-field', [...path, index, 'id'], checkTexts.duplicateField(fields[index]!.id)),
    ),
    ...fields.flatMap((field, index) => checkOptions(field, [...path, index])),
  ]
}

function checkOptions(field: SopField, path: IndexPath): readonly RawFinding[] {
  if (field.type !== 'choice')
    return field.options
      ? [
          warning(
            'options-without-choice',
            [...path, 'options'],
            checkTexts.optionsWithoutChoice(field.label),
          ),
        ]
      : []
  if (!field.options)
    return [error('choice-without-options', path, checkTexts.choiceWithoutOptions(field.label))]
  return repeats(field.options).map((index) =>
    error(
      'duplicate-option',
      [...path, 'options', index],
      checkTexts.duplicateOption(field.options![index]!),
    ),
  )
}
