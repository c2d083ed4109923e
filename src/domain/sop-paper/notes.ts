import { cellKeys } from '../flowchart/chart.ts'
import type { FittedSheet } from '../flowchart/fit.ts'
import { cellLines, headLines, labelLinesOf } from '../flowchart/layout.ts'
import type { SopDocument } from '../sop/document.ts'
import { markStateTexts, sopPaperTexts as texts, stepPartTexts } from '../text/sop-paper.ts'
import { fieldWords } from './field-words.ts'

/** One remark on the source; fields about which the same is known share it. */
export type SourceNote = { readonly place: string; readonly state: string; readonly note: string }

/** A text that was too long for its place in the table. */
export type FullText = { readonly place: string; readonly text: string }

/** @returns what the marks of the document say, in its own order */
export function sourceNotes(sop: SopDocument): readonly SourceNote[] {
  const groups = new Map<
    string,
    { readonly places: string[]; readonly state: string; readonly note: string }
  >()
  for (const mark of sop.marks) {
    const note = typeof mark.note === 'string' ? mark.note : mark.note.id
    const key = `${mark.kind} ${note}`
    const group = groups.get(key) ?? { places: [], state: markStateTexts[mark.kind].id, note }
    group.places.push(fieldWords(sop, mark.field).id)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ places, state, note }) => ({ place: places.join('; '), state, note }))
}

const cellTitles = {
  text: stepPartTexts['text']!,
  requirements: stepPartTexts['requirements']!,
  time: stepPartTexts['standardTime']!,
  output: stepPartTexts['output']!,
  remark: stepPartTexts['remark']!,
} as const

/** @returns everything that stands shortened in the table, in full */
export function fullTexts(sheets: readonly FittedSheet[]): readonly FullText[] {
  const found: FullText[] = []
  const first = sheets[0]
  for (const title of first?.chart.lanes ?? [])
    if (wasCut(headLines(title, first!.measures))) found.push({ place: texts.actors.id, text: title })
  for (const { chart, measures } of sheets) {
    for (const row of chart.rows)
      for (const key of cellKeys)
        if (row.no !== null && wasCut(cellLines(row, key, measures)))
          found.push({
            place: `${texts.step(String(row.no)).id}, ${cellTitles[key].id}`,
            text: row.cells[key].join('\n'),
          })
    for (const flow of chart.flows)
      if (flow.label !== null && wasCut(labelLinesOf(flow.label, measures)))
        found.push({
          place: `${texts.step(String(chart.rows[flow.from]!.no ?? '')).id}, ${texts.label.id}`,
          text: flow.label,
        })
  }
  return found
}

/** An ellipsis of the text's own at its end makes a harmless repetition. */
const wasCut = (lines: readonly string[]): boolean => lines.at(-1)?.endsWith('…') ?? false
