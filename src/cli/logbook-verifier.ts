/**
 * Checks an exported logbook, offline: `node src/cli/logbook-verifier.ts FILE [--head HEX]...`
 *
 * One file on the standard library of Node alone, written from docs/logbook-format.md and sharing no code with the
 * program that writes the logbook, so that an auditor can read it as a whole. The numbers in brackets are the
 * sections of that document. Memory use does not depend on the length of the file.
 */
import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream, realpathSync } from 'node:fs'

/** A sentence in Indonesian and in English. */
type Sentence = { readonly id: string; readonly en: string }

export type LogbookVerdict =
  | {
      readonly verdict: 'ok'
      readonly office: { readonly id: string; readonly name: string }
      readonly exportedAt: string
      readonly entries: number
      readonly head: string
      readonly reveals: number
      /** Each known head with the number of the entry that it is the hash of; 0 is the empty logbook. */
      readonly knownHeads: readonly { readonly head: string; readonly seq: number }[]
    }
  | {
      readonly verdict: 'bad'
      /** Entries that were good before the first fault. */
      readonly entries: number
      /** Number of the first bad entry; null when the fault lies outside the entries. */
      readonly seq: number | null
      /** Line of the file, from 1. */
      readonly line: number
      readonly why: string
      readonly text: Sentence
    }
  | { readonly verdict: 'unusable'; readonly why: string; readonly text: Sentence }

const FORMAT = 'ranah-logbook-1'
const MAX_LINE_BYTES = 1_048_576 // [5]
const CHUNK_BYTES = 262_144
const HEX_64 = /^[0-9a-f]{64}$/
const WORD = /^[a-z][a-z0-9-]*$/
const ACT = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/
const KEY = /^[a-z][A-Za-z0-9-]{0,63}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

type KnownHeads = { readonly head?: string | readonly string[] }
type Fields = Readonly<Record<string, unknown>>

/** Ends the check at the first fault. */
class Fault extends Error {
  readonly why: string
  readonly text: Sentence
  readonly unusable: boolean
  /** Whether the fault belongs to the entry that the check is at. */
  readonly inEntry: boolean

  constructor(why: string, text: Sentence, options: { unusable?: boolean; inEntry?: boolean } = {}) {
    super(text.en)
    this.why = why
    this.text = text
    this.unusable = options.unusable ?? false
    this.inEntry = options.inEntry ?? false
  }
}

/** How far the check has come. */
type Progress = {
  readonly file: Hash
  line: number
  header: Fields | undefined
  footer: boolean
  seq: number
  head: string
  commitments: Fields
  readonly opened: Set<string>
  reveals: number
  readonly wanted: Map<string, number | undefined>
}

/**
 * Checks one export file. `head` is what a letter or the public page carries: one or several hashes that must
 * occur in the chain. Never throws for what the file holds; a file that cannot be read is `unusable`.
 */
export function verifyLogbookFile(path: string, options: KnownHeads = {}): Promise<LogbookVerdict> {
  return verifyLogbookStream(chunksOf(path), options)
}

/** Opens the file when the first piece is asked for, so that nothing is left open when the check ends before. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
}

/** As {@link verifyLogbookFile}, over the octets of a file in any pieces. */
export async function verifyLogbookStream(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: KnownHeads = {},
): Promise<LogbookVerdict> {
  const progress = begin(options.head)
  try {
    for (const head of progress.wanted.keys()) if (!HEX_64.test(head)) throw faults.headForm(head)
    await eachLine(chunks, (bytes) => takeLine(progress, bytes))
    return finish(progress)
  } catch (error) {
    if (error instanceof Fault) return fail(progress, error)
    const fault = faults.unreadable(error instanceof Error ? error.message : String(error))
    return { verdict: 'unusable', why: fault.why, text: fault.text }
  }
}

function begin(head: string | readonly string[] | undefined): Progress {
  const heads = head === undefined ? [] : typeof head === 'string' ? [head] : head
  return {
    file: createHash('sha256'),
    line: 0,
    header: undefined,
    footer: false,
    seq: 0,
    head: '',
    commitments: {},
    opened: new Set(),
    reveals: 0,
    wanted: new Map(heads.map((text) => [text.replace(/\s/g, '').toLowerCase(), undefined])),
  }
}

/** Hands out each line with its line feed. The last one lacks it when the file does not end in one. */
async function eachLine(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  take: (bytes: Buffer) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, from)) {
      take(data.subarray(from, at + 1))
      from = at + 1
    }
    rest = data.subarray(from)
    if (rest.length > MAX_LINE_BYTES) throw faults.longLine()
  }
  if (rest.length > 0) take(rest)
}

