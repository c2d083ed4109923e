import type { Member } from '../../actions/act.ts'
import type { Tx } from '../../db/database.ts'
import type { ListFilter } from '../../db/requests/lists.ts'
import { headsOfDivision } from '../../db/requests/recipients.ts'
import { listSops, readActorPeople } from '../../db/sops.ts'
import { actorsOf } from '../../domain/access/requests.ts'
import { deskRoles } from '../../domain/access/roles.ts'

/** The views of the inbox and of the lists. */
export const views = ['mine', 'open', 'running', 'ended', 'drafts', 'all'] as const
export type View = (typeof views)[number]

/** Whether the member works at the desk or oversees it; everybody else sees the requests of their agencies. */
export function isDesk(member: Member): boolean {
  return member.roles.some((role) => deskRoles.includes(role) || role === 'auditor')
}

/** @returns what a view shows this member, without order and paging */
export async function filterOf(
  tx: Tx,
  member: Member,
  view: View,
): Promise<Pick<ListFilter, 'scope' | 'phases' | 'holder' | 'free'>> {
  const scope = isDesk(member)
    ? ({ kind: 'desk' } as const)
    : ({ kind: 'agencies', agencyIds: member.agencyIds } as const)
  switch (view) {
    case 'mine':
      return { scope, phases: ['running'], holder: member.personId }
    case 'open':
      return { scope, phases: ['running'], free: await ownActors(tx, member) }
    case 'running':
      return { scope, phases: ['running'] }
    case 'ended':
      return { scope, phases: ['ended'] }
    case 'drafts':
      return { scope, phases: ['draft'] }
    case 'all':
      return { scope, phases: ['draft', 'running', 'ended'] }
  }
}

/**
 * As which actors of the office's side a member may act, by SOP; and as which of them only on what somebody in that column
 * applied for, as the head of office does for a head of division.
 */
async function ownActors(tx: Tx, member: Member): Promise<NonNullable<ListFilter['free']>> {
  const nobody = { agency_id: '', at_counter: false, phase: 'running' } as const
  const heads = member.roles.includes('head-of-office') ? await headsOfDivision(tx) : null
  const each = (await listSops(tx)).map(async ({ id: sopId, document }) => {
    const people = await readActorPeople(tx, sopId)
    const actors = actorsOf(document, member, nobody, people)
    const applicants = heads ? [...new Set([...heads, ...[...people.values()].flat()])] : []
    const instead = applicants.map((applicant) => {
      const roles = heads?.includes(applicant) ? (['head-of-division'] as const) : []
      const request = { ...nobody, applicant_id: applicant, applicant_roles: roles }
      const more = actorsOf(document, member, request, people).filter((actor) => !actors.includes(actor))
      return { sopId, actors: more, applicant }
    })
    return [{ sopId, actors }, ...instead.filter((one) => one.actors.length > 0)]
  })
  return (await Promise.all(each)).flat()
}
