import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createDraft, saveDraft } from '../../actions/requests/save-draft.ts'
import { inScope } from '../../db/database.ts'
import { cursorOf, listRequests } from '../../db/requests/lists.ts'
import { subjects } from '../../domain/sop/kinds.ts'
import { isDesk, filterOf, views } from '../requests/lists.ts'
import { openCase } from '../requests/open-case.ts'
import { readOptions } from '../requests/options.ts'
import { readContacts } from '../contacts.ts'
import type { HttpDeps } from '../deps.ts'
import type { PortalEnv } from '../visitor.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, readCursor } from './paging.ts'
import { applicationBody, caseAnswer, draftBody, listedRequest, standingAnswer } from './requests-schema.ts'
import type { Voice } from './requests-view.ts'
import { caseAnswerOf, listedAnswerOf, standingAnswerOf } from './requests-view.ts'
import { orderOf, requestSheet } from '../sheets/desk.ts'

export const ticketParams = officeParams({
  ticket: z.string().max(60).openapi({ description: 'Number of the request, e.g. KUKAR-2026-7F3K9QXA.' }),
})

export const voiceOf = (deps: HttpDeps, c: Context<PortalEnv>): Voice => ({
  locale: c.get('visitor').locale,
  office: c.get('office').slug,
  now: deps.now(),
})

/** @returns where the request stands now, as the answer to every act */
export async function standingNow(deps: HttpDeps, c: Context<PortalEnv>, ticket: string) {
  const view = await openCase(deps, c.get('member'), c.get('office').timezone, ticket)
  return standingAnswerOf(view, voiceOf(deps, c))
}

/** Starting, saving, listing and reading requests. */
export function registerRequests(api: Api): void {
  registerOptions(api)
  registerLists(api)
  registerContacts(api)
  registerDrafts(api)
}

const optionsAnswer = z
  .object({
    kinds: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        fulfilment: z.string(),
        about: z.enum(subjects).openapi({ description: 'What an application of this kind names.' }),
        temporary: z.boolean().openapi({ description: 'Whether `endsOn` must be given.' }),
        sop: z.object({ id: z.string(), slug: z.string(), version: z.int(), name: z.string() }),
        fields: z.array(z.record(z.string(), z.unknown())),
      }),
    ),
    zones: z.array(z.object({ id: z.uuid(), name: z.string() })),
    agencies: z.array(z.object({ id: z.uuid(), name: z.string() })),
    services: z.array(z.object({ id: z.uuid(), name: z.string(), agencyId: z.uuid(), hasSite: z.boolean() })),
  })
  .openapi('RequestOptions')

function registerOptions(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/request-options',
      summary: 'What can be applied for, under which names and for whom',
      request: {
        params: officeParams({}),
        query: z.object({ counter: z.enum(['true', 'false']).default('false') }),
      },
      responses: { 200: jsonOf('The choices.', optionsAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const atCounter = c.req.valid('query').counter === 'true' && isDesk(member)
      const options = await readOptions(deps, member, atCounter)
      const { locale } = c.get('visitor')
      return c.json(
        {
          kinds: options.kinds.map(({ id, label, fulfilment, about, temporary, sop, form }) => ({
            id,
            label: label[locale],
            fulfilment,
            about,
            temporary,
            sop: { id: sop.id, slug: sop.slug, version: sop.version, name: sop.document.identity.name },
            fields: form.map((field) => ({ ...field })),
          })),
          zones: [...options.zones],
          agencies: [...options.agencies],
          services: options.services.map((each) => ({
            id: each.id,
            name: each.fqdn,
            agencyId: each.agency_id,
            hasSite: each.has_site,
          })),
        },
        200,
      )
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/name-check',
      summary: 'Whether a name could be applied for',
      request: {
        params: officeParams({}),
        query: z.object({
          zone: z.string().max(255).openapi({ description: 'Id or name of the parent domain.' }),
          label: z.string().max(2000),
          ticket: z.string().max(60).optional(),
        }),
      },
      responses: {
        200: jsonOf(
          'The answer; `unknown` when the name server could not be asked.',
          z
            .object({
              verdict: z.enum(['free', 'invalid', 'taken', 'in-zone', 'unknown']),
              reason: z.string().nullable(),
              name: z.string().nullable(),
              text: z.string(),
            })
            .openapi('NameAnswer'),
        ),
      },
    },
    async (c) => {
      const { officeId } = c.get('member')
      const answer = await deps.lookups.checkName({ officeId, ...c.req.valid('query') })
      const { verdict, reason, fqdn, text } = answer
      return c.json({ verdict, reason, name: fqdn, text: text[c.get('visitor').locale] }, 200)
    },
  )
}

