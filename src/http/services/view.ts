import * as z from 'zod'
import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { ListedService, ServiceFile, ServiceFilter, ServiceView } from '../../db/services/lists.ts'
import { readServiceFile } from '../../db/services/lists.ts'
import { deskRoles } from '../../domain/access/roles.ts'
import type { Zone } from '../../domain/dates/zones.ts'
import { dateOfDayNumber, dayNumber, localDate } from '../../domain/dates/zones.ts'
import { serviceTexts as text } from '../../domain/text/services.ts'
import type { HttpDeps } from '../deps.ts'

/** Days before the end of a registration from which a service counts as due. */
export const dueDays = 60

/** @returns the day up to which a registration counts as due */
export const dueBy = (now: Date, zone: Zone): string =>
  dateOfDayNumber(dayNumber(localDate(now, zone)) + dueDays)

/** Whether the member sees every service of the office; applicants see those of their agencies. */
export const seesAll = (member: Member): boolean =>
  member.roles.some((role) => deskRoles.includes(role) || role === 'auditor')

/** @returns the filter of a list that holds only what the member may see */
export function filterFor(
  member: Member,
  view: ServiceView,
  search: string | undefined,
  due: string,
): ServiceFilter {
  return {
    view,
    dueBy: due,
    ...(search && { search }),
    ...(!seesAll(member) && { agencyIds: member.agencyIds }),
  }
}

/** @returns what the service is made of */
export function kindText({ hasRecord, hasSite }: Pick<ListedService, 'hasRecord' | 'hasSite'>) {
  if (!hasSite) return text.nameOnly
  return hasRecord ? text.nameAndSite : text.siteOnly
}

/** Where a service stands, in a word, and how it is coloured. */
export function serviceStanding(
  { closedAt, registeredUntil: until }: Pick<ListedService, 'closedAt' | 'registeredUntil'>,
  today: string,
  due: string,
) {
  if (closedAt) return { tone: 'neutral', word: text.closed } as const
  if (until && until < today) return { tone: 'danger', word: text.overdue } as const
  if (until && until <= due) return { tone: 'warning', word: text.dueSoon } as const
  return { tone: 'success', word: text.live } as const
}

/** What became of files for a site, in a word. */
export const deploymentWords = { queued: text.queued, live: text.deployed, refused: text.refused } as const

/** @throws Refused (404) for a service that does not exist or is not the member's to see */
export async function openService(deps: HttpDeps, member: Member, id: string): Promise<ServiceFile> {
  if (!z.uuid().safeParse(id).success) throw notFound()
  const service = await inScope(deps.db, member, (tx) => readServiceFile(tx, id))
  if (!service || !(seesAll(member) || member.agencyIds.includes(service.agencyId))) throw notFound()
  return service
}

/** Whether the member may put files on the site. */
export const mayUpload = (member: Member, service: ServiceFile): boolean =>
  service.status === 'live' &&
  service.hasSite &&
  service.fileAccess !== 'office' &&
  (member.agencyIds.includes(service.agencyId) || member.roles.includes('operator'))

/** Whether the member may ask for new credentials of the site. */
export const mayRotate = (member: Member, service: ServiceFile): boolean =>
  mayUpload(member, service) && service.fileAccess === 'sftp'
