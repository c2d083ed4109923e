import type { ActorPeople } from '../../domain/access/requests.ts'
import { actorsOf, maySee } from '../../domain/access/requests.ts'
import type { Doer } from '../../domain/requests/decide.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import type { Tx } from '../../db/database.ts'
import type { RequestRow } from '../../db/requests/requests.ts'
import { lockRequest, lockRequestById } from '../../db/requests/requests.ts'
import { readActorPeople, readSopVersion } from '../../db/sops.ts'
import type { Actor, Member } from '../act.ts'
import { notFound } from '../act.ts'

/** A locked request with the SOP version it runs on and the people of its actors. */
export type LoadedRequest = {
  readonly row: RequestRow
  readonly sop: SopDocument
  readonly people: ActorPeople
}

/**
 * Locks a request by its ticket for a member who may see it.
 * @throws Refused `not-found`, the same for unknown and foreign
 */
export async function loadRequest(tx: Tx, member: Member, ticket: string): Promise<LoadedRequest> {
  const row = await lockRequest(tx, ticket)
  if (!row) throw notFound()
  const loaded = await withSop(tx, row)
  if (!maySee(member, row, loaded.people)) throw notFound()
  return loaded
}

/** Locks a request by its id for the system. */
export async function loadRequestById(tx: Tx, id: string): Promise<LoadedRequest> {
  const row = await lockRequestById(tx, id)
  if (!row) throw notFound()
  return withSop(tx, row)
}

async function withSop(tx: Tx, row: RequestRow): Promise<LoadedRequest> {
  const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
  return { row, sop, people: await readActorPeople(tx, row.sop_id) }
}

/** @returns the doer that decide() asks for: the person with the SOP actors they are, or the system. */
export function doerOf(actor: Actor, { row, sop, people }: LoadedRequest): Doer {
  if (actor.kind === 'system') return { kind: 'system' }
  return { kind: 'person', id: actor.personId, actors: actorsOf(sop, actor, row, people) }
}