function takeLine(progress: Progress, bytes: Buffer): void {
  progress.line += 1
  if (progress.footer) throw faults.afterFooter()
  if (progress.header === undefined) {
    takeHeader(progress, parseLine(bytes, faults.notALogbook))
  } else {
    const fields = parseLine(bytes, () => badLine(progress, bytes))
    if (fields['line'] === 'entry') takeEntry(progress, fields)
    else if (fields['line'] === 'reveal') takeReveal(progress, fields)
    else if (fields['line'] === 'footer') takeFooter(progress, fields)
    else throw badLine(progress, bytes)
  }
  progress.file.update(bytes)
}

/** A line that cannot be read is taken for the next entry while one is due, unless it says that it is not. */
function badLine(progress: Progress, bytes: Buffer): Fault {
  const due = progress.seq < Number(progress.header?.['entries'])
  const reveals = bytes.includes('"line":"reveal"') && !bytes.includes('"line":"entry"')
  return faults.lineForm(progress.line, due && !reveals)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A line as the object that it stands for, when it is written canonically [1] and ends with a line feed. */
function parseLine(bytes: Buffer, fault: () => Fault): Fields {
  if (bytes.length > MAX_LINE_BYTES) throw faults.longLine()
  try {
    const line = utf8.decode(bytes)
    const fields = parseCanonical(line.slice(0, -1))
    if (line.endsWith('\n') && fields !== undefined) return fields
  } catch {
    // not UTF-8
  }
  throw fault()
}

/** The object that a canonical text [1] stands for; undefined when it is anything else. */
function parseCanonical(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && isCanonical(value) && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether a parsed value may stand in canonical JSON: key forms and order, whole numbers, no lone surrogates. White
 * space, doubled keys and other ways to write the same are found by writing the value again and comparing.
 */
function isCanonical(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (Array.isArray(value)) return value.every(isCanonical)
  if (!isObject(value)) return true
  const keys = Object.keys(value)
  return keys.every((key, i) => KEY.test(key) && (i === 0 || keys[i - 1]! < key) && isCanonical(value[key]))
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the object has these keys and no others. */
function hasOnly(fields: Fields, keys: string): boolean {
  return Object.keys(fields).join(' ') === keys
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

/** [5], [6.1], [6.2] */
function takeHeader(progress: Progress, fields: Fields): void {
  const office = fields['office']
  const good =
    fields['format'] === FORMAT &&
    fields['line'] === 'header' &&
    hasOnly(fields, 'entries exportedAt format head line office') &&
    isCount(fields['entries']) &&
    matches(fields['exportedAt'], INSTANT) &&
    matches(fields['head'], HEX_64) &&
    isObject(office) &&
    hasOnly(office, 'id name') &&
    matches(office['id'], REFERENCE) &&
    typeof office['name'] === 'string'
  if (!good) throw faults.notALogbook()
  progress.header = fields
  const genesis = createHash('sha256').update(`${FORMAT} genesis\n`).update(officeOf(fields).id)
  advance(progress, 0, genesis.digest('hex'))
}

function officeOf(header: Fields): { id: string; name: string } {
  return header['office'] as { id: string; name: string }
}

function advance(progress: Progress, seq: number, head: string): void {
  progress.seq = seq
  progress.head = head
  if (progress.wanted.has(head)) progress.wanted.set(head, seq)
}

/** [3], [6.3] */
function takeEntry(progress: Progress, fields: Fields): void {
  const expected = progress.seq + 1
  const { hash, prev, seq, text } = fields
  const good = hasOnly(fields, 'hash line prev seq text') && typeof text === 'string' && isCount(seq)
  if (!good) throw faults.lineForm(progress.line, true)
  if (seq > expected) throw faults.missing(expected, seq)
  if (seq < expected) throw faults.outOfPlace(expected, seq)
  if (prev !== progress.head) throw faults.link(seq)
  const before = Buffer.from(progress.head, 'hex')
  const computed = createHash('sha256').update(`${FORMAT} entry\n`).update(before).update(text).digest('hex')
  if (hash !== computed) throw faults.changed(seq)
  const facts = parseCanonical(text)
  if (facts === undefined || !isEntry(facts)) throw faults.entryForm(seq)
  if (facts['seq'] !== seq || facts['office'] !== officeOf(progress.header!).id) throw faults.foreign(seq)
  progress.commitments = facts['commitments'] as Fields
  progress.opened.clear()
  advance(progress, seq, computed)
}

/** [2] */
function isEntry(facts: Fields): boolean {
  const { actor, commitments, subject } = facts
  return (
    hasOnly(facts, 'act actor at commitments details format office seq subject') &&
    matches(facts['act'], ACT) &&
    isObject(actor) &&
    hasOnly(actor, 'ref role') &&
    (actor['ref'] === null || matches(actor['ref'], REFERENCE)) &&
    matches(actor['role'], WORD) &&
    matches(facts['at'], INSTANT) &&
    isObject(commitments) &&
    Object.values(commitments).every((value) => matches(value, HEX_64)) &&
    isObject(facts['details']) &&
    facts['format'] === FORMAT &&
    isObject(subject) &&
    hasOnly(subject, 'id kind') &&
    matches(subject['kind'], WORD) &&
    matches(subject['id'], /^[^]+$/)
  )
}

/** [4], [6.4] */
function takeReveal(progress: Progress, fields: Fields): void {
  const { field, salt, seq, value } = fields
  const good =
    hasOnly(fields, 'field line salt seq value') &&
    typeof field === 'string' &&
    typeof value === 'string' &&
    matches(salt, /^[0-9a-f]{32}$/)
  if (!good) throw faults.lineForm(progress.line, false)
  if (seq !== progress.seq || progress.opened.has(field)) throw faults.reveal(progress.seq, field)
  const octets = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from([0]), Buffer.from(value, 'utf8')])
  const commitment = createHash('sha256').update(octets).digest('hex')
  if (progress.commitments[field] !== commitment) throw faults.reveal(progress.seq, field)
  progress.opened.add(field)
  progress.reveals += 1
}

/** [6.5] */
function takeFooter(progress: Progress, fields: Fields): void {
  const header = progress.header!
  if (!hasOnly(fields, 'entries head line sha256')) throw faults.lineForm(progress.line, false)
  for (const end of [header, fields]) {
    if (end['entries'] !== progress.seq || end['head'] !== progress.head) throw faults.count(progress.seq)
  }
  if (fields['sha256'] !== progress.file.copy().digest('hex')) throw faults.checksum()
  progress.footer = true
}

/** [6.5], [6.6] */
function finish(progress: Progress): LogbookVerdict {
  const { header, head, reveals, wanted } = progress
  if (header === undefined) throw faults.notALogbook()
  if (!progress.footer) throw faults.cutOff(progress.seq)
  const knownHeads = [...wanted].map(([known, seq]) => {
    if (seq === undefined) throw faults.headAbsent(known)
    return { head: known, seq }
  })
  const exportedAt = String(header['exportedAt'])
  return {
    verdict: 'ok',
    office: officeOf(header),
    exportedAt,
    entries: progress.seq,
    head,
    reveals,
    knownHeads,
  }
}

function fail(progress: Progress, fault: Fault): LogbookVerdict {
  const { why, text, unusable, inEntry } = fault
  if (unusable) return { verdict: 'unusable', why, text }
  const seq = why === 'reveal' ? progress.seq : inEntry ? progress.seq + 1 : null
  return { verdict: 'bad', entries: progress.seq, seq, line: progress.line, why, text }
}

/** A fault of the entry that should come next. */
function entryFault(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en }, { inEntry: true })
}

