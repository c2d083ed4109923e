import type { SopActor, SopDocument } from '../sop/document.ts'
import type { Doer } from '../requests/turn.ts'
import type { OwnPart } from '../requests/separation.ts'
import { appointmentTexts } from '../text/appointments.ts'
import type { Acting, Behalf, Lapsed } from './appointments.ts'
import type { Role } from './roles.ts'
import { deskRoles } from './roles.ts'

/** The part of a member that decides what they may see and do with requests. */
export type RequestMember = {
  readonly personId: string
  readonly roles: readonly Role[]
  readonly agencyIds: readonly string[]
  readonly acting?: readonly Acting[]
  readonly lapsed?: readonly Lapsed[]
}

/** The part of a request that decides who may see it. */
export type RequestOwner = {
  readonly agency_id: string
  readonly at_counter: boolean
  readonly phase: 'draft' | 'running' | 'ended'
  readonly applicant_id?: string | null
  /** What the applicant is in the office beside. */
  readonly applicant_roles?: readonly Role[]
}

/**
 * @returns whether the member may read the request: the desk and the auditor all, applicants their agency's.
 * A draft is the agency's own until it is sent; one that is written at the counter is the operators'.
 */
export function maySee(member: RequestMember, request: RequestOwner, people: ActorPeople): boolean {
  if (request.phase === 'draft') {
    const atDesk = request.at_counter && member.roles.includes('operator')
    return atDesk || member.agencyIds.includes(request.agency_id)
  }
  if (member.roles.some((role) => deskRoles.includes(role) || role === 'auditor')) return true
  if (member.agencyIds.includes(request.agency_id)) return true
  return [...people.values()].some((persons) => persons.includes(member.personId))
}

/** The persons that the office mapped to each actor of one SOP. */
export type ActorPeople = ReadonlyMap<string, readonly string[]>

/**
 * @returns the ids of the SOP's actors as whom the member may act on this request. Applicant columns are the
 * people of the applying agency, and the operators for a letter that was entered at the counter; any other
 * column is the persons mapped to it, or everybody with its role preset where nobody is mapped. Where a head of
 * division applied, the head of office may act in that column.
 */
export function actorsOf(
  sop: SopDocument,
  member: RequestMember,
  request: RequestOwner,
  people: ActorPeople,
): readonly string[] {
  return sop.actors.filter((actor) => isActor(actor, member, request, people)).map((actor) => actor.id)
}

function isActor(
  actor: SopActor,
  member: RequestMember,
  request: RequestOwner,
  people: ActorPeople,
): boolean {
  if (actor.party === 'applicant') {
    const entersForAgency = request.at_counter && member.roles.includes('operator')
    return member.agencyIds.includes(request.agency_id) || entersForAgency
  }
  if (isIn(actor, member, people)) return true
  const { applicant_id: personId, applicant_roles: roles = [] } = request
  const decidesForApplicant = actor.role === 'head-of-division' && member.roles.includes('head-of-office')
  return decidesForApplicant && !!personId && isIn(actor, { personId, roles }, people)
}

function isIn(
  actor: SopActor,
  { personId, roles, acting = [] }: Pick<RequestMember, 'personId' | 'roles' | 'acting'>,
  people: ActorPeople,
): boolean {
  const mapped = people.get(actor.id)
  if (!mapped || mapped.length === 0) return actor.role !== undefined && roles.includes(actor.role)
  if (mapped.includes(personId)) return roles.some((role) => role !== 'applicant')
  return acting.some(
    ({ role, principal }) => role === actor.role && principal && mapped.includes(principal.id),
  )
}

/** @returns on whose behalf a member acts in a column; nothing where they are in it themselves */
export function behalfOn(
  actor: SopActor,
  member: Pick<RequestMember, 'personId' | 'acting'> & { readonly ownRoles?: readonly Role[] },
  people: ActorPeople,
): Behalf | undefined {
  const mapped = people.get(actor.id) ?? []
  const isOwn = mapped.length > 0 ? mapped.includes(member.personId) : member.ownRoles?.includes(actor.role!)
  if (isOwn) return undefined
  const found = member.acting?.find(
    ({ role, principal }) =>
      role === actor.role && (mapped.length === 0 || (principal !== null && mapped.includes(principal.id))),
  )
  return found && { form: found.form, role: found.role, person: found.principal?.id ?? null }
}

/** Who holds the current step, and what they are today. */
type HeldRequest = RequestOwner & {
  readonly step: number | null
  readonly holder: string | null
  readonly holder_roles: readonly Role[]
}

/**
 * @returns the member as decide() asks for them: in which columns they stand, in which they would with a role whose
 * appointment is over, and whether a step that somebody else holds is theirs to take: as that person's substitute, or
 * because that person is not in the column any more
 */
export function personDoer(
  sop: SopDocument,
  member: RequestMember,
  request: HeldRequest,
  people: ActorPeople,
  part: OwnPart,
): Doer {
  const { personId: id, lapsed = [], acting = [] } = member
  const actors = actorsOf(sop, member, request, people)
  const over = lapsed.flatMap(({ role, endedOn }) =>
    actorsOf(sop, { ...member, roles: [role] }, request, people).map((actor) => ({
      actor,
      text: appointmentTexts.over(role, endedOn),
    })),
  )
  const { holder, holder_roles: roles } = request
  const step = sop.steps.find((each) => each.no === request.step)
  const column = sop.actors.find((each) => each.id === step?.actor)
  const isGone =
    holder !== null && column?.party === 'office' && !isIn(column, { personId: holder, roles }, people)
  const substitutes = acting.some(({ role, principal }) => role === column?.role && principal?.id === holder)
  return { kind: 'person', id, actors, part, over, mayRelieve: isGone || substitutes }
}
