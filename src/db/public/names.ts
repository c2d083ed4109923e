import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import { escapeLike } from '../oversight/logbook.ts'

/** An official name as everybody may know it. Days are of the office's calendar. */
export type OfficialName = {
  readonly name: string
  readonly agency: string
  readonly since: Date
  readonly until: string | null
}

/** One order in every database, and the one in which JavaScript joins the names of several offices. */
const byOctets = sql<string>`s.fqdn collate "C"`

/** @returns the live names of the office in scope, by name */
export async function listOfficialNames(
  tx: Tx,
  options: { readonly search?: string; readonly limit: number; readonly after?: string },
): Promise<readonly OfficialName[]> {
  let query = tx
    .selectFrom('services as s')
    .innerJoin('agencies as a', 'a.id', 's.agency_id')
    .select(['s.fqdn as name', 'a.name as agency', 's.live_at as since', 's.registered_until as until'])
    .where('s.status', '=', 'live')
    .orderBy(byOctets)
    .limit(options.limit)
  if (options.after !== undefined) query = query.where(byOctets, '>', options.after)
  if (options.search) {
    const like = `%${escapeLike(options.search.replaceAll(/\p{Cc}/gu, '').slice(0, 200))}%`
    query = query.where((eb) => eb.or([eb('s.fqdn', 'ilike', like), eb('a.name', 'ilike', like)]))
  }
  return query.execute()
}
