import { z } from '@hono/zod-openapi'
import { maxArchiveBytes, uploadArchive } from '../../../actions/services/deploy-archive.ts'
import { requestRotation } from '../../../actions/services/rotate-credentials.ts'
import { recordRowsOf } from '../../../domain/dns/own-records.ts'
import { inScope } from '../../../db/database.ts'
import type { ListedService, ServiceFile } from '../../../db/services/lists.ts'
import { listServices, serviceViews } from '../../../db/services/lists.ts'
import type { Locale } from '../../../domain/refused.ts'
import { askForCode, findReveal, openByCode } from '../../services/reveals.ts'
import { dueBy, filterFor, openService } from '../../services/view.ts'
import { makeNotice, noticeInput } from '../../services/notice.ts'
import { readContacts, shownServiceContacts } from '../../contacts.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute, publicRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, readCursor } from '../paging.ts'
import { handOverAnswer } from './reveals.ts'
import { serviceSheet } from '../../sheets/desk.ts'

const listed = z.object({
  id: z.uuid(),
  name: z.string(),
  agency: z.string(),
  hasSite: z.boolean(),
  hasRecord: z.boolean(),
  imported: z.boolean(),
  registeredUntil: z.iso.date().nullable(),
  closedAt: z.iso.datetime().nullable(),
})
const hidden = { description: 'Null until you asked for the contacts, which is recorded.' }
const contact = z.object({ name: z.string(), post: z.string(), phone: z.string(), email: z.string() })
const hiddenContact = contact.extend({
  phone: z.string().nullable().openapi(hidden),
  email: z.string().nullable().openapi(hidden),
})
const serviceAnswer = listed
  .extend({
    status: z.enum(['live', 'closed']),
    zone: z.string(),
    system: z.string().nullable(),
    records: z.array(z.object({ type: z.string(), value: z.string() })),
    administrative: hiddenContact,
    technical: hiddenContact,
    reveal: z
      .object({ id: z.uuid(), status: z.string(), expiresAt: z.iso.datetime() })
      .nullable()
      .openapi({ description: 'State of the one-time hand-over; never a secret.' }),
    certificates: z
      .array(
        z.object({
          status: z.enum(['waiting', 'live']),
          names: z.array(z.string()),
          issuer: z.string().nullable(),
          notBefore: z.iso.datetime().nullable(),
          notAfter: z.iso.datetime().nullable(),
          expectedAt: z.iso.datetime().nullable(),
          trouble: z.string().nullable(),
        }),
      )
      .openapi({
        description: 'The certificate in use, and the one that is to come with the time to expect.',
      }),
    deployments: z.array(
      z.object({
        id: z.uuid(),
        filename: z.string(),
        sha256: z.string(),
        status: z.enum(['queued', 'live', 'refused']),
        outcome: z.string().nullable(),
        at: z.iso.datetime(),
      }),
    ),
  })
  .openapi('Service')

const serviceParams = officeParams({ service: z.uuid() })
/** Services over the API, and the hand-over of credentials without an account. */
export function registerServicesApi(api: Api): void {
  registerReading(api)
  registerActs(api)
  registerCodes(api)
}

function registerReading(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/services',
      summary: 'Services by name; applicants see those of their agencies',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({
          view: z.enum(serviceViews).default('live'),
          search: z.string().max(200).optional(),
        }),
      },
      responses: { 200: jsonOf('A page of services.', pageOf(listed)) },
    },
    async (c) => {
      const { limit, cursor, view, search } = c.req.valid('query')
      const member = c.get('member')
      const filter = filterFor(member, view, search, dueBy(deps.now(), c.get('office').timezone))
      const after = readCursor(cursor, 2)
      const rows = await inScope(deps.db, member, (tx) =>
        listServices(tx, filter, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => [row.fqdn, row.id])
      return c.json({ items: page.rows.map(listedOf), next: page.next }, 200)
    },
    { sheet: (reader, c) => serviceSheet(reader, c.req.valid('query')) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/services/{service}',
      summary: 'One service',
      request: { params: serviceParams },
      responses: { 200: jsonOf('The service.', serviceAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const service = await openService(deps, member, c.req.valid('param').service)
      const { open } = await shownServiceContacts(deps, member, service)
      return c.json(answerOf(service, open, c.get('visitor').locale), 200)
    },
  )
  registerContacts(api)
  registerRecords(api)
  registerNotice(api)
}

function registerContacts(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/services/{service}/contacts',
      summary: 'How the contacts of a service are reached; that you asked is recorded in the logbook',
      request: { params: serviceParams },
      responses: {
        200: jsonOf('The contacts.', z.object({ administrative: contact, technical: contact })),
      },
    },
    async (c) => {
      const member = c.get('member')
      const service = await openService(deps, member, c.req.valid('param').service)
      await readContacts(deps, member, await shownServiceContacts(deps, member, service))
      const { administrative, technical } = service
      return c.json({ administrative: person(administrative), technical: person(technical) }, 200)
    },
  )
}

