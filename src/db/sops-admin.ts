import { sql } from 'kysely'
import type { ClosedRequest } from '../domain/sop/replay.ts'
import { deedsOf } from '../domain/sop/replay.ts'
import type { SopDocument } from '../domain/sop/document.ts'
import type { ActorMapping } from '../domain/sop/check-names.ts'
import type { Role } from '../domain/access/roles.ts'
import type { Tx } from './database.ts'
import { listEvents } from './requests/events.ts'
import { readActorPeople, readSopVersion } from './sops.ts'

export type SopRow = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly currentVersion: number | null
  readonly retiredAt: Date | null
}

export type SopVersionRow = {
  readonly version: number
  readonly status: 'draft' | 'published'
  readonly createdAt: Date
  readonly publishedAt: Date | null
}

/**
 * SOPs of the office by name, retired ones too, one page of them.
 * @param page.after name and slug of the last SOP of the page before
 */
export function listAllSops(
  tx: Tx,
  page: { readonly limit: number; readonly after?: readonly string[] },
): Promise<readonly SopRow[]> {
  const { limit, after } = page
  return selectSops(tx)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(name, slug) > (${after![0]!}::text, ${after![1]!}::text)`),
    )
    .orderBy('name')
    .orderBy('slug')
    .limit(limit)
    .execute()
}

/** @returns one SOP by its slug, locked for the transaction when asked */
export function readSop(tx: Tx, slug: string, options: { lock?: boolean } = {}): Promise<SopRow | undefined> {
  const query = selectSops(tx).where('slug', '=', slug)
  return (options.lock ? query.forUpdate() : query).executeTakeFirst()
}

/** @returns the slugs of all SOPs of the office, drafts and retired ones too */
export async function knownSlugs(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.selectFrom('sops').select('slug').execute()
  return rows.map(({ slug }) => slug)
}

const selectSops = (tx: Tx) =>
  tx
    .selectFrom('sops')
    .select(['id', 'slug', 'name', 'current_version as currentVersion', 'retired_at as retiredAt'])

/** @returns the versions of an SOP, newest first */
export const listVersions = (tx: Tx, sopId: string): Promise<readonly SopVersionRow[]> =>
  tx
    .selectFrom('sop_versions')
    .select(['version', 'status', 'created_at as createdAt', 'published_at as publishedAt'])
    .where('sop_id', '=', sopId)
    .orderBy('version', 'desc')
    .execute()

export type SopVersionFile = SopVersionRow & { readonly source: string; readonly document: SopDocument }

/** @returns one version with its file */
export const readVersion = (tx: Tx, sopId: string, version: number): Promise<SopVersionFile | undefined> =>
  tx
    .selectFrom('sop_versions')
    .select([
      'version',
      'status',
      'created_at as createdAt',
      'published_at as publishedAt',
      'source',
      'document',
    ])
    .where('sop_id', '=', sopId)
    .where('version', '=', version)
    .executeTakeFirst()

/** A person whom an office may map to an actor. */
export type Mappable = { readonly id: string; readonly name: string; readonly roles: readonly Role[] }

/** @returns the active people of the office who are more than applicants, by name */
export async function listStaff(tx: Tx, officeId: string): Promise<readonly Mappable[]> {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .select(['u.id', 'u.name', 'm.role'])
    .where('m.office_id', '=', officeId)
    .where('m.active', '=', true)
    .where('m.role', 'not in', ['applicant', 'auditor'])
    .orderBy('u.name')
    .execute()
  return [...Map.groupBy(rows, (row) => row.id)].map(([id, of]) => ({
    id,
    name: of[0]!.name,
    roles: of.map((row) => row.role),
  }))
}

/** @returns how many people may act in each column: the mapped ones, else everybody with the preset role */
export async function countActors(
  tx: Tx,
  officeId: string,
  sopId: string | null,
  sop: SopDocument,
): Promise<ActorMapping> {
  const staff = await listStaff(tx, officeId)
  const mapped = sopId === null ? new Map<string, readonly string[]>() : await readActorPeople(tx, sopId)
  const counts = sop.actors
    .filter((actor) => actor.party !== 'applicant')
    .map((actor): [string, number] => {
      const chosen = (mapped.get(actor.id) ?? []).filter((id) => staff.some((person) => person.id === id))
      const preset = staff.filter((person) => actor.role !== undefined && person.roles.includes(actor.role))
      return [actor.id, mapped.get(actor.id)?.length ? chosen.length : preset.length]
    })
  return Object.fromEntries(counts)
}

/** Closed requests that a replay walks, newest first. */
const maxReplayed = 200

/** @returns the newest closed requests of the SOP as what was done in them */
export async function listClosed(tx: Tx, sopId: string): Promise<readonly ClosedRequest[]> {
  const rows = await tx
    .selectFrom('requests')
    .select(['id', 'ticket', 'sop_version'])
    .where('sop_id', '=', sopId)
    .where('phase', '=', 'ended')
    .where('submitted_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(maxReplayed)
    .execute()
  const closed: ClosedRequest[] = []
  for (const row of rows) {
    const sop = await readSopVersion(tx, sopId, row.sop_version)
    closed.push({ ticket: row.ticket, deeds: deedsOf(sop, await listEvents(tx, row.id)) })
  }
  return closed
}
