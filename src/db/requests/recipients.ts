import type { SopActor, SopDocument } from '../../domain/sop/document.ts'
import type { Tx } from '../database.ts'
import { standingsAt } from '../people.ts'
import { readActorPeople } from '../sops.ts'
import type { RequestRow } from './requests.ts'

export type Recipient = { readonly personId: string; readonly email: string; readonly name: string }

/**
 * @returns the persons who may act as this actor on the request: those whom a hand-over of responsibility concerns.
 * Whoever applied is not among them; where that was the only head of division, the head of office is.
 */
export async function peopleOfActor(
  tx: Tx,
  sop: SopDocument,
  row: RequestRow,
  actorId: string,
  at: Date,
): Promise<readonly Recipient[]> {
  const actor = sop.actors.find((each) => each.id === actorId)
  if (!actor) return []
  if (actor.party === 'applicant') return applicantsOf(tx, row)
  const mapped = (await readActorPeople(tx, row.sop_id)).get(actor.id) ?? []
  const people = staff(tx, at)
  const found =
    mapped.length > 0
      ? await people
          .where((eb) =>
            eb.or([
              eb('s.person_id', 'in', mapped),
              eb.and([eb('s.principal_id', 'in', mapped), eb('s.role', '=', actor.role ?? null)]),
            ]),
          )
          .execute()
      : actor.role
        ? await people.where('s.role', '=', actor.role).execute()
        : []
  if (row.at_counter) return found
  const others = found.filter(({ personId }) => personId !== row.applicant_id)
  const isOnly = found.length > 0 && others.length === 0 && actor.role === 'head-of-division'
  return isOnly ? superiorsOf(tx, actor, at) : others
}

/** @returns the applicants of the request's agency */
export async function applicantsOf(
  tx: Tx,
  row: Pick<RequestRow, 'agency_id'>,
): Promise<readonly Recipient[]> {
  return members(tx)
    .where('memberships.active', '=', true)
    .where('memberships.role', '=', 'applicant')
    .where('memberships.agency_id', '=', row.agency_id)
    .execute()
}

/** @returns the people one level above an actor: who is warned beside them when the standard time runs out */
export async function superiorsOf(tx: Tx, actor: SopActor, at: Date): Promise<readonly Recipient[]> {
  const role = actor.role === 'head-of-division' ? 'head-of-office' : 'head-of-division'
  return staff(tx, at).where('s.role', '=', role).execute()
}

/** @returns the ids of those who are heads of division of the office in scope, whether or not their paper counts today */
export async function headsOfDivision(tx: Tx): Promise<readonly string[]> {
  const found = await members(tx)
    .where('memberships.active', '=', true)
    .where('memberships.role', '=', 'head-of-division')
    .execute()
  return found.map(({ personId }) => personId)
}

/** @returns the administrators of the office in scope */
export const administratorsOf = (tx: Tx, at: Date): Promise<readonly Recipient[]> =>
  staff(tx, at).where('s.role', '=', 'administrator').execute()

/** Those whose roles count on the day, substitutes among them. */
function staff(tx: Tx, at: Date) {
  return tx
    .selectFrom(standingsAt(at).as('s'))
    .innerJoin('auth_user', 'auth_user.id', 's.person_id')
    .where('s.holds', '=', true)
    .where('s.role', '!=', 'applicant')
    .select(['s.person_id as personId', 'auth_user.email', 'auth_user.name'])
    .distinct()
}

function members(tx: Tx) {
  return tx
    .selectFrom('memberships')
    .innerJoin('auth_user', 'auth_user.id', 'memberships.person_id')
    .select(['memberships.person_id as personId', 'auth_user.email', 'auth_user.name'])
    .distinct()
}
