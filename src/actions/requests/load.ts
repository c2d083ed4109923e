import type { Behalf } from '../../domain/access/appointments.ts'
import { behalfOn, maySee, personDoer } from '../../domain/access/requests.ts'
import type { Doer } from '../../domain/requests/turn.ts'
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
  return personDoer(sop, actor, row, people, ownPartOf(row, timeline, actor))
}

/** On whose behalf the actor does the current step, as the logbook and the timeline keep it; nothing for their own. */
export function behalfOf(actor: Actor, { row, sop, people }: LoadedRequest): { readonly behalf?: Behalf } {
  const step = sop.steps.find((each) => each.no === row.state.at)
  const column = sop.actors.find((each) => each.id === step?.actor)
  if (actor.kind === 'system' || !column) return {}
  const behalf = behalfOn(column, actor, people)
  return behalf ? { behalf } : {}
}
