import type { ExpressionBuilder } from 'kysely'
import { sql } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import type { ActorPeople } from '../../domain/access/requests.ts'
import type { Destruction } from '../../domain/archive/destroyed.ts'
import type { WorkCalendar } from '../../domain/calendar/calendar.ts'
import type { PdfCarry } from '../../domain/requests/pdf-content.ts'
import type { ScanState } from '../../domain/requests/scan.ts'
import { requireScanned } from '../../domain/requests/scan.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { destructionOf, goneOf } from '../archive/gone.ts'
import { calendarFrom, calendarText } from '../calendars.ts'
import type { ShownCertificate } from '../certificates/certificates.ts'
import { shownCertificate, shownColumns } from '../certificates/certificates.ts'
import type { Tx } from '../database.ts'
import type { LetterStatus } from '../schema/letters.ts'
import type { Tables } from '../schema.ts'
import type { Trouble } from '../schema/columns.ts'
import { actorPeopleJson, readSopVersion } from '../sops.ts'
import { timelineFrom, timelineJson } from './events.ts'
import { readingsOf } from '../oversight/readings.ts'
import { heldBelow } from './names.ts'
import type { PeoplesRoles, RequestRow } from './requests.ts'
import { peoplesRoles } from './requests.ts'

export type DocumentFacts = {
  readonly id: string
  readonly kind: string
  readonly filename: string
  readonly media_type: string
  readonly size: number
  readonly sha256: string
  readonly uploaded_by: string | null
  readonly created_at: Date
  readonly pages: number | null
  readonly carries: readonly PdfCarry[]
  readonly scan: ScanState
  readonly scan_finding: string | null
  readonly destroyed: Destruction | null
}

export type LetterFacts = {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly dated: string
  readonly status: LetterStatus
  readonly document_id: string | null
  readonly sha256: string | null
  readonly verification_code: string
}

export type MessageFacts = {
  readonly id: string
  readonly author_id: string
  readonly side: 'applicant' | 'office'
  readonly body: string
  readonly at: Date
}

export type ProvisioningFacts = {
  readonly visit: number
  readonly status: 'planned' | 'undoing' | 'recorded' | 'undone'
  readonly plan: unknown
  readonly evidence: unknown
  readonly trouble: Trouble | null
  readonly updated_at: Date
}

export type ServiceOfRequest = {
  readonly id: string
  readonly fqdn: string
  readonly status: 'live' | 'closed'
  readonly registered_until: string | null
  readonly has_site: boolean
  readonly zone: string
  readonly records: readonly Rrset[]
  /** Names below it that a request or another service holds. */
  readonly others: readonly string[]
  readonly certificates: readonly ShownCertificate[]
}

export type RevealFacts = { readonly id: string; readonly status: string; readonly expires_at: Date }

/** A request with everything that its page tells. Row-level security keeps it to the office in scope. */
export type CaseFile = {
  readonly row: RequestRow & PeoplesRoles
  readonly sop: SopDocument
  readonly people: ActorPeople
  readonly calendar: WorkCalendar
  readonly agency: { readonly id: string; readonly name: string }
  readonly zone: { readonly id: string; readonly name: string } | null
  readonly service: ServiceOfRequest | null
  readonly events: readonly TimelineEvent[]
  readonly documents: readonly DocumentFacts[]
  readonly letters: readonly LetterFacts[]
  readonly messages: readonly MessageFacts[]
  readonly provisioning: ProvisioningFacts | null
  readonly reveals: readonly RevealFacts[]
  /** Names of everybody who appears in the case, by their id. */
  readonly names: ReadonlyMap<string, string>
  /** Whose addresses the reader asked for of late, one list for each time that the logbook tells. */
  readonly readings: readonly (readonly string[])[]
}

/** Who reads the case, and since when what they asked for is open to them. */
export type CaseReader = { readonly personId: string; readonly since: Date }

/** @returns the whole case of a ticket, or nothing when the office in scope has none: one statement, one answer */
export async function readCaseFile(
  tx: Tx,
  ticket: string,
  reader: CaseReader,
): Promise<CaseFile | undefined> {
  const found = await tx
    .selectFrom('requests as r')
    .selectAll('r')
    .select((eb) => [
      actorPeopleJson('r.sop_id').as('people'),
      ...peoplesRoles('r'),
      calendarText('r.office_id').as('calendar'),
      timelineJson('r.id').as('events'),
      jsonObjectFrom(agencyOf(eb)).$notNull().as('agency'),
      jsonObjectFrom(zoneOf(eb)).as('zone'),
      jsonObjectFrom(serviceOf(eb)).as('service'),
      jsonArrayFrom(documentsOf(eb)).as('documents'),
      jsonArrayFrom(lettersOf(eb)).as('letters'),
      jsonArrayFrom(messagesOf(eb)).as('messages'),
      jsonObjectFrom(lastProvisioningOf(eb)).as('provisioning'),
      jsonArrayFrom(revealsOf(eb)).as('reveals'),
      jsonArrayFrom(namesOf(eb)).as('names'),
      readingsOf('r', reader).as('readings'),
    ])
    .where('ticket', '=', ticket)
    .executeTakeFirst()
  if (!found) return undefined
  const { people, calendar, events, agency, zone, service, provisioning, names, ...rest } = found
  const { documents, letters, messages, reveals, readings, ...row } = rest
  return {
    row,
    sop: await readSopVersion(tx, row.sop_id, row.sop_version),
    people: new Map(Object.entries(people)),
    calendar: calendarFrom(calendar),
    agency,
    zone,
    service: service && {
      ...service,
      records: service.records as Rrset[],
      certificates: service.certificates.map(shownCertificate),
    },
    events: timelineFrom(events),
    documents: documents.map((each) => ({ ...each, created_at: new Date(each.created_at) })),
    letters,
    messages: messages.map((each) => ({ ...each, at: new Date(each.at) })),
    provisioning: provisioning && { ...provisioning, updated_at: new Date(provisioning.updated_at) },
    reveals: reveals.map((each) => ({ ...each, expires_at: new Date(each.expires_at) })),
    names: new Map(names.map(({ id, name }) => [id, name])),
    readings,
  }
}