/** A fault outside the entries. */
function fileFault(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en })
}

/** Nothing can be said about the file. */
function noUse(why: string, id: string, en: string): Fault {
  return new Fault(why, { id, en }, { unusable: true })
}

/** Every way to fail, in words. */
const faults = {
  unreadable: (message: string) =>
    noUse('unreadable', `Berkas tidak dapat dibaca: ${message}`, `Cannot read the file: ${message}`),
  notALogbook: () =>
    noUse(
      'not-a-logbook',
      `Baris pertama bukan kepala ekspor buku log ${FORMAT}.`,
      `The first line is not the header of a ${FORMAT} logbook export.`,
    ),
  headForm: (head: string) =>
    noUse(
      'head-form',
      `Nilai kepala "${head}" bukan 64 digit heksadesimal.`,
      `The known head "${head}" is not 64 hexadecimal digits.`,
    ),
  longLine: () =>
    fileFault(
      'long-line',
      `Ada baris yang lebih panjang dari ${MAX_LINE_BYTES} oktet.`,
      `A line is longer than ${MAX_LINE_BYTES} octets.`,
    ),
  lineForm: (line: number, ofEntry: boolean) =>
    (ofEntry ? entryFault : fileFault)(
      'line-form',
      `Baris ${line} tidak tertulis menurut format; berkas telah berubah atau rusak.`,
      `Line ${line} is not written as the format says; the file was changed or damaged.`,
    ),
  missing: (expected: number, found: number) =>
    entryFault(
      'missing',
      `Entri ${expected} tidak ada di tempatnya; yang berikutnya di berkas ialah entri ${found}.`,
      `Entry ${expected} is not in its place; the next one in the file is entry ${found}.`,
    ),
  outOfPlace: (expected: number, found: number) =>
    entryFault(
      'out-of-place',
      `Entri ${found} muncul lagi di tempat entri ${expected}: ganda atau tertukar.`,
      `Entry ${found} appears again in the place of entry ${expected}: doubled or swapped.`,
    ),
  link: (seq: number) =>
    entryFault(
      'link',
      `Entri ${seq} tidak menyambung ke entri sebelumnya.`,
      `Entry ${seq} does not follow from the entry before it.`,
    ),
  changed: (seq: number) =>
    entryFault(
      'changed',
      `Isi entri ${seq} tidak cocok dengan nilai hash-nya: isi atau hash telah berubah.`,
      `The content of entry ${seq} does not match its hash: one of them was changed.`,
    ),
  entryForm: (seq: number) =>
    entryFault(
      'entry-form',
      `Teks entri ${seq} tidak menurut format.`,
      `The text of entry ${seq} is not in the format.`,
    ),
  foreign: (seq: number) =>
    entryFault(
      'foreign',
      `Teks entri ${seq} menyebut nomor atau kantor lain.`,
      `The text of entry ${seq} names another number or another office.`,
    ),
  reveal: (seq: number, field: string) =>
    fileFault(
      'reveal',
      `Data terbuka "${field}" tidak cocok dengan komitmen pada entri ${seq}.`,
      `The revealed value of "${field}" does not match the commitment in entry ${seq}.`,
    ),
  count: (seq: number) =>
    fileFault(
      'count',
      `Jumlah entri atau kepala di awal atau akhir berkas tidak sama dengan isinya (${seq} entri).`,
      `The count or the head at the start or end of the file differs from its content (${seq} entries).`,
    ),
  checksum: () =>
    fileFault(
      'checksum',
      'Rantai entri utuh, tetapi bagian lain berkas telah berubah (jumlah periksa tidak cocok).',
      'The chain of entries is intact, but another part of the file was changed (checksum differs).',
    ),
  afterFooter: () =>
    fileFault('after-footer', 'Ada isi sesudah baris penutup.', 'There is content after the footer.'),
  cutOff: (seq: number) =>
    fileFault(
      'cut-off',
      `Berkas terpotong: tidak ada baris penutup sesudah entri ${seq}.`,
      `The file was cut off: there is no footer after entry ${seq}.`,
    ),
  headAbsent: (head: string) =>
    fileFault(
      'head-absent',
      `Hash ${head} tidak ada dalam rantai: entri terakhir dibuang atau rantai ditulis ulang.`,
      `The known head ${head} is not in the chain: the last entries were dropped or the chain rewritten.`,
    ),
} as const

