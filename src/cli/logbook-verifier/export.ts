import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Fields } from './canonical.ts'
import { hasOnly, isCount, isObject, matches, parseCanonical } from './canonical.ts'
import type { Sentence } from './faults.ts'
import { Fault, faults, FORMAT, MAX_LINE_BYTES } from './faults.ts'
import type { Growing } from './merkle.ts'
import { addLeaf, leafHash, rootOf } from './merkle.ts'
import type { OpenCheckpoint } from './note.ts'

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
      /** Kept checkpoints with which the entries agree. */
      readonly checkpoints: readonly { readonly origin: string; readonly size: number }[]
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

const CHUNK_BYTES = 262_144
const HEX_64 = /^[0-9a-f]{64}$/
const WORD = /^[a-z][a-z0-9-]*$/
const ACT = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** What somebody outside kept: heads, and checkpoints whose signatures were judged before. */
type Kept = {
  readonly head?: string | readonly string[]
  readonly checkpoints?: readonly OpenCheckpoint[]
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
  readonly checkpoints: readonly OpenCheckpoint[]
  /** Grown only when there is a checkpoint to hold it against. */
  readonly tree: Growing
  readonly wanted: Map<string, number | undefined>
}

/**
 * Checks one export file. `head` is what a letter or the public page carries: one or several hashes that must
 * occur in the chain. Never throws for what the file holds; a file that cannot be read is `unusable`.
 */
export function verifyLogbookFile(path: string, options: Kept = {}): Promise<LogbookVerdict> {
  return verifyLogbookStream(chunksOf(path), options)
}

/** Opens the file when the first piece is asked for, so that nothing is left open when the check ends before. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>
}

/** As {@link verifyLogbookFile}, over the octets of a file in any pieces. */
export async function verifyLogbookStream(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: Kept = {},
): Promise<LogbookVerdict> {
  const progress = begin(options)
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

function begin({ head, checkpoints = [] }: Kept): Progress {
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
    checkpoints,
    tree: { leaves: 0, roots: [] },
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
  if (progress.checkpoints.length > 0) compare(progress, seq, text)
  advance(progress, seq, computed)
}

/** [7], [8] */
function compare({ tree, checkpoints }: Progress, seq: number, text: string): void {
  addLeaf(tree, leafHash(text))
  for (const { size, root } of checkpoints)
    if (size === seq && !rootOf(tree).equals(root)) throw faults.checkpointDiffers(size)
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
  const beyond = progress.checkpoints.find(({ size }) => size > progress.seq)
  if (beyond) throw faults.checkpointBeyond(beyond.size, progress.seq)
  const exportedAt = String(header['exportedAt'])
  return {
    verdict: 'ok',
    office: officeOf(header),
    exportedAt,
    entries: progress.seq,
    head,
    reveals,
    knownHeads,
    checkpoints: progress.checkpoints.map(({ origin, size }) => ({ origin, size })),
  }
}

function fail(progress: Progress, fault: Fault): LogbookVerdict {
  const { why, text, unusable, inEntry } = fault
  if (unusable) return { verdict: 'unusable', why, text }
  const seq = why === 'reveal' ? progress.seq : inEntry ? progress.seq + 1 : null
  return { verdict: 'bad', entries: progress.seq, seq, line: progress.line, why, text }
}
