import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Growing } from '../../../src/cli/logbook-verifier/merkle.ts'
import {
  addLeaf,
  isContinued,
  isIncluded,
  leafHash as leafOf,
  rootOf,
} from '../../../src/cli/logbook-verifier/merkle.ts'
import type { Node, Parts } from '../../../src/domain/logbook/tree.ts'
import {
  consistencyParts,
  frontierOf,
  grow,
  inclusionParts,
  leafHash,
  rootParts,
} from '../../../src/domain/logbook/tree.ts'

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

/** MTH as RFC 6962 section 2.1 states it, over everything, every time. */
function plainRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.from([1]), plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}

/** What the database keeps. */
class Kept {
  readonly nodes = new Map<string, Buffer>()
  size = 0
  add(leaves: readonly Buffer[]): void {
    const frontier = frontierOf(this.size).map((place): Node => ({ ...place, hash: this.at(place) }))
    for (const { level, index, hash } of grow(this.size, frontier, leaves)) {
      assert.ok(!this.nodes.has(`${level} ${index}`), 'a node is written once')
      this.nodes.set(`${level} ${index}`, hash)
    }
    this.size += leaves.length
  }
  at = ({ level, index }: { level: number; index: number }): Buffer => {
    const hash = this.nodes.get(`${level} ${index}`)
    assert.ok(hash, `node ${level} ${index} is kept`)
    return hash
  }
  join = ({ join }: Parts): readonly Buffer[] => join(this.at)
}

const leafAt = (number: number): Buffer => leafHash(`entry ${number}`)
const leavesTo = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => leafAt(index))
const keptOf = (count: number): Kept => {
  const kept = new Kept()
  kept.add(leavesTo(count))
  return kept
}
const flipped = (hash: Buffer, bit: number): Buffer => {
  const other = Buffer.from(hash)
  other[Math.floor(bit / 8) % other.length]! ^= 1 << (bit % 8)
  return other
}

test('the known roots for the known leaves of RFC 6962 implementations', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const kept = new Kept()
  const growing: Growing = { leaves: 0, roots: [] }
  roots.forEach((root, size) => {
    assert.equal(kept.join(rootParts(size))[0]!.toString('hex'), root)
    assert.equal(rootOf(growing).toString('hex'), root)
    if (size === leaves.length) return
    const octets = Buffer.from(leaves[size]!, 'hex')
    kept.add([sha256(Buffer.from([0]), octets)])
    addLeaf(growing, leafOf(octets))
  })
})

