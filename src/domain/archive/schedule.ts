import * as z from 'zod'
import { recordsOf, readCsv, refuse } from '../csv/read.ts'
import type { CsvRecord } from '../csv/read.ts'
import type { FieldIssue, Text } from '../refused.ts'
import { scheduleTexts as text } from '../text/retention-schedule.ts'

/** The kinds of papers that Ranah keeps; each goes by one line of the schedule, or by none. */
export const paperKinds = [
  'application',
  'reply',
  'hand-over-note',
  'deactivation-notice',
  'appointment',
  'destruction-record',
] as const
export type PaperKind = (typeof paperKinds)[number]

/** The event from which the years count. */
export const starts = ['filed', 'request-ended', 'service-ended', 'appointment-ended'] as const
export type Start = (typeof starts)[number]

/** What becomes of a paper whose time is over: musnah, permanen, dinilai kembali. */
export const fates = ['destroy', 'permanent', 'review'] as const
export type Fate = (typeof fates)[number]

const years = z.coerce.number().int().min(0).max(100)
/** Text of one line, without control characters. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u)

/** One line of a records retention schedule (Jadwal Retensi Arsip). */
export const lineInput = z.strictObject({
  code: line(40).regex(/^[A-Za-z0-9][A-Za-z0-9./-]*$/),
  title: line(200),
  starts: z.enum(starts),
  activeYears: years,
  inactiveYears: years,
  fate: z.enum(fates),
  papers: z.array(z.enum(paperKinds)).max(paperKinds.length).default([]),
})
export type LineInput = z.infer<typeof lineInput>

/** What an office begins with: classes after Permendagri 83/2022. The migration lays the same for offices of before. */
export const defaultLines: readonly LineInput[] = [
  {
    code: '500.12',
    title: 'Permohonan subdomain dan hosting beserta lampirannya',
    starts: 'service-ended',
    activeYears: 2,
    inactiveYears: 3,
    fate: 'destroy',
    papers: ['application'],
  },
  {
    code: '500.12',
    title: 'Surat balasan dan pemberitahuan layanan subdomain dan hosting',
    starts: 'service-ended',
    activeYears: 2,
    inactiveYears: 3,
    fate: 'destroy',
    papers: ['reply', 'deactivation-notice'],
  },
  {
    code: '500.12',
    title: 'Berita acara serah terima subdomain dan hosting',
    starts: 'service-ended',
    activeYears: 2,
    inactiveYears: 8,
    fate: 'review',
    papers: ['hand-over-note'],
  },
  {
    code: '800.1.11.1',
    title: 'Surat tugas dan keputusan petugas layanan',
    starts: 'appointment-ended',
    activeYears: 2,
    inactiveYears: 3,
    fate: 'review',
    papers: ['appointment'],
  },
  {
    code: '000.5',
    title: 'Berita acara pemusnahan arsip beserta daftarnya',
    starts: 'filed',
    activeYears: 2,
    inactiveYears: 8,
    fate: 'permanent',
    papers: ['destruction-record'],
  },
]

/** A file of a schedule: a whole JRA of an office has a few hundred lines. */
export const maxScheduleBytes = 256 * 1024
export const maxScheduleLines = 2000

const columnKeys = ['code', 'title', 'starts', 'activeYears', 'inactiveYears', 'fate', 'papers'] as const
type ColumnKey = (typeof columnKeys)[number]
const locales = ['id', 'en'] as const

/** A heading as the reader of CSV files looks it up. */
const headingOf = (column: Text, locale: 'id' | 'en'): string =>
  column[locale].toLowerCase().replaceAll(/\s+/g, '-')

/**
 * Reads a schedule from the file that its page gives away, in either language.
 * @throws Refused `csv-file` with every line that is wrong; nothing is taken in
 */
export function readSchedule(bytes: Uint8Array): readonly LineInput[] {
  const rows = readCsv(bytes, { maxBytes: maxScheduleBytes, maxRows: maxScheduleLines })
  const first = new Set(rows[0]!.cells.map((cell) => cell.toLowerCase().replaceAll(/\s+/g, '-')))
  const locale = locales.find((each) => first.has(headingOf(text.columns.code, each))) ?? 'id'
  const names = Object.fromEntries(columnKeys.map((key) => [key, headingOf(text.columns[key], locale)]))
  const columns = Object.fromEntries([
    ...columnKeys.map((key) => [names[key]!, key === 'papers' ? 'optional' : 'required'] as const),
    [headingOf(text.columns.state, locale), 'optional'] as const,
  ])
  const issues: FieldIssue[] = []
  const lines = recordsOf(rows, columns).flatMap((record) => {
    const read = readLine(record, names as Record<ColumnKey, string>)
    if ('input' in read) return [read.input]
    issues.push({ field: `line ${record.line}`, text: read.wrong })
    return []
  })
  if (issues.length > 0) refuse(issues.slice(0, 50))
  const doubled = doubledIn(lines)
  if (doubled) refuse([{ field: 'file', text: doubled }])
  return lines
}

function readLine(
  { values }: CsvRecord,
  names: Record<ColumnKey, string>,
): { readonly input: LineInput } | { readonly wrong: Text } {
  const cell = (key: ColumnKey): string => (values[names[key]] ?? '').replace(/^'/, '')
  const papers = cell('papers')
    .split(/[;,]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const parsed = lineInput.safeParse({
    code: cell('code'),
    title: cell('title'),
    starts: wordIn(text.starts, cell('starts')),
    // an empty cell is no zero
    activeYears: cell('activeYears') || undefined,
    inactiveYears: cell('inactiveYears') || undefined,
    fate: wordIn(text.fates, cell('fate')),
    papers: papers.map((each) => wordIn(text.papers, each)),
  })
  if (parsed.success) return { input: parsed.data }
  const key = columnKeys.find((each) => each === parsed.error.issues[0]?.path[0]) ?? 'code'
  return { wrong: text.wrongCell(text.columns[key], cell(key).slice(0, 60)) }
}

/** The word of the program for a word of people, in either language. */
function wordIn(words: Readonly<Record<string, Text>>, said: string): string {
  const wanted = said.trim().toLowerCase()
  const found = Object.entries(words).find(
    ([word, { id, en }]) => word === wanted || id.toLowerCase() === wanted || en.toLowerCase() === wanted,
  )
  return found?.[0] ?? said
}

/** @returns what stands twice in a schedule: a line, or a kind of paper */
export function doubledIn(lines: readonly LineInput[]): Text | undefined {
  const seen = new Set<string>()
  for (const { code, title, papers } of lines) {
    const key = JSON.stringify([code, title])
    if (seen.has(key)) return text.lineTwice(code, title)
    seen.add(key)
    for (const paper of papers) {
      if (seen.has(paper)) return text.paperTwice(text.papers[paper])
      seen.add(paper)
    }
  }
  return undefined
}
