import { localDate } from '../../domain/dates/zones.ts'
import type { Evidence, ServicePlan } from '../../domain/fulfilment/plan.ts'
import { changesForLogbook } from '../../domain/fulfilment/plan.ts'
import type { SealedHandOver } from '../../domain/fulfilment/seal.ts'
import { addMonths } from '../../domain/fulfilment/term.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { insertReveal } from '../../db/services/reveals.ts'
import { endCertificates } from '../certificates/end-certificates.ts'
import { wantCertificate } from '../certificates/want-certificate.ts'
import type { Deps, Write } from '../act.ts'
import type { LoadedRequest } from '../requests/load.ts'
import { replaceContacts } from './replace-contacts.ts'

/** Months a service stays registered where the SOP does not say. */
const defaultTermMonths = 12

export type Provisioned = {
  readonly requestId: string
  readonly visit: number
  /** Null when nothing outside had to change (re-registration, work by hand). */
  readonly plan: ServicePlan | null
  readonly evidence: Evidence | null
  /** Credentials of the new site, sealed already; null when there are none. */
  readonly sealed: SealedHandOver | null
}

/** A new service, or hosting added to one that exists; its name now stands on the service. */
export async function openService(
  deps: Deps,
  tx: Tx,
  write: Write,
  loaded: LoadedRequest,
  input: Provisioned,
): Promise<void> {
  const { row } = loaded
  const plan = input.plan!
  const site = plan.site === true
  const term = await registeredUntil(tx, loaded, deps.now())
  const { endsOn } = row.form
  const until = endsOn && endsOn < term ? endsOn : term
  const serviceId = row.service_id ?? (await layService(deps, tx, loaded, { plan, until }))
  if (row.service_id)
    await tx
      .updateTable('services')
      .set({ has_site: true, host_id: plan.hostId, records: recordsOf(plan) })
      .where('id', '=', serviceId)
      .execute()
  await tx
    .updateTable('held_names')
    .set({ service_id: serviceId })
    .where('fqdn', '=', plan.fqdn)
    .where('released_at', 'is', null)
    .execute()
  if (input.sealed)
    await insertReveal(tx, {
      officeId: row.office_id,
      serviceId,
      requestId: row.id,
      contactEmail: row.form.technical?.email ?? '',
      sealed: input.sealed,
      at: deps.now(),
    })
  write.note({
    act: 'service.live',
    subject: { kind: 'request', id: row.ticket },
    details: {
      name: plan.fqdn,
      site,
      until,
      servers: input.evidence?.dns.map((each) => each.server) ?? [],
      answers: input.evidence?.dns[0]?.answers.slice() ?? [],
      status: input.evidence?.site?.status ?? null,
    },
  })
  if (site && plan.hostId !== null)
    await wantCertificate(deps, tx, write, {
      officeId: row.office_id,
      serviceId,
      fqdn: plan.fqdn,
      hostId: plan.hostId,
    })
}

const recordsOf = (plan: ServicePlan) => json(plan.expected.filter((set) => set.values.length > 0))

/** @returns the id of the service that is new with this request */
async function layService(
  deps: Deps,
  tx: Tx,
  loaded: LoadedRequest,
  { plan, until }: { readonly plan: ServicePlan; readonly until: string },
): Promise<string> {
  const { row } = loaded
  const id = deps.newId()
  const site = plan.site === true
  await tx
    .insertInto('services')
    .values({
      id,
      office_id: row.office_id,
      agency_id: row.agency_id,
      system_id: await keepSystem(deps, tx, loaded),
      zone_id: row.zone_id!,
      host_id: site ? plan.hostId : null,
      fqdn: plan.fqdn,
      has_record: true,
      has_site: site,
      records: recordsOf(plan),
      status: 'live',
      administrative_contact: json(row.form.administrative),
      technical_contact: json(row.form.technical),
      registered_until: until,
      live_at: deps.now(),
    })
    .execute()
  await tx.updateTable('requests').set({ service_id: id }).where('id', '=', row.id).execute()
  return id
}

