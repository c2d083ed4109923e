import { createHash } from 'node:crypto'

/** The Merkle tree of RFC 9162 section 2.1 (the same as in RFC 6962), checked and not built. [7] */

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** The hash of the leaf that an entry is. */
export const leafHash = (text: string | Uint8Array): Buffer => sha256(LEAF, text)

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right)

/** The roots of the full subtrees of a tree that grows leaf by leaf, the largest first. */
export type Growing = { leaves: number; readonly roots: Buffer[] }

/** Puts one leaf behind the others. */
export function addLeaf(tree: Growing, leaf: Buffer): void {
  let hash = leaf
  for (let rest = tree.leaves; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(tree.roots.pop()!, hash)
  tree.roots.push(hash)
  tree.leaves += 1
}

/** @returns the root of the tree as it is now */
export const rootOf = ({ roots }: Growing): Buffer =>
  roots.length === 0 ? sha256() : roots.reduceRight((right, left) => nodeHash(left, right))

type Inclusion = {
  readonly leaf: Buffer
  readonly index: number
  readonly size: number
  readonly path: readonly Buffer[]
  readonly root: Buffer
}

/** Whether the path leads from the leaf at its index to the root (RFC 9162 section 2.1.3.2). */
export function isIncluded({ leaf, index, size, path, root }: Inclusion): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const next of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(next, hash)
      while (at % 2 === 0 && at !== 0) [at, last] = up(at, last)
    } else {
      hash = nodeHash(hash, next)
    }
    ;[at, last] = up(at, last)
  }
  return last === 0 && hash.equals(root)
}

type Consistency = {
  readonly from: number
  readonly to: number
  readonly path: readonly Buffer[]
  readonly oldRoot: Buffer
  readonly root: Buffer
}

/** Whether the tree of `to` leaves begins with the tree of `from` leaves (RFC 9162 section 2.1.4.2). */
export function isContinued({ from, to, path, oldRoot, root }: Consistency): boolean {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) return false
  if (from === to) return path.length === 0 && oldRoot.equals(root)
  let [at, last] = [from - 1, to - 1]
  while (at % 2 === 1) [at, last] = up(at, last)
  const [first, ...rest] = at === 0 ? [oldRoot, ...path] : path
  if (!first) return false
  let [before, after] = [first, first]
  for (const next of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(next, before)
      after = nodeHash(next, after)
      while (at % 2 === 0 && at !== 0) [at, last] = up(at, last)
    } else {
      after = nodeHash(after, next)
    }
    ;[at, last] = up(at, last)
  }
  return last === 0 && before.equals(oldRoot) && after.equals(root)
}

const up = (at: number, last: number): [number, number] => [Math.floor(at / 2), Math.floor(last / 2)]
