import type { Deps, Member, Note } from '../actions/act.ts'
import { isNoted, noteOnce } from '../actions/oversight/note-once.ts'
import { contactsRead } from '../actions/oversight/note-reading.ts'
import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { CaseFile } from '../db/requests/case-file.ts'
import type { TakeoverCase } from '../db/requests/takeovers.ts'
import type { ServiceFile } from '../db/services/lists.ts'

/** What the agency's own people, and whoever wrote the application down at the counter, know anyway. */
const isTheirs = (
  member: Member,
  row: Pick<CaseFile['row'], 'agency_id' | 'created_by' | 'phase'>,
): boolean =>
  row.phase === 'draft' || row.created_by === member.personId || member.agencyIds.includes(row.agency_id)

/** @returns the entry without which this member does not see how the contacts of the request are reached */
function requestContactsNote(
  member: Member,
  row: CaseFile['row'],
  takeover: TakeoverCase | undefined,
): Note | undefined {
  if (isTheirs(member, row)) return undefined
  const former = (takeover?.warned ?? []).map(({ email }, index) => [`former-${index + 1}`, email] as const)
  const now = (['administrative', 'technical'] as const).map((who) => [who, row.form[who]?.email] as const)
  return contactsRead({ kind: 'request', id: row.ticket }, known([...now, ...former]))
}

/** Addresses that there are: a draft, or a registry that was taken over, may lack them. */
const known = (
  addresses: readonly (readonly [string, string | undefined])[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(addresses.flatMap(([who, email]) => (email ? [[who, email]] : [])))

/** The same for a service. */
function serviceContactsNote(member: Member, service: ServiceFile): Note | undefined {
  if (member.agencyIds.includes(service.agencyId)) return undefined
  const { administrative, technical } = service
  const contacts = known([
    ['administrative', administrative.email],
    ['technical', technical.email],
  ])
  return contactsRead({ kind: 'service', id: service.fqdn }, contacts)
}

/** Whether the reader sees how the contacts are reached; what is noted first where they do not. */
export type ShownContacts = { readonly open: boolean; readonly note: Note | undefined }

/**
 * The contacts of a request are shown to whoever knows them anyway, and for an hour to whom the logbook says that they asked
 * for these very ones.
 */
export function shownContacts(
  member: Member,
  { row, readings }: CaseFile,
  takeover: TakeoverCase | undefined,
): ShownContacts {
  const note = requestContactsNote(member, row, takeover)
  const wanted = Object.values(note?.personal ?? {})
  const isOpen = !note || readings.some((seen) => wanted.every((each) => seen.includes(each)))
  return { open: isOpen, note }
}

export const shownServiceContacts = (
  deps: Pick<Deps, 'now'> & { readonly db: Db },
  member: Member,
  service: ServiceFile,
): Promise<ShownContacts> =>
  inScope(deps.db, member, async (tx) => {
    const note = serviceContactsNote(member, service)
    return { open: !note || (await isNoted(tx, deps, member, note)), note }
  })

/** Notes that somebody sees how the contacts are reached, before they do. */
export async function readContacts(deps: Deps, member: Member, { note }: ShownContacts): Promise<void> {
  if (note) await noteOnce(deps, member, note)
}