function registerLists(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests',
      summary: 'Requests: mine and open by the time left, all others the newest first',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({
          view: z.enum(views).default('all'),
          search: z.string().max(200).optional(),
        }),
      },
      responses: { 200: jsonOf('One page.', pageOf(listedRequest)) },
    },
    async (c) => {
      const { view, limit, cursor, search } = c.req.valid('query')
      const member = c.get('member')
      const after = readCursor(cursor, 2) as [string, string] | undefined
      const rows = await inScope(deps.db, member, async (tx) =>
        listRequests(tx, {
          ...(await filterOf(tx, member, view)),
          order: orderOf(view),
          search,
          limit,
          after,
        }),
      )
      const page = cutPage(rows, limit, cursorOf)
      const zone = c.get('office').timezone
      const items = page.rows.map((row) => listedAnswerOf(row, zone, voiceOf(deps, c)))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader, c) => requestSheet(reader, c.req.valid('query')) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}',
      summary: 'A request with its SOP, history, papers and what may be done now',
      request: { params: ticketParams },
      responses: { 200: jsonOf('The request.', caseAnswer) },
    },
    async (c) => {
      const view = await openCase(
        deps,
        c.get('member'),
        c.get('office').timezone,
        c.req.valid('param').ticket,
      )
      return c.json(caseAnswerOf(view, voiceOf(deps, c)), 200)
    },
  )
}

/** How somebody is reached, as the applicant wrote it: a contact of a draft may be unfinished. */
const contactsAnswer = z
  .object({
    administrative: z.record(z.string(), z.string()).nullable(),
    technical: z.record(z.string(), z.string()).nullable(),
    former: z.array(z.object({ name: z.string(), email: z.string(), objection: z.string().nullable() })),
  })
  .openapi('Contacts', { description: 'The contacts; those of before, where a service is taken over.' })

function registerContacts(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/contacts',
      summary: 'How the contacts of a request are reached; that you asked is recorded in the logbook',
      request: { params: ticketParams },
      responses: { 200: jsonOf('The contacts.', contactsAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const { ticket } = c.req.valid('param')
      const { row, takeover, contacts } = await openCase(deps, member, c.get('office').timezone, ticket)
      await readContacts(deps, member, contacts)
      const { administrative = null, technical = null } = row.form
      const former = (takeover?.warned ?? []).map(({ name, email, objection }) => ({
        name,
        email,
        objection,
      }))
      return c.json({ administrative, technical, former }, 200)
    },
  )
}

function registerDrafts(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests',
      summary: 'Start a request as a draft',
      request: { params: officeParams({}), body: { ...jsonOf('The draft.', draftBody), required: true } },
      responses: { 201: jsonOf('The draft was started.', standingAnswer) },
    },
    async (c) => {
      const { ticket } = await createDraft(deps, c.get('member'), c.req.valid('json'))
      return c.json(await standingNow(deps, c, ticket), 201)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/requests/{ticket}/application',
      summary: 'Save what was entered so far',
      request: {
        params: ticketParams,
        body: { ...jsonOf('The application.', applicationBody), required: true },
      },
      responses: { 200: jsonOf('Saved.', standingAnswer) },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      await saveDraft(deps, c.get('member'), ticket, c.req.valid('json'))
      return c.json(await standingNow(deps, c, ticket), 200)
    },
  )
}
