import { chartOf } from '../flowchart/chart.ts'
import type { ConnectorWords } from '../flowchart/sheets.ts'
import type { Face, FittedChart } from '../flowchart/fit.ts'
import { fitChart } from '../flowchart/fit.ts'
import type { SopStep } from '../sop/document.ts'
import { describeStandardTime } from '../sop/standard-time.ts'
import { sopPaperTexts as texts } from '../text/sop-paper.ts'
import { flowchart } from '../text/ui.ts'
import type { FlowPage } from './flow-page.ts'
import { flowPage } from './flow-page.ts'
import type { IdentityPage } from './identity.ts'
import { composeIdentity } from './identity.ts'
import type { FullText, SourceNote } from './notes.ts'
import { fullTexts, sourceNotes } from './notes.ts'
import type { SopPrint } from './print.ts'

/** A printed SOP laid out to the last point: what letters/sop.typ draws. Every string in it is text, never markup. */
export type SopSheets = {
  readonly size: SopPrint['size']
  readonly title: string
  readonly author: string
  readonly lang: 'id'
  readonly createdAt: string
  readonly logoAlt: string
  readonly identity: IdentityPage
  readonly runningHead: { readonly name: string; readonly number: string }
  readonly flow: readonly FlowPage[]
  readonly notes: readonly SourceNote[]
  readonly fullTexts: readonly FullText[]
  readonly words: Readonly<
    Record<'markExplained' | 'notes' | 'notesLead' | 'place' | 'state' | 'note' | 'rest' | 'restLead', string>
  >
  readonly page: readonly [string, string]
}

const pointsPerMm = 72 / 25.4

/** Margins of the flowchart pages in millimetres; letters/sop.typ sets the same. */
export const flowMargins = { side: 12, top: 19, bottom: 15 } as const
const paperSizes = { a4: { short: 210, long: 297 }, f4: { short: 210, long: 330 } } as const

/** @returns the room for the table on a landscape page, in points */
export function flowRoom(size: SopPrint['size']): { readonly width: number; readonly height: number } {
  const { short, long } = paperSizes[size]
  return {
    width: (long - 2 * flowMargins.side) * pointsPerMm,
    height: (short - flowMargins.top - flowMargins.bottom) * pointsPerMm,
  }
}

/** @returns the flowchart of an SOP on its landscape pages; null when it fits none */
export function fitSop({ sop, size }: SopPrint, face: Face): FittedChart | null {
  const chart = chartOf(sop, { ends: flowchart.closing.id, timeOf: timeWords, withWhom })
  return fitChart(chart, flowRoom(size), face, connectorWords)
}

/**
 * Lays out any SOP. Pure: the same SOP gives the same sheets. An SOP is an official paper and Indonesian.
 * @param face widths of the very face in which it will be set
 * @returns null when its flowchart fits no page even in the smallest letters
 */
export function composeSop(print: SopPrint, face: Face): SopSheets | null {
  const fitted = fitSop(print, face)
  if (!fitted) return null
  const { sop, size, createdAt } = print
  const { identity, office } = sop
  const flow = fitted.sheets.map((sheet, index) =>
    flowPage(sheet, fitted.size, texts.sheet(index + 1, fitted.sheets.length).id),
  )
  return {
    size,
    title: `SOP ${identity.name}`,
    author: office.name,
    lang: 'id',
    createdAt,
    logoAlt: texts.crest(office.government).id,
    identity: composeIdentity(sop),
    runningHead: {
      name: shortened(identity.name),
      number: shortened(`${texts.number.id}: ${identity.number}`),
    },
    flow,
    notes: sourceNotes(sop),
    fullTexts: fullTexts(fitted.sheets),
    words: {
      markExplained: sop.marks.length > 0 ? texts.markExplained.id : '',
      notes: texts.notes.id,
      notesLead: texts.notesLead.id,
      place: texts.place.id,
      state: texts.state.id,
      note: texts.note.id,
      rest: texts.rest.id,
      restLead: texts.restLead.id,
    },
    page: texts.page.id,
  }
}

/** The head of a page has room for two lines. */
const shortened = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 119).trimEnd()}…`)

/** The time as the paper prints it; a dash, never a zero, where it gives none. */
function timeWords({ standardTime }: SopStep): string {
  if (standardTime === 'not set') return '–'
  return standardTime.verbatim ?? describeStandardTime(standardTime, 'id')
}

const withWhom = (titles: string): string => flowchart.withWhom(titles).id

const connectorWords: ConnectorWords = {
  goesTo: (no, sheet) => flowchart.connectorTo(no, sheet).id,
  comesFrom: (numbers) => flowchart.connectorFrom(numbers).id,
}