/** What the command line prints about a verdict, Indonesian first. */
export function describeVerdict(verdict: LogbookVerdict): string {
  if (verdict.verdict === 'unusable') return `TIDAK DAPAT DIPERIKSA / UNUSABLE\n${both(verdict.text)}`
  if (verdict.verdict === 'bad') {
    const place =
      verdict.seq === null ? `baris ${verdict.line}` : `entri ${verdict.seq}, baris ${verdict.line}`
    const count = `entri utuh sebelum itu / good entries before: ${verdict.entries}`
    return `RUSAK / BAD (${place})\n${both(verdict.text)}\n${count}`
  }
  const known = verdict.knownHeads.map(
    ({ head, seq }) => `\nhash dikenal / known head: ${head} = entri ${seq}`,
  )
  return [
    `UTUH / OK: ${verdict.office.name} (${verdict.office.id}), ${verdict.exportedAt}`,
    `entri / entries: ${verdict.entries}, data terbuka / revealed values: ${verdict.reveals}`,
    `kepala / head: ${verdict.head}${known.join('')}`,
  ].join('\n')
}

function both(text: Sentence): string {
  return `${text.id}\n${text.en}`
}

/** Exit code for scripts: 0 all is well, 1 something is wrong, 2 the file or the call cannot be used. */
export function verdictExitCode(verdict: LogbookVerdict): 0 | 1 | 2 {
  return ({ ok: 0, bad: 1, unusable: 2 } as const)[verdict.verdict]
}

async function main(args: readonly string[]): Promise<number> {
  const heads: string[] = []
  const files: string[] = []
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--head' && args[i + 1] !== undefined) heads.push(args[(i += 1)]!)
    else files.push(args[i]!)
  }
  if (files.length !== 1 || files[0]!.startsWith('-')) {
    console.error('Pemakaian / usage: node src/cli/logbook-verifier.ts FILE [--head HEX]...')
    return 2
  }
  const verdict = await verifyLogbookFile(files[0]!, { head: heads })
  console.log(describeVerdict(verdict))
  return verdictExitCode(verdict)
}

const invoked = process.argv[1]
if (invoked !== undefined && realpathSync(invoked) === import.meta.filename) {
  process.exitCode = await main(process.argv.slice(2))
}
