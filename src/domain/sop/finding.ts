import type { Text } from '../refused.ts'

/** One thing that is wrong, or looks wrong, in an SOP file. Lines and columns count from 1. */
export type Finding = {
  readonly severity: 'error' | 'warning'
  /** Stable kebab-case code that scripts may rely on. */
  readonly code: string
  /** Field path as in `marks`, e.g. `steps.3.actor`; empty when the file as a whole is meant. */
  readonly path: string
  readonly line: number | null
  readonly col: number | null
  readonly text: Text
}

export type Position = { readonly line: number; readonly col: number }

/** Where each value of a file stands, by its index path joined with dots (`steps.0.actor`). */
export type Positions = ReadonlyMap<string, Position>

/** A path by key and by index counted from 0, as the schema library gives it. */
export type IndexPath = readonly PropertyKey[]

/** A finding before its place in the file is looked up. */
export type RawFinding = {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly path: IndexPath
  readonly text: Text
}

/** @returns a finding that keeps a document from being published. */
export const error = (code: string, path: IndexPath, text: Text): RawFinding => ({
  severity: 'error',
  code,
  path,
  text,
})

/** @returns a finding that a person should look at; the document can be published all the same. */
export const warning = (code: string, path: IndexPath, text: Text): RawFinding => ({
  severity: 'warning',
  code,
  path,
  text,
})

/** @returns the indexes at which an earlier item of the list is repeated. */
export function repeats(items: readonly (string | number)[]): readonly number[] {
  return items.flatMap((item, index) => (items.indexOf(item) < index ? [index] : []))
}

/** @returns the position of the value, or of the nearest thing around it that the file does contain. */
export function positionAt(positions: Positions, path: IndexPath): Position | null {
  for (let length = path.length; length >= 0; length--) {
    const found = positions.get(path.slice(0, length).map(String).join('.'))
    if (found) return found
  }
  return null
}

/**
 * Says an index path as people count: steps by their own number, other lists by position from 1.
 *
 * @param root the document, or whatever was read in its place
 */
export function fieldPath(root: unknown, path: IndexPath): string {
  let value: unknown = root
  const words: string[] = []
  for (const [depth, key] of path.entries()) {
    const child = childOf(value, key)
    words.push(
      typeof key === 'number' ? itemName(child, key, depth === 1 && path[0] === 'steps') : String(key),
    )
    value = child
  }
  return words.join('.')
}

function itemName(item: unknown, index: number, isStep: boolean): string {
  const no = isStep ? childOf(item, 'no') : undefined
  return typeof no === 'number' || typeof no === 'string' ? String(no) : String(index + 1)
}

/** @returns the own property of a value that came from outside; undefined where there is none. */
export function childOf(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Reflect.get(value, key)
}
