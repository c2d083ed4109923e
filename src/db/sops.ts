import { sql } from 'kysely'
import type { SopDocument } from '../domain/sop/document.ts'
import type { Tx } from './database.ts'

/** Published versions never change, so their documents are kept in memory; this many at the most. */
const cachedVersions = 200
const cache = new Map<string, SopDocument>()

/** @returns the document of one published version of an SOP */
export async function readSopVersion(tx: Tx, sopId: string, version: number): Promise<SopDocument> {
  const key = `${sopId}/${version}`
  const known = cache.get(key)
  if (known) return known
  const row = await tx
    .selectFrom('sop_versions')
    .select(['document', 'status'])
    .where('sop_id', '=', sopId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (row.status === 'published') {
    if (cache.size >= cachedVersions) cache.delete(cache.keys().next().value!)
    cache.set(key, row.document)
  }
  return row.document
}

export type OfferedSop = {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly document: SopDocument
}

/**
 * @returns the SOPs in force in this office, each with its current version, the one published last first: it is the
 * one that serves a request kind which several of them serve
 */
export async function listSops(tx: Tx): Promise<readonly OfferedSop[]> {
  const rows = await tx
    .selectFrom('sops')
    .innerJoin('sop_versions', (join) =>
      join
        .onRef('sop_versions.sop_id', '=', 'sops.id')
        .onRef('sop_versions.version', '=', 'sops.current_version'),
    )
    .select(['sops.id', 'sops.slug', 'sop_versions.version'])
    .where('sops.retired_at', 'is', null)
    .orderBy('sop_versions.published_at', 'desc')
    .orderBy('sops.created_at')
    .execute()
  return Promise.all(
    rows.map(async (row) => ({ ...row, document: await readSopVersion(tx, row.id, row.version) })),
  )
}

/** The persons of each actor as JSON: a column of a statement that reads what runs on the SOP. */
export const actorPeopleJson = (sop: string) => sql<Readonly<Record<string, readonly string[]>>>`(
  select coalesce(json_object_agg(actor, persons), '{}') from (
    select actor, json_agg(person_id) as persons from sop_actors
    where sop_actors.sop_id = ${sql.ref(sop)} group by actor) as mapped)`

/** @returns the persons mapped to each actor of the SOP; an actor without rows falls to its role preset */
export async function readActorPeople(
  tx: Tx,
  sopId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx
    .selectFrom('sop_actors')
    .select(['actor', 'person_id'])
    .where('sop_id', '=', sopId)
    .execute()
  const people = new Map<string, string[]>()
  for (const row of rows) people.set(row.actor, [...(people.get(row.actor) ?? []), row.person_id])
  return people
}
