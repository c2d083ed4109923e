import type * as z from 'zod'
import type { Text } from '../refused.ts'
import { shapeTexts } from '../text/sop-file.ts'
import { sopDocument } from './document.ts'
import type { IndexPath } from './finding.ts'
import { nearest } from './nearest.ts'
import { keysAt } from './shape.ts'

/** Fields that may be written in more than one way, with the sentence that names the ways. */
const alternatives: Readonly<Record<string, Text>> = {
  standardTime: shapeTexts.standardTime,
  madeOn: shapeTexts.date,
  revisedOn: shapeTexts.date,
  effectiveOn: shapeTexts.date,
  ratifiedOn: shapeTexts.date,
  date: shapeTexts.date,
  next: shapeTexts.target,
  to: shapeTexts.target,
  note: shapeTexts.note,
}

/** @returns code and sentence for one way in which a file does not have the shape of an SOP document. */
export function shapeText(
  issue: z.core.$ZodIssue,
  path: IndexPath,
  value: unknown,
): { readonly code: string; readonly text: Text } {
  const name = lastName(path)
  if (value === undefined && issue.code !== 'custom')
    return { code: 'missing', text: shapeTexts.missing(name) }
  switch (issue.code) {
    case 'unrecognized_keys':
      return { code: 'unknown-field', text: unknownField(path, name) }
    case 'invalid_type':
      return { code: 'wrong-type', text: wrongType(name, issue.expected, value) }
    case 'invalid_value':
      return { code: 'unknown-value', text: unknownValue(name, issue.values.map(String), value) }
    case 'invalid_union':
      return { code: 'wrong-type', text: alternatives[name] ?? shapeTexts.other(name) }
    case 'too_big':
      return { code: 'too-big', text: shapeTexts.tooBig(name, issue.origin, Number(issue.maximum)) }
    case 'too_small':
      return { code: 'too-small', text: shapeTexts.tooSmall(name, issue.origin, Number(issue.minimum)) }
    case 'invalid_format':
      return { code: 'wrong-format', text: wrongFormat(name, issue, value) }
    case 'custom':
      return { code: 'bad-duration', text: shapeTexts.duration[issue.message] ?? shapeTexts.other(name) }
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'wrong-type', text: shapeTexts.other(name) }
  }
}

const lastName = (path: IndexPath): string => path.findLast((key) => typeof key === 'string') ?? 'file'

function unknownField(path: IndexPath, name: string): Text {
  const known = keysAt(sopDocument, path.slice(0, -1))
  return shapeTexts.unknownField(name, nearest(name, known), known)
}

function wrongType(name: string, expected: string, value: unknown): Text {
  const choice = alternatives[name]
  if (choice) return choice
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return shapeTexts.needsQuotes(name, String(value))
  if (expected === 'boolean') return shapeTexts.needsTrueFalse(name)
  if (expected === 'array') return shapeTexts.needsList(name)
  if (expected === 'object') return shapeTexts.needsFields(name)
  if (expected === 'int' || expected === 'number') return shapeTexts.needsNumber(name)
  return shapeTexts.needsText(name)
}

function unknownValue(name: string, values: readonly string[], value: unknown): Text {
  const given = typeof value === 'string' ? value : ''
  return shapeTexts.unknownValue(name, given, nearest(given, values), values)
}

function wrongFormat(name: string, issue: { readonly format: string }, value: unknown): Text {
  if (issue.format === 'date') return shapeTexts.date
  if (name === 'field') return shapeTexts.markPath
  return shapeTexts.slug(name, typeof value === 'string' ? value : '')
}
