import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/** Another organisation that cosigns, with the largest checkpoint that it saw. */
export type WitnessRow = {
  readonly id: string
  readonly organisation: string
  readonly vkey: string
  readonly since: Date
  readonly endedAt: Date | null
  readonly last: { readonly size: number; readonly at: Date } | null
}

/** @returns every witness of the office, those in use first */
export async function listWitnesses(tx: Tx): Promise<readonly WitnessRow[]> {
  const rows = await tx
    .selectFrom('logbook_witnesses as w')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('logbook_cosignatures as c')
          .select(['c.size', 'c.at'])
          .whereRef('c.witness_id', '=', 'w.id')
          .orderBy('c.size', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select(['w.id', 'w.organisation', 'w.vkey', 'w.since', 'w.ended_at as endedAt', 'last.size', 'last.at'])
    .orderBy(sql`w.ended_at is not null`)
    .orderBy('w.organisation')
    .execute()
  return rows.map(({ size, at, ...row }) => ({
    ...row,
    last: size === null || at === null ? null : { size, at },
  }))
}

/** One cosignature as it is published. */
export type Cosignature = { readonly organisation: string; readonly line: string; readonly at: Date }

/** @returns the cosignatures under the checkpoint of this size */
export async function listCosignatures(tx: Tx, size: number): Promise<readonly Cosignature[]> {
  return tx
    .selectFrom('logbook_cosignatures as c')
    .innerJoin('logbook_witnesses as w', 'w.id', 'c.witness_id')
    .select(['w.organisation', 'c.line', 'c.at'])
    .where('c.size', '=', size)
    .orderBy('w.since')
    .orderBy('w.id')
    .execute()
}
