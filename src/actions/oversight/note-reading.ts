import { sql } from 'kysely'
import { inScope, type Tx } from '../../db/database.ts'
import type { Deps, Member, Note } from '../act.ts'
import { noteOnce } from './note-once.ts'

/**
 * Notes that somebody opens a file with personal data, before its bytes leave: who, which, whose and when. Who may open it was
 * asked before. Whoever opens what they handed in themselves is not noted.
 */
export async function noteReading(deps: Deps, member: Member, documentId: string): Promise<void> {
  const file = await inScope(deps.db, member, (tx) => findFile(tx, documentId))
  const about = file?.applicant ?? file?.appointee ?? null
  if (!file || about === member.personId) return
  await noteOnce(deps, member, {
    act: 'document.read',
    subject: { kind: 'document', id: file.id },
    details: {
      file: file.kind,
      ...(file.ticket !== null && { request: file.ticket }),
      ...(about !== null && { about }),
    },
  })
}

const findFile = (tx: Tx, id: string) =>
  tx
    .selectFrom('documents as d')
    .leftJoin('requests as r', 'r.id', 'd.request_id')
    .leftJoin('appointments as a', 'a.document_id', 'd.id')
    .select(['d.id', 'd.kind', 'r.ticket', 'r.applicant_id as applicant', 'a.person_id as appointee'])
    .where(sql<string>`d.id::text`, '=', id)
    .limit(1)
    .executeTakeFirst()

/** Telephone numbers and addresses of contacts, of a request or a service, by what each of them is there. */
export type Contacts = Readonly<Record<string, string>>

/** That somebody sees how the contacts of a request or a service are reached; by whose address, behind commitments. */
export const contactsRead = (subject: Note['subject'], contacts: Contacts): Note => ({
  act: 'contacts.read',
  subject,
  details: {},
  personal: contacts,
})

/** That somebody sees names and addresses of many at once: a list of people. */
export const noteListRead = (deps: Deps, member: Member, table: string): Promise<void> =>
  noteOnce(deps, member, { act: 'list.read', subject: { kind: 'table', id: table }, details: {} })
