import { listAppointments } from '../../db/appointments.ts'
import type { Appointment } from '../../db/appointments.ts'
import { openInvitations } from '../../db/invitations.ts'
import type { Invitation } from '../../db/invitations.ts'
import { listPeople, listTokens, pendingRegistrations } from '../../db/people.ts'
import type { ListedToken, OfficePerson, Registration } from '../../db/people.ts'
import type { OpenSession } from '../../db/sessions.ts'
import { deviceOf } from '../../domain/access/device.ts'
import { roleTexts } from '../../domain/access/roles.ts'
import { localDate } from '../../domain/dates/zones.ts'
import type { Text } from '../../domain/refused.ts'
import { clockOf, dayColumn, momentColumn, textColumn, utcClock } from '../../domain/sheets/columns.ts'
import { sessionTexts } from '../../domain/text/sessions.ts'
import { appointmentPageTexts, basisTexts } from '../../domain/text/appointments.ts'
import { peoplePageTexts as text } from '../../domain/text/people.ts'
import { tokenPageTexts } from '../../domain/text/tokens.ts'
import { sheetTexts as own } from '../../domain/text/sheets.ts'
import { stateOf } from '../appointments.ts'
import { listOwnSessions } from '../auth/own-sessions.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import type { Sheet, SheetReader } from './sheet.ts'
import { sheetOf } from './sheet.ts'

/** Where a list goes on that is ordered by a time and then by id. */
const placeAfter = <Row extends { readonly id: string }>(last: Row | undefined, at: (row: Row) => Date) =>
  last && { after: { at: at(last), id: last.id } }

/** Who belongs to the office. */
export function peopleSheet({ say, member }: SheetReader): Sheet {
  return sheetOf<OfficePerson>({
    name: 'pengguna',
    title: say(text.people),
    personal: true,
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.email), (row) => row.email),
      textColumn(say(text.role), (row) => row.roles.map((role) => say(roleTexts[role])).join(', ')),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(text.state), (row) => say(row.active ? text.active : text.inactive)),
      textColumn(say(own.secondFactor), (row) => say(row.hasSecondFactor ? own.yes : own.no)),
    ],
    read: (tx, { limit, last }) =>
      listPeople(tx, member.officeId, { limit, ...(last && { after: [last.name, last.id] }) }),
  })
}

/** Who is invited and has not come yet. */
export function invitationSheet({ say, member, office }: SheetReader): Sheet {
  return sheetOf<Invitation>({
    name: 'undangan',
    title: say(text.invitations),
    personal: true,
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.email), (row) => row.email),
      textColumn(say(text.role), (row) => say(roleTexts[row.role])),
      textColumn(say(text.agency), (row) => row.agency),
      momentColumn(say(text.until), clockOf(office.timezone), (row) => row.expiresAt),
    ],
    read: (tx, { limit, last }) =>
      openInvitations(tx, member.officeId, { limit, ...placeAfter(last, (row) => row.createdAt) }),
  })
}

/** Who asked for an account and waits. */
export function registrationSheet({ say, member, office }: SheetReader): Sheet {
  return sheetOf<Registration>({
    name: 'pendaftaran',
    title: say(text.registrations),
    personal: true,
    columns: [
      textColumn(say(text.name), (row) => row.name),
      textColumn(say(text.email), (row) => row.email),
      textColumn(say(text.post), (row) => row.post),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(text.reason), (row) => row.reason),
      momentColumn(say(text.askedAt), clockOf(office.timezone), (row) => row.createdAt),
    ],
    read: (tx, { limit, last }) =>
      pendingRegistrations(tx, member.officeId, { limit, ...placeAfter(last, (row) => row.createdAt) }),
  })
}

/** The tokens of the API: one's own, for an administrator all. */
export function tokenSheet({ say, member, office }: SheetReader): Sheet {
  const owner = member.roles.includes('administrator') ? undefined : member.personId
  const clock = clockOf(office.timezone)
  return sheetOf<ListedToken>({
    name: 'token-api',
    title: say(text.tokens),
    personal: true,
    columns: [
      textColumn(say(text.tokenName), (row) => row.name),
      textColumn(say(text.owner), (row) => row.owner),
      textColumn(say(tokenPageTexts.limits), ({ scopes, names, recordTypes, networks }) => {
        const lists = [scopes, names, recordTypes, networks].flatMap((list) =>
          list ? [list.join(', ')] : [],
        )
        return lists.length === 0 ? say(tokenPageTexts.unlimited) : lists.join('\n')
      }),
      momentColumn(say(text.until), clock, (row) => row.expiresAt),
      momentColumn(say(text.lastUsed), clock, (row) => row.lastUsedAt),
    ],
    read: (tx, { limit, last }) =>
      listTokens(tx, member.officeId, owner, { limit, ...placeAfter(last, (row) => row.createdAt) }),
  })
}

/** By which paper everybody is what they are. */
export function appointmentSheet({ say, member, office, deps }: SheetReader): Sheet {
  const about = appointmentPageTexts
  const today = localDate(deps.now(), office.timezone)
  return sheetOf<Appointment>({
    name: 'penugasan',
    title: say(about.title),
    personal: true,
    columns: [
      textColumn(say(about.person), (row) => row.person),
      textColumn(say(about.role), (row) => say(roleTexts[row.role])),
      textColumn(say(text.agency), (row) => row.agency),
      textColumn(say(about.acting), (row) => row.acting),
      textColumn(say(about.principalId), (row) => row.principal),
      textColumn(say(about.basis), (row) => say(basisTexts[row.basis])),
      textColumn(say(about.number), (row) => row.number),
      dayColumn(say(about.dated), (row) => row.dated),
      dayColumn(say(about.fromDay), (row) => row.fromDay),
      dayColumn(say(about.untilDay), (row) => row.untilDay),
      textColumn(say(about.state), (row) => say(about[stateOf(row, today)])),
    ],
    read: (tx, { limit, last }) =>
      listAppointments(tx, member.officeId, { limit, ...placeAfter(last, (row) => row.createdAt) }),
  })
}

/** The device of a session in words, as far as it tells itself. */
export function deviceWords(say: (text: Text) => string, { device }: OpenSession): string {
  const { browser, system } = deviceOf(device)
  if (browser && system) return say(sessionTexts.on(browser, system))
  return browser ?? system ?? say(sessionTexts.unknown)
}

/** Where somebody is signed in: their own, so nothing is noted. An account has no one office: times are in UTC. */
export function sessionSheet(say: (text: Text) => string, deps: HttpDeps, person: Person): Sheet {
  const about = sessionTexts
  return sheetOf<OpenSession>({
    name: 'sesi-saya',
    title: say(about.title),
    columns: [
      textColumn(say(about.device), (row) => deviceWords(say, row)),
      textColumn(say(about.address), (row) => row.address || say(about.unknown)),
      momentColumn(say(about.since), utcClock, (row) => row.since),
      momentColumn(say(about.used), utcClock, (row) => row.usedAt),
    ],
    read: (tx, { limit, last }) =>
      listOwnSessions({ ...deps, db: tx }, person, { limit, ...placeAfter(last, (row) => row.since) }),
  })
}
