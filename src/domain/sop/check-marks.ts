import { checkTexts } from '../text/sop-check.ts'
import type { SopDocument } from './document.ts'
import type { RawFinding } from './finding.ts'
import { error, repeats, warning } from './finding.ts'
import { indexPathOf } from './marks.ts'

/** A mark must point at something that is shown, once. */
export function checkMarks(sop: SopDocument): readonly RawFinding[] {
  return [
    ...sop.marks.flatMap((mark, index) =>
      indexPathOf(sop, mark.field) === null
        ? [error('mark-without-field', ['marks', index, 'field'], checkTexts.markWithoutField(mark.field))]
        : [],
    ),
    ...repeats(sop.marks.map((mark) => mark.field)).map((index) =>
      warning('duplicate-mark', ['marks', index, 'field'], checkTexts.duplicateMark(sop.marks[index]!.field)),
    ),
  ]
}
