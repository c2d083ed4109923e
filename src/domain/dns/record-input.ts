import { Refused, type FieldIssue, type Text } from '../refused.ts'
import { dnsRecordText as text } from '../text/dns-records.ts'
import { FormatError } from './format-error.ts'
import { canonicalName, isWithin } from './names.ts'
import { printRdata, type Rrset } from './records.ts'
import type { RecordType } from './record-values.ts'
import { readValue, recordTypes } from './record-values.ts'

/** Records as an applicant types them in a table, turned into record sets in their one spelling. */

/** One row of the table. */
export type RecordInput = {
  /** `situs`, `situs.contohkab.go.id`, `@` for the zone itself */
  readonly name: string
  readonly type: RecordType
  /** seconds */
  readonly ttl: number
  readonly value: string
}

const MIN_TTL_SECONDS = 30
/** Seven days: a mistake shall be over within a week. */
const MAX_RECORD_TTL_SECONDS = 604_800
const MAX_INPUT_CHARACTERS = 1_000
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/

/** Where the rows of a table lie. */
type Place = { readonly zone: string; readonly origin: string }

type Field = 'name' | 'type' | 'ttl' | 'value'
type Row = {
  readonly index: number
  readonly name: string
  readonly input: RecordInput
  readonly value: string
}

/** Only for control flow in this file: what is wrong with one cell. */
class CellFault extends Error {
  readonly field: Field
  readonly text: Text

  constructor(field: Field, sentence: Text) {
    super(sentence.en)
    this.field = field
    this.text = sentence
  }
}

/** The name of a row: a full name under the zone stays, anything else stands in front of the origin. */
function readOwner(input: string, { zone, origin }: Place): string {
  const typed = input.trim().toLowerCase()
  if (typed.length > MAX_INPUT_CHARACTERS) throw new CellFault('name', text.ownerInvalid(typed.slice(0, 40)))
  if (typed === '' || typed === '@') return origin
  const bare = typed.replace(/\.$/, '')
  const isFull = bare === zone || bare.endsWith(`.${zone}`)
  if (typed.endsWith('.') && !isFull) throw new CellFault('name', text.ownerOutside(typed, origin))
  const name = isFull ? bare : `${bare}.${origin}`
  const labels = name.split('.')
  const own = labels[0] === '*' ? labels.slice(1) : labels
  if (!own.every((label) => LABEL.test(label))) throw new CellFault('name', text.ownerInvalid(input.trim()))
  try {
    return canonicalName(name)
  } catch (error) {
    if (error instanceof FormatError)
      throw new CellFault('name', text.ownerInvalid(input.trim().slice(0, 40)))
    throw error
  }
}

function readTtl(ttl: number): void {
  if (Number.isInteger(ttl) && ttl >= MIN_TTL_SECONDS && ttl <= MAX_RECORD_TTL_SECONDS) return
  throw new CellFault('ttl', text.ttlOutOfRange(MIN_TTL_SECONDS, MAX_RECORD_TTL_SECONDS))
}

/** What a type may not do at a name, whatever its value is. */
function checkPlace(name: string, type: RecordType, zone: string): void {
  if (type === 'CNAME' && name === zone) throw new CellFault('type', text.cnameAtZone(zone))
  if (type === 'NS' && name === zone) throw new CellFault('type', text.nsAtZone(zone))
  if (type === 'NS' && name.startsWith('*.')) throw new CellFault('type', text.nsAtWildcard)
  if (type === 'SRV' && !/^_[^.]+\._[^.]+\./.test(name)) throw new CellFault('name', text.srvName)
}

function readRow(input: RecordInput, index: number, place: Place): Row {
  const { zone, origin } = place
  const name = readOwner(input.name, place)
  if (!isWithin(name, origin)) throw new CellFault('name', text.ownerOutside(name, origin))
  if (!recordTypes.includes(input.type))
    throw new CellFault('type', text.typeNotOffered(recordTypes.join(', ')))
  readTtl(input.ttl)
  checkPlace(name, input.type, zone)
  const value = readValue(input.type, input.value)
  if ('fault' in value) throw new CellFault('value', value.fault)
  const printed = printRdata(value.data)
  if (input.type === 'CNAME' && printed === `${name}.`) throw new CellFault('value', text.cnameToItself)
  return { index, name, input, value: printed }
}

const issueOf = (index: number, field: Field, sentence: Text): FieldIssue => ({
  field: `records.${index}.${field}`,
  text: sentence,
})

/** A name that takes no mail; it stands alone (RFC 7505 section 3). */
const nullMx = '0 .'

/** What rows may not do together. */
function* clashes(rows: readonly Row[]): Generator<FieldIssue> {
  const first = new Map<string, Row>()
  const seen = new Set<string>()
  const typesAt = new Map<string, Set<RecordType>>()
  for (const row of rows) {
    const { index, name, input, value } = row
    const key = `${name} ${input.type}`
    const types = typesAt.get(name) ?? new Set()
    typesAt.set(name, types.add(input.type))
    const same = first.get(key)
    if (seen.has(`${key} ${value}`)) yield issueOf(index, 'value', text.twice)
    else if (same && same.input.ttl !== input.ttl) yield issueOf(index, 'ttl', text.oneTtl(name, input.type))
    else if (same && input.type === 'MX' && [same.value, value].includes(nullMx))
      yield issueOf(index, 'value', text.nullMxAlone(name))
    else if (same && input.type === 'CNAME') yield issueOf(index, 'value', text.oneCname(name))
    else if (types.size > 1 && (types.has('CNAME') || types.has('NS')))
      yield issueOf(index, 'type', types.has('CNAME') ? text.cnameAlone(name) : text.nsAlone(name))
    seen.add(`${key} ${value}`)
    if (!same) first.set(key, row)
  }
}

/**
 * Reads a table of records, every fault of every row at once.
 * @param zone canonical name of the zone
 * @param origin canonical name that every row lies at or below, and that short names stand in front of
 * @returns the record sets, each in its one spelling
 * @throws Refused `dns-records-invalid` with one issue per fault, on `records.N.name` and the like
 */
export function parseRecords(inputs: readonly RecordInput[], zone: string, origin = zone): Rrset[] {
  const issues: FieldIssue[] = []
  const rows: Row[] = []
  inputs.forEach((input, index) => {
    try {
      rows.push(readRow(input, index, { zone, origin }))
    } catch (error) {
      if (!(error instanceof CellFault)) throw error
      issues.push(issueOf(index, error.field, error.text))
    }
  })
  issues.push(...clashes(rows))
  if (issues.length > 0)
    throw new Refused('dns-records-invalid', text.tableInvalid(issues.length), { issues })
  const sets = Map.groupBy(rows, ({ name, input }) => `${name} ${input.type}`)
  return [...sets.values()].map((set) => {
    const { name, input } = set[0]!
    return { name, type: input.type, ttl: input.ttl, values: set.map(({ value }) => value).sort() }
  })
}