async function keepSystem(deps: Deps, tx: Tx, { row }: LoadedRequest): Promise<string | null> {
  const data = row.form.system
  if (!data) return null
  const id = deps.newId()
  const at = deps.now()
  const name = typeof data.name === 'string' ? data.name : row.fqdn!
  await tx
    .insertInto('electronic_systems')
    .values({
      id,
      office_id: row.office_id,
      agency_id: row.agency_id,
      name,
      data: json(data),
      created_at: at,
      updated_at: at,
    })
    .execute()
  return id
}

/** Re-registration: the date moves on from where it stood, or from today when it had passed; its contacts are those named now. */
export async function renewService(deps: Deps, tx: Tx, write: Write, loaded: LoadedRequest): Promise<void> {
  const { row } = loaded
  const service = await tx
    .selectFrom('services')
    .select(['fqdn', 'registered_until'])
    .where('id', '=', row.service_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const today = await registeredUntil(tx, loaded, deps.now())
  const from = service.registered_until
  const months = loaded.sop.term?.months ?? defaultTermMonths
  const until = from === null ? today : addMonths(from, months) > today ? addMonths(from, months) : today
  await tx.updateTable('services').set({ registered_until: until }).where('id', '=', row.service_id).execute()
  const { credentials } = await replaceContacts(deps, tx, write, loaded)
  write.note({
    act: 'service.renewed',
    subject: { kind: 'request', id: row.ticket },
    details: { name: service.fqdn, until, ...(credentials && { credentials }) },
  })
}

/** The records of the service are others now; what was proven from outside now stands on the service. */
export async function changeRecords(
  tx: Tx,
  write: Write,
  { row }: LoadedRequest,
  input: Provisioned,
): Promise<void> {
  const records = input.plan!.expected.filter((set) => set.values.length > 0)
  await tx
    .updateTable('services')
    .set({ records: json(records), has_record: true })
    .where('id', '=', row.service_id)
    .execute()
  write.note({
    act: 'service.records-changed',
    subject: { kind: 'request', id: row.ticket },
    details: {
      name: input.plan!.fqdn,
      records: records.map(({ name, type, values }) => `${name} ${type} ${values.join(' ')}`),
      changes: changesForLogbook(input.plan!),
      servers: input.evidence?.dns.map((each) => each.server) ?? [],
    },
  })
}

/** The two people who answer for the service from now on; a new technical contact gets new credentials. */
export async function changeContacts(deps: Deps, tx: Tx, write: Write, loaded: LoadedRequest): Promise<void> {
  const { row } = loaded
  const { credentials } = await replaceContacts(deps, tx, write, loaded)
  write.note({
    act: 'service.contacts-changed',
    subject: { kind: 'request', id: row.ticket },
    details: { name: row.fqdn, credentials },
  })
}

/** Closure: the service ends, its name is free again, and credentials that were not fetched are gone. */
export async function closeService(
  deps: Deps,
  tx: Tx,
  write: Write,
  { row }: LoadedRequest,
  input: Provisioned,
): Promise<void> {
  const at = deps.now()
  await tx
    .updateTable('services')
    .set({ status: 'closed', closed_at: at, has_record: false, has_site: false, records: json([]) })
    .where('id', '=', row.service_id)
    .execute()
  await tx
    .updateTable('held_names')
    .set({ released_at: at })
    .where('service_id', '=', row.service_id)
    .where('released_at', 'is', null)
    .execute()
  await tx
    .updateTable('credential_reveals')
    .set({ status: 'expired', sealed: null })
    .where('service_id', '=', row.service_id!)
    .where('status', '=', 'ready')
    .execute()
  await endCertificates(tx, write, { officeId: row.office_id, serviceId: row.service_id!, at })
  write.note({
    act: 'service.closed',
    subject: { kind: 'request', id: row.ticket },
    details: { name: input.plan!.fqdn },
  })
}

async function registeredUntil(tx: Tx, { row, sop }: LoadedRequest, at: Date): Promise<string> {
  const office = await tx
    .selectFrom('offices')
    .select('timezone')
    .where('id', '=', row.office_id)
    .executeTakeFirstOrThrow()
  return addMonths(localDate(at, office.timezone), sop.term?.months ?? defaultTermMonths)
}
