import type { Text } from '../refused.ts'
import { zoneFileText as text } from '../text/zone-file.ts'

/** The entries of a zone file as words: comments gone, parentheses joined (RFC 1035 section 5.1). */

export type LogicalLine = {
  /** where it begins, counted from 1 */
  readonly number: number
  /** as written, quotes and escapes included */
  readonly words: string[]
  /** it begins with blanks: the owner is that of the line before */
  readonly hasBlankOwner: boolean
}

/** What makes a line, or all that follows it, unreadable. */
export class LineFault extends Error {
  readonly line: number
  readonly text: Text

  constructor(line: number, sentence: Text) {
    super(sentence.en)
    this.line = line
    this.text = sentence
  }
}

/** Lines that one pair of parentheses may span. */
const MAX_LINES_IN_PARENTHESES = 10_000
/** Characters of one physical line: the longest record is far shorter in any form. */
const MAX_LINE_CHARACTERS = 400_000
/** One word, a quoted string, a comment or a parenthesis; blanks between them are passed over. */
const TOKEN = /"(?:[^"\\]|\\[^])*"|[()]|;.*|(?:[^\s()";\\]|\\[^])+|\\|"/gy

type Open = { number: number; words: string[]; hasBlankOwner: boolean }

/** Adds the words of one physical line. @returns the depth of parentheses after it */
function addWords(line: string, number: number, words: string[], startDepth: number): number {
  let depth = startDepth
  let at = 0
  for (;;) {
    while (at < line.length && isBlank(line.charCodeAt(at))) at += 1
    if (at >= line.length) return depth
    TOKEN.lastIndex = at
    const token = TOKEN.exec(line)?.[0]
    if (token === undefined) throw new LineFault(number, text.unreadable)
    const isGlued = at > 0 && token.startsWith('"') && /[^\s()"]/.test(line[at - 1]!)
    at = TOKEN.lastIndex
    if (token === '(') depth += 1
    else if (token === ')') depth -= 1
    else if (token.startsWith(';')) return depth
    else if (token === '"') throw new LineFault(number, text.quoteOpen)
    else if (token === '\\') throw new LineFault(number, text.unreadable)
    // BIND takes `issue "x"` and `a="x"` alike: a quote inside a word goes on with the word
    else if (isGlued) words[words.length - 1] += token
    else words.push(token)
    if (depth < 0) throw new LineFault(number, text.parenthesisClosed)
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0b || code === 0x0c
}

/** A line without anything special is by far the most common. */
const PLAIN = /^[^"();\\]*$/

/** @throws LineFault for a parenthesis or a quote that does not end */
export function* logicalLines(content: string): Generator<LogicalLine> {
  let open: Open | undefined
  let depth = 0
  let number = 0
  for (let start = content.startsWith('\ufeff') ? 1 : 0; start < content.length;) {
    const newline = content.indexOf('\n', start)
    const end = newline < 0 ? content.length : newline
    number += 1
    if (end - start > MAX_LINE_CHARACTERS) throw new LineFault(number, text.lineTooLong)
    const line = content.slice(start, end)
    start = end + 1
    if (open === undefined) open = { number, words: [], hasBlankOwner: isBlank(line.charCodeAt(0)) }
    if (PLAIN.test(line)) {
      for (const word of line.split(/\s+/)) if (word !== '') open.words.push(word)
    } else depth = addWords(line, number, open.words, depth)
    if (depth === 0) {
      if (open.words.length > 0) yield open
      open = undefined
    } else if (number - open.number > MAX_LINES_IN_PARENTHESES) break
  }
  if (depth > 0 && open) throw new LineFault(open.number, text.parenthesisOpen)
}
