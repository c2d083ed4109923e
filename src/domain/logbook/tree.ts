import { createHash } from 'node:crypto'

/**
 * The Merkle tree over the entries of one logbook (RFC 6962 section 2.1): leaf i is the canonical text of entry i + 1.
 * Only roots of full subtrees are kept, so that it grows without looking at old entries again.
 */

/** A full subtree: `index` counts the subtrees of its height from the left; level 0 are the leaves. */
export type Place = { readonly level: number; readonly index: number }
export type Node = Place & { readonly hash: Buffer }

/** Leaves from `from`, inclusive, to `to`, exclusive, as one subtree. */
type Range = { readonly from: number; readonly to: number }

/** RFC 6962: 0x00 before a leaf, 0x01 before two nodes, so that neither can be taken for the other. */
export const leafHash = (text: string): Buffer =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest()

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()

const emptyRoot = createHash('sha256').digest()

/** @returns the full subtrees that make up the range, from the left, the largest first */
function placesOf({ from, to }: Range): Place[] {
  const places: Place[] = []
  for (let at = from; at < to;) {
    const level = Math.floor(Math.log2(to - at))
    places.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return places
}

/** @returns the full subtrees that the next leaf joins: those that make up a tree of this size */
export const frontierOf = (size: number): readonly Place[] => placesOf({ from: 0, to: size })

/** Puts leaves behind a tree of the given size. @returns every subtree that became full, the leaves among them */
export function grow(size: number, frontier: readonly Node[], leaves: readonly Buffer[]): readonly Node[] {
  const open = [...frontier]
  const grown: Node[] = []
  leaves.forEach((hash, offset) => {
    let node: Node = { level: 0, index: size + offset, hash }
    grown.push(node)
    while (node.index % 2 === 1) {
      const left = open.pop()!
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left.hash, node.hash) }
      grown.push(node)
    }
    open.push(node)
  })
  return grown
}

/** What a proof or a root is put together from. */
export type Parts = {
  /** the full subtrees whose hashes are needed */
  readonly places: readonly Place[]
  /** @param hashOf gives the hash of each of them */
  readonly join: (hashOf: (place: Place) => Buffer) => readonly Buffer[]
}

const partsOf = (ranges: readonly Range[]): Parts => ({
  places: ranges.flatMap(placesOf),
  join: (hashOf) =>
    ranges.map((range) => {
      const hashes = placesOf(range).map(hashOf)
      return hashes.reduceRight((right, left) => nodeHash(left, right))
    }),
})

/** The root of a tree of this size. */
export const rootParts = (size: number): Parts =>
  size === 0 ? { places: [], join: () => [emptyRoot] } : partsOf([{ from: 0, to: size }])

/** The inclusion proof of leaf `index` in a tree of this size (RFC 6962 section 2.1.1), from the leaf upwards. */
export function inclusionParts(index: number, size: number): Parts {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from)
    if (index < middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  return partsOf(ranges.toReversed())
}

/** The proof that a tree of `size` begins with the tree of `old` (RFC 6962 section 2.1.2). */
export function consistencyParts(old: number, size: number): Parts {
  if (!Number.isSafeInteger(old) || old < 1 || old > size)
    throw new RangeError(`no proof from ${old} to ${size}`)
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to !== old) {
    const middle = from + largestPowerBelow(to - from)
    if (old <= middle) {
      ranges.push({ from: middle, to })
      to = middle
    } else {
      ranges.push({ from, to: middle })
      from = middle
    }
  }
  // the old tree as a whole is known to who asks; only a part of it has to be given
  if (from > 0) ranges.push({ from, to })
  return partsOf(ranges.toReversed())
}

const largestPowerBelow = (count: number): number => 2 ** (Math.ceil(Math.log2(count)) - 1)
