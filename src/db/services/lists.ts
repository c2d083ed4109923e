import { sql } from 'kysely'
import { type FileAccess, fileAccessOf } from '../../domain/office/server-drivers.ts'
import type { Text } from '../../domain/refused.ts'
import type { ShownCertificate } from '../certificates/certificates.ts'
import { listCertificates } from '../certificates/certificates.ts'
import { recipientOfEmail } from '../age-recipients.ts'
import type { Tx } from '../database.ts'
import { hostDriverOf } from '../office/servers.ts'
import { escapeLike } from '../oversight/logbook.ts'
import type { ContactData } from '../schema/services.ts'

export const serviceViews = ['live', 'due', 'closed'] as const
export type ServiceView = (typeof serviceViews)[number]

export type ServiceFilter = {
  readonly view: ServiceView
  readonly search?: string
  /** Only services of these agencies; all of the office when absent. */
  readonly agencyIds?: readonly string[]
  /** With view `due`: registered until this day or before. */
  readonly dueBy: string
}

export type ListedService = {
  readonly id: string
  readonly fqdn: string
  readonly agency: string
  readonly hasSite: boolean
  readonly hasRecord: boolean
  readonly imported: boolean
  readonly registeredUntil: string | null
  readonly closedAt: Date | null
}

/** @returns services by name; `after` is the name and id of the last one shown */
export async function listServices(
  tx: Tx,
  filter: ServiceFilter,
  page: { readonly limit: number; readonly after?: readonly string[] },
): Promise<readonly ListedService[]> {
  let query = tx
    .selectFrom('services as s')
    .innerJoin('agencies as a', 'a.id', 's.agency_id')
    .select([
      's.id',
      's.fqdn',
      'a.name as agency',
      's.has_site as hasSite',
      's.has_record as hasRecord',
      's.imported',
      's.registered_until as registeredUntil',
      's.closed_at as closedAt',
    ])
    .where('s.status', '=', filter.view === 'closed' ? 'closed' : 'live')
    .orderBy('s.fqdn')
    .orderBy('s.id')
    .limit(page.limit)
  if (filter.view === 'due') query = query.where('s.registered_until', '<=', filter.dueBy)
  if (filter.agencyIds) query = query.where('s.agency_id', 'in', [...filter.agencyIds, noAgency])
  if (filter.search) {
    const like = `%${escapeLike(filter.search.replaceAll(/\p{Cc}/gu, '').slice(0, 200))}%`
    query = query.where((eb) => eb.or([eb('s.fqdn', 'ilike', like), eb('a.name', 'ilike', like)]))
  }
  if (page.after) {
    const [fqdn, id] = page.after
    query = query.where(sql<boolean>`(s.fqdn, s.id::text) > (${fqdn}, ${id})`)
  }
  return query.execute()
}

/** Keeps `in ()` valid for somebody without an agency. */
const noAgency = '00000000-0000-0000-0000-000000000000'

/** Everything about one service but its secrets and its files. */
export type ServiceFile = ListedService & {
  readonly agencyId: string
  readonly status: 'live' | 'closed'
  readonly zone: string
  readonly fileAccess: FileAccess
  readonly system: { readonly name: string; readonly data: unknown } | null
  readonly records: readonly { readonly type: string; readonly value: string }[]
  readonly administrative: ContactData
  readonly technical: ContactData
  readonly liveAt: Date
  readonly reveal: {
    readonly id: string
    readonly status: 'ready' | 'revealed' | 'expired' | 'rotated'
    readonly expiresAt: Date
    readonly revealedAt: Date | null
  } | null
  readonly certificates: readonly ShownCertificate[]
  readonly deployments: readonly Deployment[]
}

export type Deployment = {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly sha256: string
  readonly status: 'queued' | 'live' | 'refused'
  readonly outcome: Text | null
  readonly at: Date
  readonly doneAt: Date | null
}

/** A record set as provisioning stores it. */
type StoredSet = { readonly type: string; readonly values: readonly string[] }

/** Deployments that the page of a service shows. */
const shownDeployments = 10

/** @returns one service of the office with its newest reveal and its newest deployments */
export async function readServiceFile(tx: Tx, id: string): Promise<ServiceFile | undefined> {
  const row = await tx
    .selectFrom('services as s')
    .innerJoin('agencies as a', 'a.id', 's.agency_id')
    .innerJoin('zones as z', 'z.id', 's.zone_id')
    .leftJoin('electronic_systems as e', 'e.id', 's.system_id')
    .selectAll('s')
    .select(['a.name as agency', 'z.name as zone', 'e.name as systemName', 'e.data as systemData'])
    .where('s.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    id: row.id,
    fqdn: row.fqdn,
    agency: row.agency,
    agencyId: row.agency_id,
    status: row.status,
    zone: row.zone,
    fileAccess: fileAccessOf(await hostDriverOf(tx, row.host_id)),
    hasSite: row.has_site,
    hasRecord: row.has_record,
    imported: row.imported,
    registeredUntil: row.registered_until,
    closedAt: row.closed_at,
    liveAt: row.live_at,
    system: row.systemName === null ? null : { name: row.systemName, data: row.systemData },
    records: (row.records as readonly StoredSet[]).flatMap(({ type, values }) =>
      values.map((value) => ({ type, value })),
    ),
    administrative: row.administrative_contact,
    technical: row.technical_contact,
    reveal: (await newestReveal(tx, id)) ?? null,
    certificates: await listCertificates(tx, id),
    deployments: await newestDeployments(tx, id),
  }
}

const newestReveal = (tx: Tx, serviceId: string) =>
  tx
    .selectFrom('credential_reveals')
    .select(['id', 'status', 'expires_at as expiresAt', 'revealed_at as revealedAt'])
    .where('service_id', '=', serviceId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

const newestDeployments = (tx: Tx, serviceId: string): Promise<readonly Deployment[]> =>
  tx
    .selectFrom('site_deployments')
    .select([
      'id',
      'filename',
      'size',
      'sha256',
      'status',
      'outcome',
      'created_at as at',
      'done_at as doneAt',
    ])
    .where('service_id', '=', serviceId)
    .orderBy('created_at', 'desc')
    .limit(shownDeployments)
    .execute()

/** What the page before a one-time reveal may say: never the secret. */
export type RevealFacts = {
  readonly id: string
  readonly officeId: string
  readonly serviceId: string
  readonly fqdn: string
  readonly ticket: string | null
  readonly contactEmail: string
  /** The age key of the contact to which the credentials are encrypted, or will be when they are opened. */
  readonly recipient: string | null
  readonly status: 'ready' | 'revealed' | 'expired' | 'rotated'
  readonly expiresAt: Date
}

/** @returns the facts of a reveal of the office in scope */
export async function readReveal(tx: Tx, id: string): Promise<RevealFacts | undefined> {
  const reveal = await tx
    .selectFrom('credential_reveals as c')
    .innerJoin('services as s', 's.id', 'c.service_id')
    .leftJoin('requests as r', 'r.id', 'c.request_id')
    .select([
      'c.id',
      'c.office_id as officeId',
      'c.service_id as serviceId',
      's.fqdn',
      'r.ticket',
      'c.contact_email as contactEmail',
      'c.recipient',
      'c.status',
      'c.expires_at as expiresAt',
    ])
    .where('c.id', '=', id)
    .executeTakeFirst()
  return (
    reveal && { ...reveal, recipient: reveal.recipient ?? (await recipientOfEmail(tx, reveal.contactEmail)) }
  )
}