/** Where the parts of a case hang: the statement's row of `requests`, known as r. */
type OfRequest = ExpressionBuilder<Tables & { r: Tables['requests'] }, 'r'>

const agencyOf = (eb: OfRequest) =>
  eb.selectFrom('agencies').select(['id', 'name']).whereRef('id', '=', 'r.agency_id')

const zoneOf = (eb: OfRequest) =>
  eb.selectFrom('zones').select(['id', 'name']).whereRef('id', '=', 'r.zone_id')

const certificatesOf = (eb: ExpressionBuilder<Tables & { own_zone: Tables['zones'] }, 'services'>) =>
  eb
    .selectFrom('certificates')
    .select(shownColumns)
    .whereRef('certificates.service_id', '=', 'services.id')
    .where('certificates.status', 'in', ['live', 'waiting'])
    .orderBy('certificates.status')
    .$narrowType<{ status: 'waiting' | 'live' }>()

const serviceOf = (eb: OfRequest) =>
  eb
    .selectFrom('services')
    .innerJoin('zones as own_zone', 'own_zone.id', 'services.zone_id')
    .select(['services.id', 'services.fqdn', 'services.status', 'registered_until', 'has_site', 'records'])
    .select((within) => [
      'own_zone.name as zone',
      heldBelow(within.ref('services.fqdn'), within.ref('services.id')).as('others'),
      jsonArrayFrom(certificatesOf(within)).as('certificates'),
    ])
    .whereRef('services.id', '=', 'r.service_id')

/** Without their bytes, the newest first. */
const documentsOf = (eb: OfRequest) =>
  eb
    .selectFrom('documents')
    .select([
      'id',
      'kind',
      'filename',
      'media_type',
      'size',
      'sha256',
      'uploaded_by',
      'created_at',
      'pages',
      'carries',
      'scan',
      'scan_finding',
      destructionOf('documents.id').as('destroyed'),
    ])
    .whereRef('request_id', '=', 'r.id')
    .orderBy('created_at', 'desc')
    .orderBy('id')

const lettersOf = (eb: OfRequest) =>
  eb
    .selectFrom('letters')
    .select(['id', 'kind', 'number', 'dated', 'status', 'document_id', 'sha256', 'verification_code'])
    .whereRef('request_id', '=', 'r.id')
    .orderBy('created_at')

const messagesOf = (eb: OfRequest) =>
  eb
    .selectFrom('messages')
    .select(['id', 'author_id', 'side', 'body', 'at'])
    .whereRef('request_id', '=', 'r.id')
    .orderBy('at')
    .orderBy('id')

const lastProvisioningOf = (eb: OfRequest) =>
  eb
    .selectFrom('provisionings')
    .select(['visit', 'status', 'plan', 'evidence', 'trouble', 'updated_at'])
    .whereRef('request_id', '=', 'r.id')
    .orderBy('visit', 'desc')
    .limit(1)

const revealsOf = (eb: OfRequest) =>
  eb
    .selectFrom('credential_reveals')
    .select(['id', 'status', 'expires_at'])
    .whereRef('request_id', '=', 'r.id')
    .orderBy('created_at')

/** Everybody who appears in the case. */
const namesOf = (eb: OfRequest) =>
  eb.selectFrom('auth_user').select(['id', 'name']).where(sql<boolean>`id in (
      select unnest(array[r.holder, r.applicant_id, r.created_by])
      union select person_id from request_events where request_id = r.id
      union select data->'behalf'->>'person' from request_events where request_id = r.id
      union select uploaded_by from documents where request_id = r.id
      union select author_id from messages where request_id = r.id)`)

/**
 * @returns one document with its bytes, if it belongs to this request
 * @throws Refused while it waits for the malware scanner, when that found something, and once it was destroyed (410)
 */
export async function readDocument(tx: Tx, requestId: string, id: string) {
  const found = await tx
    .selectFrom('documents')
    .select(['id', 'filename', 'media_type', 'bytes', 'sha256', 'scan', 'scan_finding'])
    .where('request_id', '=', requestId)
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst()
  if (!found) return undefined
  const bytes = found.bytes ?? (await goneOf(tx, found.id))
  requireScanned(found.scan, found.scan_finding)
  return { ...found, bytes }
}
