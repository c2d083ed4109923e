import type { Text } from '../refused.ts'
import type { SopDocument, SopMark } from './document.ts'
import { sopDocument } from './document.ts'
import type { IndexPath } from './finding.ts'
import { childOf } from './finding.ts'
import { keysAt } from './shape.ts'

/** What is known about a field beside its value: inferred, blank, damaged or cut off in the source. */
export type Mark = { readonly field: string; readonly kind: SopMark['kind']; readonly note: Text }

/**
 * The mark to show beside a field. A mark on a step or a section counts for all that lies within it.
 *
 * @param field as in `marks`: `identity.number`, `steps.3.actor`, `identity.warnings.2`
 * @returns the mark of the field, else of the nearest thing around it, else null
 */
export function markOf(sop: SopDocument, field: string): Mark | null {
  const parts = field.split('.')
  for (let length = parts.length; length > 0; length--) {
    const around = parts.slice(0, length).join('.')
    const mark = sop.marks.find((each) => each.field === around)
    if (mark) return { field: mark.field, kind: mark.kind, note: noteOf(mark) }
  }
  return null
}

const noteOf = ({ note }: SopMark): Text => (typeof note === 'string' ? { id: note, en: note } : note)

/** @returns the index path of a field path, or null when the document has no such field. */
export function indexPathOf(sop: SopDocument, field: string): IndexPath | null {
  const path: (string | number)[] = []
  let value: unknown = sop
  for (const part of field.split('.')) {
    const key = keyOf(value, part, path)
    if (key === null) return null
    path.push(key)
    value = childOf(value, key)
  }
  return path
}

/** A field that may be there and is not can be marked too: its absence may be what is inferred. */
function keyOf(value: unknown, part: string, path: IndexPath): string | number | null {
  if (!Array.isArray(value)) return keysAt(sopDocument, path).includes(part) ? part : null
  const isSteps = path.length === 1 && path[0] === 'steps'
  const index = isSteps
    ? value.findIndex((step) => String(childOf(step, 'no')) === part)
    : /^[1-9]\d{0,3}$/.test(part)
      ? Number(part) - 1
      : -1
  return index >= 0 && index < value.length ? index : null
}
