import { Refused } from '../refused.ts'
import type { Text } from '../refused.ts'
import { registerText } from '../text/registers.ts'
import { dayNumber } from '../dates/zones.ts'
import type { LocalDate } from '../dates/zones.ts'

/** Longest pattern, in characters. */
const MAX_LENGTH = 100

const TOKENS = ['seq', 'year', 'month', 'romanMonth', 'class'] as const
type Token = (typeof TOKENS)[number]

/** With a width the value is filled with zeros on the left; a longer value is never cut. */
type Part = { readonly token: Token; readonly width: number } | { readonly literal: string }

/** A number pattern that was checked, ready to format numbers. */
export type NumberPattern = { readonly source: string; readonly parts: readonly Part[] }

const KNOWN = '{seq}, {seq:3}, {year}, {month}, {month:2}, {romanMonth}, {class}'

/**
 * Reads an office's pattern of letter numbers, e.g. `B-{seq:3}/DISKOMINFO/000.8.3.3/{month:2}/{year}` or
 * `555/{seq}/DISKOMINFO-2/{romanMonth}/{year}`. It must hold `{seq}` once and `{year}`, for the sequence of a
 * register starts again with 1 every year, and with `{class}` in every archive class.
 *
 * @throws Refused `number-pattern` with an issue for each thing that is wrong
 */
export function parsePattern(source: string): NumberPattern {
  const issues: Text[] = []
  if (source === '' || source.length > MAX_LENGTH) issues.push(registerText.length(MAX_LENGTH))
  const parts = issues.length === 0 ? [...readParts(source, issues)] : []
  if (issues.length === 0) {
    const count = (token: Token) => parts.filter((part) => 'token' in part && part.token === token).length
    if (count('seq') !== 1) issues.push(registerText.sequence)
    if (count('year') === 0) issues.push(registerText.year)
  }
  if (issues.length > 0) {
    const fields = issues.map((text) => ({ field: 'pattern', text }))
    throw new Refused('number-pattern', registerText.refused, { issues: fields })
  }
  return { source, parts }
}

/**
 * @returns what is wrong with a pattern in which class and sequence run together: `000.8` with 31 and `000.83` with 1
 * would be one number. Kept apart from parsePattern, so that a pattern of before goes on until it is changed.
 */
export function runsTogether({ parts }: NumberPattern): Text | undefined {
  const at = (token: Token) => parts.findIndex((part) => 'token' in part && part.token === token)
  const first = Math.min(at('seq'), at('class'))
  const between = parts.slice(first + 1, Math.max(at('seq'), at('class')))
  if (first < 0 || between.some((part) => 'literal' in part && /[^A-Za-z0-9]/.test(part.literal)))
    return undefined
  return registerText.together
}

/** One token, one brace without counterpart, or one character. */
const PIECE = /\{([^{}]*)\}|([{}])|([A-Za-z0-9 ./_()-]+)|([^])/gu

function* readParts(source: string, issues: Text[]): Generator<Part> {
  for (const match of source.matchAll(PIECE)) {
    const [piece, token, brace, literal] = match
    if (literal !== undefined) yield { literal }
    else if (token !== undefined) yield* readToken(token, issues)
    else if (brace !== undefined) issues.push(registerText.brace(match.index + 1))
    else issues.push(registerText.character(piece, match.index + 1))
  }
}

function* readToken(text: string, issues: Text[]): Generator<Part> {
  const [name, width] = text.split(':', 2)
  const token = TOKENS.find((token) => token === name)
  const widened = width !== undefined
  if (
    token === undefined ||
    (widened && token !== 'seq' && token !== 'month') ||
    text.split(':').length > 2
  ) {
    issues.push(registerText.token(text, KNOWN))
  } else if (widened && !/^[1-9]$/.test(width)) {
    issues.push(registerText.width(text))
  } else {
    yield { token, width: Number(width ?? 0) }
  }
}

/** What fills a pattern. `class` is the archive class of the register, e.g. `000.8.3.3`. */
export type NumberFacts = { readonly seq: number; readonly date: LocalDate; readonly class?: string }

/** The number of a letter of that day. @throws RangeError when seq is not from 1 or the day does not exist */
export function formatNumber(pattern: NumberPattern, facts: NumberFacts): string {
  if (!Number.isSafeInteger(facts.seq) || facts.seq < 1)
    throw new RangeError(`no such sequence: ${facts.seq}`)
  dayNumber(facts.date)
  return pattern.parts.map((part) => ('literal' in part ? part.literal : filled(part, facts))).join('')
}

function filled({ token, width }: { token: Token; width: number }, facts: NumberFacts): string {
  const month = Number(facts.date.slice(5, 7))
  const values: Readonly<Record<Token, string>> = {
    seq: String(facts.seq),
    year: facts.date.slice(0, 4),
    month: String(month),
    romanMonth: romanMonth(month),
    class: facts.class ?? '',
  }
  return values[token].padStart(width, '0')
}

/**
 * The archive class by which numbers of the pattern are counted, beside the year. Where the number does not say the
 * class all count together: otherwise two letters would get one number.
 */
export function countedClass({ parts }: NumberPattern, archiveClass: string): string {
  return parts.some((part) => 'token' in part && part.token === 'class') ? archiveClass : ''
}

const ROMAN_MONTHS = 'I II III IV V VI VII VIII IX X XI XII'.split(' ')

/** `VIII` for 8. @throws RangeError outside 1 to 12 */
export function romanMonth(month: number): string {
  const roman = ROMAN_MONTHS[month - 1]
  if (roman === undefined) throw new RangeError(`no such month: ${month}`)
  return roman
}