function registerRecords(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/services/{service}/records',
      summary: 'The table of records at and below the name of a service, as an application takes it',
      request: { params: serviceParams },
      responses: {
        200: jsonOf(
          'One row per record; not `live` when the name server did not answer and the registry stands in.',
          z.object({
            live: z.boolean(),
            records: z.array(
              z.object({ name: z.string(), type: z.string(), value: z.string(), ttl: z.int() }),
            ),
          }),
        ),
      },
    },
    async (c) => {
      const { officeId } = c.get('member')
      const service = await openService(deps, c.get('member'), c.req.valid('param').service)
      const found = await deps.lookups.ownRecords({ officeId, serviceId: service.id })
      return c.json({ live: found?.live ?? false, records: recordRowsOf(found?.records ?? []) }, 200)
    },
  )
}

function registerNotice(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/services/{service}/deactivation-notices',
      summary:
        'Number the notice that the service will be deactivated; it is set and signed as other letters are',
      request: { params: serviceParams, body: jsonOf('Ground and day.', noticeInput) },
      responses: {
        201: jsonOf('The letter.', z.object({ id: z.uuid() })),
      },
    },
    async (c) => {
      const member = c.get('member')
      const service = await openService(api.deps, member, c.req.valid('param').service)
      return c.json(await makeNotice(api.deps, member, service, c.req.valid('json')), 201)
    },
  )
}

function registerActs(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/services/{service}/deployments',
      summary: 'Put a ZIP archive online: the whole site or nothing',
      request: {
        params: serviceParams,
        query: z.object({ filename: z.string().max(200).default('situs.zip') }),
        body: {
          required: true,
          content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
      responses: { 202: jsonOf('Taken; the service tells the outcome.', z.object({ id: z.uuid() })) },
    },
    async (c) => {
      const service = await openService(deps, c.get('member'), c.req.valid('param').service)
      const bytes = Buffer.from(await c.req.arrayBuffer())
      const { filename } = c.req.valid('query')
      return c.json(await uploadArchive(deps, c.get('member'), service.id, { filename, bytes }), 202)
    },
    { maxBytes: maxArchiveBytes },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/services/{service}/credentials',
      summary: 'Replace the credentials; the technical contact opens the new ones once',
      request: { params: serviceParams },
      responses: { 202: jsonOf('Under way.', z.object({ service: z.string() })) },
    },
    async (c) => {
      const service = await openService(deps, c.get('member'), c.req.valid('param').service)
      await requestRotation(deps, c.get('member'), service.id)
      return c.json({ service: service.fqdn }, 202)
    },
  )
}

function registerCodes(api: Api): void {
  const { deps } = api
  const params = z.object({ reveal: z.uuid() })
  const ticket = z.string().max(300)
  publicRoute(
    api,
    {
      method: 'post',
      path: '/public/reveals/{reveal}/codes',
      summary: 'Mail a code to the technical contact; the answer never says whether the ticket fits',
      request: { params, body: jsonBody(z.strictObject({ ticket })) },
      responses: { 202: jsonOf('Taken.', z.object({ taken: z.boolean() })) },
    },
    async (c) => {
      const found = await findReveal(deps.db, c.req.valid('param').reveal)
      await askForCode(deps, found, c.req.valid('json').ticket)
      return c.json({ taken: true }, 202)
    },
  )
  publicRoute(
    api,
    {
      method: 'post',
      path: '/public/reveals/{reveal}/openings',
      summary: 'Open the credentials with ticket and mailed code, once',
      request: { params, body: jsonBody(z.strictObject({ ticket, code: z.string().max(100) })) },
      responses: {
        200: jsonOf('The credentials, or a file that only the contact can read.', handOverAnswer),
      },
    },
    async (c) => {
      const found = await findReveal(deps.db, c.req.valid('param').reveal)
      c.header('cache-control', 'no-store')
      return c.json(await openByCode(deps, found, c.req.valid('json')), 200)
    },
    { secretAnswer: true },
  )
}

const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

const listedOf = (row: ListedService): z.infer<typeof listed> => ({
  id: row.id,
  name: row.fqdn,
  agency: row.agency,
  hasSite: row.hasSite,
  hasRecord: row.hasRecord,
  imported: row.imported,
  registeredUntil: row.registeredUntil,
  closedAt: row.closedAt?.toISOString() ?? null,
})

const person = ({ name, post, phone, email }: z.infer<typeof contact>) => ({ name, post, phone, email })

function answerOf(service: ServiceFile, open: boolean, locale: Locale): z.infer<typeof serviceAnswer> {
  const shown = (who: z.infer<typeof contact>) =>
    open ? person(who) : { ...person(who), phone: null, email: null }
  const { reveal } = service
  return {
    ...listedOf(service),
    status: service.status,
    zone: service.zone,
    system: service.system?.name ?? null,
    records: service.records.map(({ type, value }) => ({ type, value })),
    administrative: shown(service.administrative),
    technical: shown(service.technical),
    reveal: reveal && { id: reveal.id, status: reveal.status, expiresAt: reveal.expiresAt.toISOString() },
    certificates: service.certificates.map((each) => ({
      status: each.status,
      names: [...each.names],
      issuer: each.issuer,
      notBefore: each.notBefore?.toISOString() ?? null,
      notAfter: each.notAfter?.toISOString() ?? null,
      expectedAt: each.expectedAt?.toISOString() ?? null,
      trouble: each.trouble?.[locale] ?? null,
    })),
    deployments: service.deployments.map((each) => ({
      id: each.id,
      filename: each.filename,
      sha256: each.sha256,
      status: each.status,
      outcome: each.outcome?.[locale] ?? null,
      at: each.at.toISOString(),
    })),
  }
}