describe('for any sizes', () => {
  test('growing in any batches keeps the root that the whole has, and both sides agree', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 12 }), (batches) => {
        const kept = new Kept()
        const growing: Growing = { leaves: 0, roots: [] }
        for (const count of batches) {
          const leaves = Array.from({ length: count }, (_, offset) => leafAt(kept.size + offset))
          kept.add(leaves)
          for (const leaf of leaves) addLeaf(growing, leaf)
          const root = plainRoot(leavesTo(kept.size))
          assert.deepEqual(kept.join(rootParts(kept.size)), [root])
          assert.deepEqual(rootOf(growing), root)
        }
      }),
      { numRuns: 60 },
    ))

  test('every proof of every two sizes up to 40 is accepted, and for its own index, size and root only', () => {
    const most = 40
    const kept = keptOf(most)
    const roots = Array.from({ length: most + 1 }, (_, size) => kept.join(rootParts(size))[0]!)
    for (let size = 1; size <= most; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const path = kept.join(inclusionParts(index, size))
        const proof = { leaf: leafAt(index), index, size, path, root: roots[size]! }
        assert.ok(isIncluded(proof), `${index} of ${size}`)
        for (let other = 0; other < size; other += 1)
          if (other !== index)
            assert.ok(!isIncluded({ ...proof, index: other }), `${other} for ${index} of ${size}`)
        if (size > 1) assert.ok(!isIncluded({ ...proof, root: roots[size - 1]! }))
        if (index + 1 < size) assert.ok(!isIncluded({ ...proof, leaf: leafAt(index + 1) }))
      }
      for (let from = 1; from <= size; from += 1) {
        const path = kept.join(consistencyParts(from, size))
        const proof = { from, to: size, path, oldRoot: roots[from]!, root: roots[size]! }
        assert.ok(isContinued(proof), `${from} to ${size}`)
        if (from < size) {
          assert.ok(!isContinued({ ...proof, oldRoot: roots[from + 1]! }), `${from} to ${size}, other root`)
          assert.ok(!isContinued({ ...proof, from: from + 1 }), `${from + 1} for ${from} to ${size}`)
          assert.ok(!isContinued({ ...proof, root: roots[size - 1]! }))
        }
      }
    }
  })

  const sizes = fc
    .tuple(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(1_000))
    .map(([size, pick, bit]) => ({
      size,
      pick: pick % size,
      bit,
    }))
  const big = keptOf(600)

  test('a proof with a changed bit, a hash too few, too many or in another order is refused', () =>
    fc.assert(
      fc.property(sizes, ({ size, pick, bit }) => {
        const root = big.join(rootParts(size))[0]!
        const path = big.join(inclusionParts(pick, size))
        const included = { leaf: leafAt(pick), index: pick, size, path, root }
        assert.ok(isIncluded(included))
        const from = pick + 1
        const way = big.join(consistencyParts(from, size))
        const continued = { from, to: size, path: way, oldRoot: big.join(rootParts(from))[0]!, root }
        assert.ok(isContinued(continued))
        for (const [proof, accepts] of [
          [path, (each: readonly Buffer[]) => isIncluded({ ...included, path: each })],
          [way, (each: readonly Buffer[]) => isContinued({ ...continued, path: each })],
        ] as const) {
          assert.ok(!accepts([...proof, root]))
          assert.ok(!accepts([root, ...proof]))
          if (proof.length === 0) continue
          const at = bit % proof.length
          assert.ok(!accepts(proof.with(at, flipped(proof[at]!, bit))))
          assert.ok(!accepts(proof.slice(1)))
          assert.ok(!accepts(proof.slice(0, -1)))
          if (proof.length > 1) assert.ok(!accepts(proof.toReversed()))
        }
        assert.ok(!isIncluded({ ...included, leaf: flipped(included.leaf, bit) }))
      }),
      { numRuns: 300 },
    ))

  test('the proof of another tree is refused', () =>
    fc.assert(
      fc.property(sizes, fc.nat(), ({ size, pick }, changed) => {
        fc.pre(size > 1)
        const at = changed % size
        const forged = new Kept()
        forged.add(leavesTo(size).with(at, leafHash('another entry')))
        const root = forged.join(rootParts(size))[0]!
        const own = { leaf: leafAt(pick), index: pick, size, root }
        assert.equal(isIncluded({ ...own, path: big.join(inclusionParts(pick, size)) }), false)
        const from = pick + 1
        const oldRoot = big.join(rootParts(from))[0]!
        const path = forged.join(consistencyParts(from, size))
        assert.equal(isContinued({ from, to: size, path, oldRoot, root }), at > pick)
      }),
      { numRuns: 100 },
    ))
})

test('sizes and indexes that cannot be are refused', () => {
  for (const [index, size] of [
    [-1, 3],
    [3, 3],
    [0.5, 3],
    [0, 0],
  ] as const) {
    assert.throws(() => inclusionParts(index, size), RangeError)
    assert.ok(!isIncluded({ leaf: leafAt(0), index, size, path: [], root: leafAt(0) }))
  }
  for (const [from, to] of [
    [0, 3],
    [4, 3],
    [1.5, 3],
  ] as const) {
    assert.throws(() => consistencyParts(from, to), RangeError)
    assert.ok(!isContinued({ from, to, path: [], oldRoot: leafAt(0), root: leafAt(0) }))
  }
})
