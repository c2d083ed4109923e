import type { FieldIssue, Text } from '../refused.ts'
import { Refused } from '../refused.ts'
import { recordTexts as texts } from '../text/records.ts'
import { isWithin } from './names.ts'
import type { RecordInput } from './record-input.ts'
import { parseRecords } from './record-input.ts'
import type { RecordType } from './record-values.ts'
import { recordTypes } from './record-values.ts'
import type { Rdata, Rrset } from './records.ts'
import { parseRdata } from './records.ts'

/**
 * The table of records that an agency keeps at the name of its service and below: one row is one record, and the
 * rows together are all that shall be there.
 */

/** A row as it was entered; an empty name stands for the service's own. */
export type EnteredRow = {
  readonly name?: string
  readonly type?: string
  readonly value?: string
  readonly ttl?: string | number
}

/** What a table may speak of: names at or below `fqdn`, but none at or below a name that somebody else holds. */
export type OwnNames = {
  readonly fqdn: string
  readonly zone: string
  readonly others: readonly string[]
}

/** Rows of one table. */
export const maxRecordRows = 60
/** Characters that the values of one table have together: its plan stays within one update message. */
const maxTableText = 12_000
/** Seconds, where a row does not say: short, so that a correction is soon seen. */
export const defaultTtlSeconds = 300

/** Ends of names that belong to somebody's own domain: such a name is meant to be complete. */
const foreignEnding = /\.(id|com|net|org|gov|edu|info|io|example)$/

type Row = RecordInput & { readonly index: number }
type Problem = { readonly field: 'name' | 'type' | 'value'; readonly text: Text }

/**
 * Reads a whole table; every problem is named at its row, as `records.2.value`.
 * @returns the record sets in their one spelling, or what is wrong
 */
export function readRecordTable(
  entered: readonly EnteredRow[],
  own: OwnNames,
): { readonly sets: readonly Rrset[]; readonly issues: readonly FieldIssue[] } {
  const whole =
    entered.length === 0 ? texts.none : entered.length > maxRecordRows && texts.tooMany(maxRecordRows)
  if (whole) return { sets: [], issues: [{ field: 'records', text: whole }] }
  const inputs = entered.map((row) => inputOf(row, own))
  try {
    const sets = parseRecords(inputs, own.zone, own.fqdn)
    const issues = ownIssues(inputs, own)
    const length = sets.flatMap(({ values }) => values).join('').length
    if (length > maxTableText) issues.push({ field: 'records', text: texts.tooLong })
    return { sets, issues }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { sets: [], issues: error.issues }
  }
}

function inputOf(row: EnteredRow, { fqdn, zone }: OwnNames): RecordInput {
  const { name = '', type = '', value = '', ttl = '' } = row
  const seconds = typeof ttl === 'number' || /^\d{1,9}$/.test(ttl) ? Number(ttl) : Number.NaN
  const typed = name.trim().toLowerCase()
  // A complete name of somebody else's domain must not end up in front of the service's name.
  const isForeign = foreignEnding.test(typed) && !isWithin(typed, fqdn) && !isWithin(typed, zone)
  return {
    name: isForeign ? `${typed}.` : name,
    type: type.trim().toUpperCase() as RecordType,
    value,
    ttl: ttl === '' ? defaultTtlSeconds : seconds,
  }
}

/** The rules of this table, for rows that are right by themselves. */
function ownIssues(inputs: readonly RecordInput[], own: OwnNames): FieldIssue[] {
  const rows = inputs.map((input, index): Row => {
    const [set] = parseRecords([input], own.zone, own.fqdn)
    return { ...input, name: set!.name, value: set!.values[0]!, index }
  })
  return rows.flatMap((row) => {
    const problem =
      nameProblem(row.name, own) ??
      addressProblem(row) ??
      delegationProblem(row, rows, own) ??
      targetProblem(row, rows)
    return problem ? [{ field: `records.${row.index}.${problem.field}`, text: problem.text }] : []
  })
}

function nameProblem(name: string, { others }: OwnNames): Problem | undefined {
  if (name.split('.').includes('_acme-challenge')) return { field: 'name', text: texts.nameChallenge }
  const other = others.find((each) => isWithin(name, each))
  return other === undefined ? undefined : { field: 'name', text: texts.nameForeign(name, other) }
}

/** Addresses that lead nowhere or back to the asker: this network, loopback, link-local, multicast and above. */
function addressProblem({ type, value }: Row): Problem | undefined {
  const [first = 0, second = 0] = value.split('.').map(Number)
  const isUseless =
    type === 'A'
      ? first === 0 || first === 127 || first >= 224 || (first === 169 && second === 254)
      : type === 'AAAA' && /^(::1?$|ff|fe[89ab])/.test(value)
  return isUseless ? { field: 'value', text: texts.addressUseless(value) } : undefined
}

/** Below a delegation only the addresses of its servers are of use (RFC 1034 section 4.2.1). */
function delegationProblem(row: Row, rows: readonly Row[], { others }: OwnNames): Problem | undefined {
  if (row.type === 'NS') {
    const other = others.find((each) => isWithin(each, row.name))
    if (other !== undefined) return { field: 'name', text: texts.delegationOverOther(row.name, other) }
  }
  const cut = rows.find(
    (each) => each.type === 'NS' && each.name !== row.name && isWithin(row.name, each.name),
  )
  if (!cut || row.type === 'A' || row.type === 'AAAA') return undefined
  return { field: 'name', text: texts.belowDelegation(row.name, cut.name) }
}

/** A mail or name server within the table needs its address there: servers refuse it otherwise. */
function targetProblem(row: Row, rows: readonly Row[]): Problem | undefined {
  const target = targetOf(parseRdata(row.type, row.value))
  const there = rows.filter((each) => each.name === target)
  const hasAddress = there.some((each) => each.type === 'A' || each.type === 'AAAA')
  if (target === undefined || there.length === 0 || hasAddress) return undefined
  return { field: 'value', text: texts.targetWithoutAddress(target) }
}

/** The host that a record of these types leads to; it may not be an alias (RFC 2181 section 10.3). */
function targetOf(data: Rdata): string | undefined {
  if (data.type === 'MX') return data.exchange
  return data.type === 'NS' || data.type === 'SRV' ? data.target : undefined
}

/** Record sets as rows, the service's own name first. */
export function recordRowsOf(sets: readonly Rrset[]): RecordInput[] {
  return [...sets]
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .flatMap(({ name, type, ttl, values }) => {
      const offered = recordTypes.find((each) => each === type)
      return offered ? values.map((value) => ({ name, type: offered, value, ttl })) : []
    })
}
