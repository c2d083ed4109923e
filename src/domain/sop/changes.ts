import { isDeepStrictEqual } from 'node:util'
import type { Text } from '../refused.ts'
import { changeTexts } from '../text/sop-compare.ts'

/** One difference between two versions of an SOP, in words. */
export type SopChange = {
  /** Field path in the newer version; in the older one for what was removed. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly text: Text
}

/** An item of a list with what identifies it, what a person calls it, and all it says. */
export type ListItem = { readonly key: string; readonly label: string; readonly whole: unknown }

/** @returns the change of a single value, if it changed. */
export function compareValues(
  path: string,
  part: Text,
  before: Text | string | null,
  after: Text | string | null,
): readonly SopChange[] {
  if (isDeepStrictEqual(before, after)) return []
  return [{ path, kind: 'changed', text: changeTexts.changed(part, before, after) }]
}

/** @returns what was added, removed and changed in a list, and whether only its order is new. */
export function compareLists(
  path: string,
  part: Text,
  before: readonly ListItem[],
  after: readonly ListItem[],
): readonly SopChange[] {
  const old = new Map(before.map((item) => [item.key, item]))
  const now = new Map(after.map((item) => [item.key, item]))
  const removed = before.flatMap((item, index): SopChange[] =>
    now.has(item.key)
      ? []
      : [{ path: `${path}.${index + 1}`, kind: 'removed', text: changeTexts.removed(part, item.label) }],
  )
  const altered = after.flatMap((item, index): SopChange[] => {
    const at = `${path}.${index + 1}`
    const was = old.get(item.key)
    if (!was) return [{ path: at, kind: 'added', text: changeTexts.added(part, item.label) }]
    return isDeepStrictEqual(was.whole, item.whole)
      ? []
      : [{ path: at, kind: 'changed', text: changeTexts.changedItem(part, item.label) }]
  })
  const changes = [...removed, ...altered]
  const isReordered = changes.length === 0 && before.some((item, index) => item.key !== after[index]?.key)
  return isReordered ? [{ path, kind: 'changed', text: changeTexts.reordered(part) }] : changes
}

/** @returns list items that are plain lines of text. */
export const lineItems = (lines: readonly string[]): readonly ListItem[] =>
  lines.map((line) => ({ key: line, label: line, whole: line }))
