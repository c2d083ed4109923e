import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { servicesOfContacts } from '../../db/requests/takeovers.ts'
import { endSessions } from '../../db/sessions.ts'
import type { Deps, Write } from '../act.ts'
import { replaceContacts } from '../fulfilment/replace-contacts.ts'
import type { LoadedRequest } from '../requests/load.ts'

/**
 * The new contacts answer for the service. Who was one before and is one of no other service of the agency loses what
 * they had: the role of an applicant of the agency, its appointments, open sessions and tokens, and credentials that
 * were not fetched. What they know already is worth nothing: the credentials are made anew.
 */
export async function takeOverService(
  deps: Deps,
  tx: Tx,
  write: Write,
  loaded: LoadedRequest,
): Promise<void> {
  const service = await tx
    .selectFrom('services')
    .select(['fqdn', 'agency_id', 'has_site'])
    .where('id', '=', loaded.row.service_id)
    .executeTakeFirstOrThrow()
  const { before, after } = await replaceContacts(deps, tx, write, loaded)
  const ended: string[] = []
  for (const email of new Set(before.filter((each) => each && !after.includes(each))))
    ended.push(...(await endAccess(deps, tx, service.agency_id, email)))
  write.note({
    act: 'service.taken-over',
    subject: { kind: 'request', id: loaded.row.ticket },
    details: { name: service.fqdn, ended, credentials: service.has_site },
  })
}

/** @returns the ids of those who lost their access */
async function endAccess(deps: Deps, tx: Tx, agencyId: string, email: string): Promise<readonly string[]> {
  const stays = await servicesOfContacts(tx, { agencyId, emails: [email] })
  if (stays.length > 0) return []
  const at = deps.now()
  const people = await tx
    .updateTable('memberships')
    .set({ active: false })
    .where('agency_id', '=', agencyId)
    .where('role', '=', 'applicant')
    .where('active', '=', true)
    .where((eb) =>
      eb(
        'person_id',
        'in',
        eb
          .selectFrom('auth_user')
          .select('id')
          .where(sql<string>`lower(email)`, '=', email),
      ),
    )
    .returning(['person_id', 'office_id'])
    .execute()
  for (const { person_id: person, office_id: office } of people) {
    await tx
      .updateTable('appointments')
      .set({ revoked_at: at })
      .where('person_id', '=', person)
      .where('agency_id', '=', agencyId)
      .where('revoked_at', 'is', null)
      .execute()
    await tx
      .updateTable('api_tokens')
      .set({ revoked_at: at })
      .where('person_id', '=', person)
      .where('office_id', '=', office)
      .where('revoked_at', 'is', null)
      .execute()
    await endSessions(tx, person, 'all')
  }
  return people.map(({ person_id: person }) => person)
}
