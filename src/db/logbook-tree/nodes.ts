import { sql } from 'kysely'
import type { Node, Parts, Place } from '../../domain/logbook/tree.ts'
import {
  consistencyParts,
  frontierOf,
  grow,
  inclusionParts,
  leafHash,
  rootParts,
} from '../../domain/logbook/tree.ts'
import type { Tx } from '../database.ts'

/** Entries that one transaction takes into the tree. */
const batchSize = 1000

/**
 * Takes entries that are not in the tree yet into it; steps that write entries meanwhile do not wait for it.
 * @returns how many leaves the tree has now, and whether there may be more entries
 */
export async function growTree(tx: Tx, officeId: string): Promise<{ size: number; isWhole: boolean }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`logbook tree ${officeId}`}, 0))`.execute(tx)
  const size = await treeSize(tx)
  const entries = await tx
    .selectFrom('logbook_entries')
    .select('text')
    .where('seq', '>', size)
    .orderBy('seq')
    .limit(batchSize)
    .execute()
  if (entries.length > 0) {
    const frontier = await readNodes(tx, frontierOf(size))
    const leaves = entries.map(({ text }) => leafHash(text))
    await insertNodes(tx, officeId, grow(size, frontier, leaves))
  }
  return { size: size + entries.length, isWhole: entries.length < batchSize }
}

/** @returns how many leaves the tree has */
export async function treeSize(tx: Tx): Promise<number> {
  const last = await tx
    .selectFrom('logbook_nodes')
    .select('index')
    .where('level', '=', 0)
    .orderBy('index', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? last.index + 1 : 0
}

async function insertNodes(tx: Tx, officeId: string, nodes: readonly Node[]): Promise<void> {
  await sql`
    insert into logbook_nodes (office_id, level, index, hash)
    select ${officeId}, level, index, hash
    from unnest(${nodes.map((node) => node.level)}::smallint[], ${nodes.map((node) => node.index)}::bigint[],
                ${nodes.map((node) => node.hash)}::bytea[]) as node (level, index, hash)`.execute(tx)
}

async function readNodes(tx: Tx, places: readonly Place[]): Promise<readonly Node[]> {
  if (places.length === 0) return []
  const { rows } = await sql<Node>`
    select n.level, n.index, n.hash
    from unnest(${places.map((place) => place.level)}::smallint[], ${places.map((place) => place.index)}::bigint[])
      with ordinality as place (level, index, nth)
    join logbook_nodes n on n.level = place.level and n.index = place.index
    order by place.nth`.execute(tx)
  if (rows.length !== places.length) throw new Error('the tree of the logbook lacks a node')
  return rows
}

async function joined(tx: Tx, { places, join }: Parts): Promise<readonly Buffer[]> {
  const nodes = await readNodes(tx, places)
  const hashes = new Map(nodes.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  return join(({ level, index }) => hashes.get(`${level} ${index}`)!)
}

/** @returns the root of the tree as it was with so many leaves */
export const rootAt = async (tx: Tx, size: number): Promise<Buffer> => (await joined(tx, rootParts(size)))[0]!

/** @returns the proof that an entry stands in the tree of the given size, from the leaf upwards */
export const inclusionProof = (tx: Tx, seq: number, size: number): Promise<readonly Buffer[]> =>
  joined(tx, inclusionParts(seq - 1, size))

/** @returns the proof that the tree of one size begins with the tree of another */
export const consistencyProof = (tx: Tx, from: number, to: number): Promise<readonly Buffer[]> =>
  joined(tx, consistencyParts(from, to))
