import { actorsOf, maySee } from '../../domain/access/requests.ts'
import type { Doer } from '../../domain/requests/decide.ts'
import { ownPartOf } from '../../domain/requests/separation.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import type { Tx } from '../../db/database.ts'
import type { OpenCase } from '../../db/requests/open-case.ts'
import { openCase } from '../../db/requests/open-case.ts'
import { readSopVersion } from '../../db/sops.ts'
import type { Actor, Member } from '../act.ts'
import { notFound } from '../act.ts'

/** A locked request with what decides about it, and the SOP version it runs on. */
export type LoadedRequest = OpenCase & { readonly sop: SopDocument }

/**
 * Locks a request by its ticket for a member who may see it.
 * @throws Refused `not-found`, the same for unknown and foreign
 */
export async function loadRequest(tx: Tx, member: Member, ticket: string): Promise<LoadedRequest> {
  const found = await openCase(tx, { ticket })
  if (!found || !maySee(member, found.row, found.people)) throw notFound()
  return withSop(tx, found)
}

/** Locks a request by its id for the system. */
export async function loadRequestById(tx: Tx, id: string): Promise<LoadedRequest> {
  const found = await openCase(tx, { id })
  if (!found) throw notFound()
  return withSop(tx, found)
}

async function withSop(tx: Tx, found: OpenCase): Promise<LoadedRequest> {
  return { ...found, sop: await readSopVersion(tx, found.row.sop_id, found.row.sop_version) }
}

/** @returns the doer that decide() asks for: the person with the SOP actors they are, or the system. */
export function doerOf(actor: Actor, { row, sop, people, timeline }: LoadedRequest): Doer {
  if (actor.kind === 'system') return { kind: 'system' }
  const { personId: id } = actor
  const part = ownPartOf(row, timeline, id)
  return { kind: 'person', id, actors: actorsOf(sop, actor, row, people), part }
}
