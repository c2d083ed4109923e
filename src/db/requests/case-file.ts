import { sql } from 'kysely'
import type { ActorPeople } from '../../domain/access/requests.ts'
import type { WorkCalendar } from '../../domain/calendar/calendar.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import type { SopDocument } from '../../domain/sop/document.ts'
import { readCalendar } from '../calendars.ts'
import type { Tx } from '../database.ts'
import type { Trouble } from '../schema.ts'
import { readActorPeople, readSopVersion } from '../sops.ts'
import { listEvents } from './events.ts'
import type { RequestRow } from './requests.ts'
import { readRequest } from './requests.ts'

export type DocumentFacts = {
  readonly id: string
  readonly kind: string
  readonly filename: string
  readonly media_type: string
  readonly size: number
  readonly sha256: string
  readonly uploaded_by: string | null
  readonly created_at: Date
}

export type LetterFacts = {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly dated: string
  readonly status: 'numbered' | 'issued' | 'voided'
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
}

export type RevealFacts = { readonly id: string; readonly status: string; readonly expires_at: Date }

/** A request with everything that its page tells. Row-level security keeps it to the office in scope. */
export type CaseFile = {
  readonly row: RequestRow
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
}

/** @returns the whole case of a ticket, or nothing when the office in scope has none */
export async function readCaseFile(tx: Tx, ticket: string): Promise<CaseFile | undefined> {
  const row = await readRequest(tx, ticket)
  if (!row) return undefined
  const events = await listEvents(tx, row.id)
  const documents = await listDocuments(tx, row.id)
  const messages = await listMessages(tx, row.id)
  const ids = [
    row.holder,
    row.applicant_id,
    row.created_by,
    ...events.map((event) => event.personId),
    ...documents.map((document) => document.uploaded_by),
    ...messages.map((message) => message.author_id),
  ]
  return {
    row,
    sop: await readSopVersion(tx, row.sop_id, row.sop_version),
    people: await readActorPeople(tx, row.sop_id),
    calendar: await readCalendar(tx, row.office_id),
    agency: await readAgency(tx, row.agency_id),
    zone: row.zone_id ? await readZone(tx, row.zone_id) : null,
    service: row.service_id ? await readService(tx, row.service_id) : null,
    events,
    documents,
    letters: await listLetters(tx, row.id),
    messages,
    provisioning: await readLastProvisioning(tx, row.id),
    reveals: await listReveals(tx, row.id),
    names: await readNames(tx, ids),
  }
}

function readAgency(tx: Tx, id: string) {
  return tx.selectFrom('agencies').select(['id', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
}

function readZone(tx: Tx, id: string) {
  return tx.selectFrom('zones').select(['id', 'name']).where('id', '=', id).executeTakeFirstOrThrow()
}

function readService(tx: Tx, id: string): Promise<ServiceOfRequest> {
  return tx
    .selectFrom('services')
    .select(['id', 'fqdn', 'status', 'registered_until', 'has_site'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** @returns the documents of a request without their bytes, the newest first */
export function listDocuments(tx: Tx, requestId: string): Promise<DocumentFacts[]> {
  return tx
    .selectFrom('documents')
    .select(['id', 'kind', 'filename', 'media_type', 'size', 'sha256', 'uploaded_by', 'created_at'])
    .where('request_id', '=', requestId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/** @returns one document with its bytes, if it belongs to this request */
export function readDocument(tx: Tx, requestId: string, id: string) {
  return tx
    .selectFrom('documents')
    .select(['filename', 'media_type', 'bytes', 'sha256'])
    .where('request_id', '=', requestId)
    .where(sql<string>`id::text`, '=', id)
    .executeTakeFirst()
}

function listLetters(tx: Tx, requestId: string): Promise<LetterFacts[]> {
  return tx
    .selectFrom('letters')
    .select(['id', 'kind', 'number', 'dated', 'status', 'document_id', 'sha256', 'verification_code'])
    .where('request_id', '=', requestId)
    .orderBy('created_at')
    .execute()
}

function listMessages(tx: Tx, requestId: string): Promise<MessageFacts[]> {
  return tx
    .selectFrom('messages')
    .select(['id', 'author_id', 'side', 'body', 'at'])
    .where('request_id', '=', requestId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

async function readLastProvisioning(tx: Tx, requestId: string): Promise<ProvisioningFacts | null> {
  const row = await tx
    .selectFrom('provisionings')
    .select(['visit', 'status', 'plan', 'evidence', 'trouble', 'updated_at'])
    .where('request_id', '=', requestId)
    .orderBy('visit', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

function listReveals(tx: Tx, requestId: string): Promise<RevealFacts[]> {
  return tx
    .selectFrom('credential_reveals')
    .select(['id', 'status', 'expires_at'])
    .where('request_id', '=', requestId)
    .orderBy('created_at')
    .execute()
}

/** @returns the names of the persons with these ids; blanks are left out */
export async function readNames(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  if (known.length === 0) return new Map()
  const rows = await tx.selectFrom('auth_user').select(['id', 'name']).where('id', 'in', known).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
