import { sql } from 'kysely'
import type { Takeover } from '../../domain/requests/takeover.ts'
import type { Tx } from '../database.ts'
import { standingsAt } from '../people.ts'

export type TakeoverFacts = Takeover & {
  readonly requestId: string
  readonly serviceId: string
  readonly confirmedBy: string | null
  readonly confirmedByName: string | null
  readonly confirmedReason: string | null
  readonly warned: readonly {
    readonly name: string
    readonly email: string
    readonly objection: string | null
  }[]
}

/** @returns what is known of the take-over that a request asks for, once it was sent */
export async function readTakeover(tx: Tx, requestId: string): Promise<TakeoverFacts | undefined> {
  const row = await tx
    .selectFrom('service_takeovers as t')
    .leftJoin('auth_user as u', 'u.id', 't.confirmed_by')
    .selectAll('t')
    .select('u.name as confirmedByName')
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (!row) return undefined
  const warned = await tx
    .selectFrom('takeover_warnings')
    .select(['name', 'email', 'objection', 'objected_at'])
    .where('request_id', '=', requestId)
    .orderBy('email')
    .execute()
  return {
    requestId,
    serviceId: row.service_id,
    objectUntil: row.object_until,
    confirmedAt: row.confirmed_at,
    confirmedBy: row.confirmed_by,
    confirmedByName: row.confirmedByName,
    confirmedReason: row.confirmed_reason,
    objections: warned.flatMap(({ objected_at: at }) => (at ? [{ at }] : [])),
    warned: warned.map(({ name, email, objection }) => ({ name, email, objection })),
  }
}

/** Who applies for an agency by a decree of their own today: its head on record. */
export async function headsOf(
  tx: Tx,
  agencyId: string,
  now: Date,
): Promise<readonly { readonly name: string; readonly email: string; readonly since: string }[]> {
  return tx
    .selectFrom(standingsAt(now).as('s'))
    .innerJoin('appointments as a', (join) =>
      join
        .onRef('a.office_id', '=', 's.office_id')
        .onRef('a.person_id', '=', 's.person_id')
        .onRef('a.agency_id', '=', 's.agency_id'),
    )
    .innerJoin('offices as o', 'o.id', 'a.office_id')
    .innerJoin('auth_user as u', 'u.id', 'a.person_id')
    .where('s.agency_id', '=', agencyId)
    .where('s.holds', '=', true)
    .where('a.basis', '=', 'sk')
    .where('a.revoked_at', 'is', null)
    .where(
      sql<boolean>`(${now}::timestamptz at time zone o.timezone)::date between a.from_day and coalesce(a.until_day, 'infinity')`,
    )
    .select(['u.name', 'u.email', 'a.from_day as since'])
    .distinct()
    .orderBy('since', 'desc')
    .execute()
}

/** @returns names of other live services of the agency that have one of these contacts */
export async function servicesOfContacts(
  tx: Tx,
  about: { readonly agencyId: string; readonly except?: string; readonly emails: readonly string[] },
): Promise<readonly string[]> {
  if (about.emails.length === 0) return []
  const rows = await tx
    .selectFrom('services')
    .select('fqdn')
    .where('agency_id', '=', about.agencyId)
    .where('status', '=', 'live')
    .$if(about.except !== undefined, (query) => query.where('id', '!=', about.except!))
    .where((eb) =>
      eb.or([
        eb(sql<string>`lower(administrative_contact->>'email')`, 'in', about.emails),
        eb(sql<string>`lower(technical_contact->>'email')`, 'in', about.emails),
      ]),
    )
    .orderBy('fqdn')
    .limit(20)
    .execute()
  return rows.map(({ fqdn }) => fqdn)
}

export type TakeoverCase = TakeoverFacts & {
  readonly heads: Awaited<ReturnType<typeof headsOf>>
  readonly otherServices: readonly string[]
}

/** The same with what the desk holds it against: the head on record, and what else these contacts answered for. */
export async function readTakeoverCase(
  tx: Tx,
  request: { readonly id: string; readonly agency_id: string },
  now: Date,
): Promise<TakeoverCase | undefined> {
  const facts = await readTakeover(tx, request.id)
  if (!facts) return undefined
  const about = {
    agencyId: request.agency_id,
    except: facts.serviceId,
    emails: facts.warned.map(({ email }) => email),
  }
  return {
    ...facts,
    heads: await headsOf(tx, request.agency_id, now),
    otherServices: await servicesOfContacts(tx, about),
  }
}
