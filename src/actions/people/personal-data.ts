import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { HeldRows } from '../../db/personal-data.ts'
import { belongsElsewhere, collectHeld, deleteOfAccount, replaceContacts } from '../../db/personal-data.ts'
import type { LogbookRow } from '../../db/oversight/logbook.ts'
import { listEntries } from '../../db/oversight/logbook.ts'
import { readingActs } from '../../domain/logbook/readings.ts'
import { Refused } from '../../domain/refused.ts'
import { personalDataTexts as say } from '../../domain/text/personal-data.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { requireOther } from './change-roles.ts'

export type HeldOn = {
  readonly person: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly active: boolean
  }
  readonly held: readonly HeldRows[]
  /** Who saw their data, the newest first. */
  readonly readers: readonly Reader[]
}

/** One reading: by whom, in which role, and of what. */
export type Reader = {
  readonly at: Date
  readonly act: string
  readonly person: string | null
  readonly role: string
  readonly subject: { readonly kind: string; readonly id: string }
}

/** Readings that one look tells. */
const maxReaders = 1000

/**
 * Everything that the office holds on a person, for that person or an administrator. That somebody looked is recorded.
 * @throws Refused (404) for a person who is not of the office, and for everybody else who asks
 */
export async function readPersonalData(deps: Deps, member: Member, personId: string): Promise<HeldOn> {
  if (personId !== member.personId && !member.roles.includes('administrator')) throw notFound()
  return act(deps, member, async (tx, write) => {
    const person = await personOf(tx, member.officeId, personId)
    const held = await collectHeld(tx, person)
    const asked = { acts: readingActs, whose: person.email }
    const readers = await listEntries(tx, asked, { limit: maxReaders })
    write.note({ act: 'person.data-read', subject: { kind: 'person', id: personId } })
    return { person, held, readers: readers.map(readerOf) }
  })
}

const readerOf = ({ at, act: name, person, role, subject }: LogbookRow): Reader => ({
  at,
  act: name,
  person,
  role,
  subject,
})

async function personOf(tx: Tx, officeId: string, personId: string): Promise<HeldOn['person']> {
  const rows = await tx
    .selectFrom('memberships as m')
    .innerJoin('auth_user as u', 'u.id', 'm.person_id')
    .select(['u.id', 'u.name', 'u.email', 'm.active'])
    .where('m.office_id', '=', officeId)
    .where('m.person_id', '=', personId)
    .execute()
  const [person] = rows
  if (!person) throw notFound()
  return { ...person, active: rows.some(({ active }) => active) }
}

/** What stands where a contact stood. */
const nobody = { name: say.erasedName, phone: '0000000000', email: 'terhapus@terhapus.invalid' }

/**
 * Erases what the office holds on a person, at their request. The entries of the logbook stay, for they hold commitments
 * only; what stands behind those goes. The account goes too, unless it belongs to another office as well.
 *
 * @param reference the letter that asks for it; goes into the logbook, so it may not name the person
 * @returns in how many rows of which table the person's address still stands: what is kept as archive
 * @throws Refused `person-active`, `still-contact`, `still-running` (409), `names-person`
 */
export async function erasePerson(
  deps: Deps,
  member: Member,
  personId: string,
  reference: string,
): Promise<{ readonly kept: Readonly<Record<string, number>> }> {
  requireRole(member, 'administrator')
  requireOther(member, personId)
  return act(deps, member, async (tx, write) => {
    const person = await personOf(tx, member.officeId, personId)
    await requireErasable(tx, person, reference)
    const openings = await eraseOpenings(tx, person)
    const contacts = await replaceContacts(tx, person.email, nobody)
    await eraseAtDesk(tx, person)
    const account = !(await belongsElsewhere(tx, personId))
    if (account) await eraseAccount(tx, personId)
    const left = await collectHeld(tx, { id: person.email, email: person.email })
    const kept = Object.fromEntries(left.map(({ table, rows }) => [table.replaceAll('_', '-'), rows.length]))
    write.note({
      act: 'person.erased',
      subject: { kind: 'person', id: personId },
      details: { reference, openings, contacts, account, kept },
    })
    return { kept }
  })
}

async function requireErasable(tx: Tx, person: HeldOn['person'], reference: string): Promise<void> {
  const { name, email } = person
  const lower = reference.toLowerCase()
  if ([name, email].some((each) => lower.includes(each.toLowerCase())))
    throw new Refused('names-person', say.namesPerson, {
      issues: [{ field: 'reference', text: say.namesPerson }],
    })
  if (person.active) throw new Refused('person-active', say.personActive, { status: 409 })
  const stands = JSON.stringify(email.toLowerCase())
  const services = await tx
    .selectFrom('services')
    .select('fqdn')
    .where('status', '=', 'live')
    .where(
      sql<boolean>`strpos(lower(administrative_contact::text || technical_contact::text), ${stands}) > 0`,
    )
    .orderBy('fqdn')
    .limit(5)
    .execute()
  if (services.length > 0)
    throw new Refused('still-contact', say.stillContact(services.map((each) => each.fqdn).join(', ')), {
      status: 409,
    })
  const requests = await tx
    .selectFrom('requests')
    .select('ticket')
    .where('phase', '!=', 'ended')
    .where(sql<boolean>`strpos(lower(form::text), ${stands}) > 0`)
    .orderBy('ticket')
    .limit(5)
    .execute()
  if (requests.length > 0)
    throw new Refused('still-running', say.stillRunning(requests.map((each) => each.ticket).join(', ')), {
      status: 409,
    })
}

/** What stands behind commitments in entries about the person, and wherever else it is their name or address. */
async function eraseOpenings(tx: Tx, { id, name, email }: HeldOn['person']): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('logbook_openings as o')
    .where((eb) =>
      eb.or([
        eb(sql`lower(o.value)`, 'in', [name.toLowerCase(), email.toLowerCase()]),
        eb.exists(
          eb
            .selectFrom('logbook_entries as e')
            .select('e.seq')
            .whereRef('e.office_id', '=', 'o.office_id')
            .whereRef('e.seq', '=', 'o.seq')
            .where('e.subject', '=', id),
        ),
      ]),
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

async function eraseAtDesk(tx: Tx, { id, email }: HeldOn['person']): Promise<void> {
  const theirs = sql<boolean>`lower(email) = ${email.toLowerCase()}`
  const none = { name: say.erasedName, email: nobody.email }
  await tx.updateTable('invitations').set(none).where(theirs).execute()
  await tx
    .updateTable('self_registrations')
    .set({ ...none, reason: '-' })
    .where(theirs)
    .execute()
  await tx
    .updateTable('credential_reveals')
    .set({ contact_email: nobody.email })
    .where(sql<boolean>`lower(contact_email) = ${email.toLowerCase()}`)
    .execute()
  await tx
    .updateTable('takeover_warnings')
    .set({ email: `${id.toLowerCase()}@terhapus.invalid`, name: say.erasedName })
    .where(theirs)
    .execute()
  await tx.deleteFrom('api_tokens').where('person_id', '=', id).execute()
}

/** The row of the account stays, for acts of years refer to it; nothing of the person is left in it. */
async function eraseAccount(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('auth_user')
    .set({
      name: say.erasedName,
      email: `${id.toLowerCase()}@terhapus.invalid`,
      image: null,
      twoFactorEnabled: false,
      enrolmentHash: null,
      enrolmentUntil: null,
    })
    .where('id', '=', id)
    .execute()
  await deleteOfAccount(tx, id)
}
