import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { noteReading } from '../../actions/oversight/note-reading.ts'
import { attachDocument } from '../../actions/requests/attach-document.ts'
import { releaseDocument } from '../../actions/requests/release-document.ts'
import { postMessage } from '../../actions/requests/post-message.ts'
import { inScope } from '../../db/database.ts'
import type { Place } from '../../db/page.ts'
import { readDocument } from '../../db/requests/case-file.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { fingerprintOf, linesOf } from '../../domain/fulfilment/plan.ts'
import { downloadResponse, maxUploadBytes, readUpload } from '../requests/intake.ts'
import { applicationPdf } from '../requests/application-paper.ts'
import { beginCaseFile, caseFileAnswer, lookAtCaseFile } from '../requests/case-file.ts'
import { dispositionAnswer } from '../requests/disposition-sheet.ts'
import { openCase } from '../requests/open-case.ts'
import { stillOpenTo } from '../authorize.ts'
import { streamWatch } from '../requests/watch.ts'
import { callerOf } from './credentials.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, readPlace } from './paging.ts'
import { ticketParams, voiceOf } from './requests.ts'
import { messageBody, messageView } from './requests-schema.ts'
import { caseAnswerOf, standingAnswerOf } from './requests-view.ts'

/** Documents, messages and live progress of a request. */
export function registerRequestPapers(api: Api): void {
  registerUpload(api)
  registerDownload(api)
  registerRelease(api)
  registerCaseFile(api)
  registerMessages(api)
  registerPlan(api)
  registerEvents(api)
}

const binary = { schema: { type: 'string', format: 'binary' } as const }
const multipart = {
  schema: {
    type: 'object' as const,
    properties: { kind: { type: 'string' as const }, file: binary.schema },
    required: ['file'],
  },
}

function registerUpload(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/documents',
      summary: 'Attach a PDF: the raw file with `kind` and `filename` in the query, or a multipart form',
      request: {
        params: ticketParams,
        query: z.object({ kind: z.string().max(60).optional(), filename: z.string().max(300).optional() }),
        body: { content: { 'application/pdf': binary, 'multipart/form-data': multipart } },
      },
      responses: {
        201: jsonOf('On file.', z.object({ id: z.uuid(), sha256: z.string() })),
      },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      await openCase(api.deps, c.get('member'), c.get('office').timezone, ticket)
      return c.json(await attachDocument(api.deps, c.get('member'), ticket, await readUpload(c)), 201)
    },
    { maxBytes: maxUploadBytes },
  )
}

function registerDownload(api: Api): void {
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/application-letter',
      summary:
        'The application letter with its form, set from what was entered so far, for the applicant to sign',
      request: { params: ticketParams },
      responses: { 200: { description: 'The PDF.', content: { 'application/pdf': binary } } },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      const member = c.get('member')
      const view = await openCase(api.deps, member, c.get('office').timezone, ticket)
      const bytes = await applicationPdf(api.deps, member, view)
      return downloadResponse({ filename: `${view.row.ticket}.pdf`, media_type: 'application/pdf', bytes })
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/disposition-sheet',
      summary:
        'The disposition sheet: from whom to whom the letter went inside the office, with each instruction',
      request: { params: ticketParams },
      responses: { 200: { description: 'The PDF.', content: { 'application/pdf': binary } } },
    },
    async (c) => {
      const member = c.get('member')
      const view = await openCase(api.deps, member, c.get('office').timezone, c.req.valid('param').ticket)
      return dispositionAnswer(api.deps, member, view)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/documents/{document}',
      summary: 'Download a document of the request, a letter included',
      request: {
        params: officeParams({ ticket: z.string().max(60), document: z.string().max(60) }),
      },
      responses: { 200: { description: 'The file.', content: { 'application/pdf': binary } } },
    },
    async (c) => {
      const { ticket, document } = c.req.valid('param')
      const { row } = await openCase(api.deps, c.get('member'), c.get('office').timezone, ticket)
      const found = await inScope(api.deps.db, c.get('member'), (tx) => readDocument(tx, row.id, document))
      if (!found) throw notFound()
      await noteReading(api.deps, c.get('member'), document)
      return downloadResponse(found)
    },
  )
}

function registerRelease(api: Api): void {
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/documents/{document}/release',
      summary:
        'Release a file that the malware scanner holds back, with a reason; heads of division and office only',
      request: {
        params: officeParams({ ticket: z.string().max(60), document: z.string().max(60) }),
        body: jsonOf('Why it is a false alarm.', z.strictObject({ reason: z.string().max(1000) })),
      },
      responses: { 204: { description: 'It can be downloaded.' } },
    },
    async (c) => {
      const { ticket, document } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await releaseDocument(api.deps, c.get('member'), ticket, { document, reason })
      return c.body(null, 204)
    },
  )
}

const caseFileView = z.object({
  id: z.uuid(),
  status: z.enum(['working', 'ready']),
  done: z.int(),
  of: z.int(),
  pages: z.int().optional(),
  sha256: z.string().optional(),
})
const caseFileParams = officeParams({ ticket: z.string().max(60), bundle: z.string().max(60) })

/** Everything of the request in one PDF: begun, looked at until it is ready, fetched. */
function registerCaseFile(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/case-files',
      summary: 'Begin to put together the case file: everything of the request that you see, in one PDF',
      request: { params: ticketParams },
      responses: { 202: jsonOf('Begun; it is kept some minutes for you.', z.object({ id: z.uuid() })) },
    },
    async (c) => {
      const view = await openCase(
        deps,
        c.get('member'),
        c.get('office').timezone,
        c.req.valid('param').ticket,
      )
      return c.json({ id: await beginCaseFile(deps, c.get('member'), view) }, 202)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/case-files/{bundle}',
      summary: 'How far the case file is; answers after a second at the latest',
      request: { params: caseFileParams },
      responses: { 200: jsonOf('How far it is.', caseFileView) },
    },
    async (c) => {
      const { ticket, bundle } = c.req.valid('param')
      const view = await openCase(deps, c.get('member'), c.get('office').timezone, ticket)
      const state = await lookAtCaseFile(deps, c.get('member'), view, bundle)
      const { done, of } = state
      if (state.status !== 'ready') return c.json({ id: bundle, status: 'working' as const, done, of }, 200)
      const { status, pages, sha256 } = state
      return c.json({ id: bundle, status, done, of, pages, sha256 }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/case-files/{bundle}/pdf',
      summary: 'The finished case file; that you took it is noted in the logbook',
      request: { params: caseFileParams },
      responses: { 200: { description: 'The PDF.', content: { 'application/pdf': binary } } },
    },
    async (c) => {
      const { ticket, bundle } = c.req.valid('param')
      const view = await openCase(deps, c.get('member'), c.get('office').timezone, ticket)
      return caseFileAnswer(deps, c.get('member'), view, bundle)
    },
  )
}

function registerMessages(api: Api): void {
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/messages',
      summary: 'Messages inside the case, the oldest first',
      request: { params: ticketParams, query: pageQuery },
      responses: { 200: jsonOf('A page of messages.', pageOf(messageView)) },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      const view = await openCase(api.deps, c.get('member'), c.get('office').timezone, ticket)
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      const { messages } = caseAnswerOf(view, voiceOf(api.deps, c))
      const rows = after ? messages.filter((each) => isBehind(each, after)) : messages
      const page = cutPage(rows, limit, (row) => [row.at, row.id])
      return c.json({ items: [...page.rows], next: page.next }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/requests/{ticket}/messages',
      summary: 'Write a message; the other side is told by mail',
      request: { params: ticketParams, body: { ...jsonOf('The message.', messageBody), required: true } },
      responses: { 201: jsonOf('Sent.', z.object({ id: z.uuid() })) },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      return c.json(await postMessage(api.deps, c.get('member'), ticket, c.req.valid('json').body), 201)
    },
  )
}

const isBehind = (message: { at: string; id: string }, { at, id }: Place): boolean => {
  const place = at.toISOString()
  return message.at > place || (message.at === place && message.id > id)
}

const content = z.object({ ttl: z.int(), values: z.array(z.string()) }).nullable()

const changesOf = ({ dns }: ServicePlan) =>
  (dns?.changes ?? []).map(({ op, name, type, before, after }) => ({
    op,
    name,
    type,
    before: before && { ttl: before.ttl, values: [...before.values] },
    after: after && { ttl: after.ttl, values: [...after.values] },
  }))

function registerPlan(api: Api): void {
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/plan',
      summary: 'What providing the service would change outside, computed now; nothing is changed',
      request: { params: ticketParams },
      responses: {
        200: jsonOf(
          'The plan; `unknown` when a server that had to be asked did not answer.',
          z.object({
            kind: z.enum(['plan', 'none', 'unknown']),
            lines: z.array(z.string()),
            nameInUse: z.boolean(),
            text: z.string().nullable(),
            plan: z.string().nullable().openapi({
              description: 'Fingerprint: a change of records is approved by sending it as `form.plan`.',
            }),
            changes: z
              .array(
                z.object({
                  op: z.string(),
                  name: z.string(),
                  type: z.string(),
                  before: content,
                  after: content,
                }),
              )
              .openapi({ description: 'Record sets, before and after.' }),
            findings: z
              .array(z.object({ kind: z.string(), blocks: z.boolean(), text: z.string() }))
              .openapi({ description: 'What the guards say; a plan with one that blocks does not run.' }),
          }),
        ),
      },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      const { officeId } = c.get('member')
      const { row } = await openCase(api.deps, c.get('member'), c.get('office').timezone, ticket)
      const preview = await api.deps.lookups.previewPlan({ officeId, requestId: row.id })
      const { locale } = c.get('visitor')
      return c.json(
        {
          kind: preview.kind,
          lines: preview.kind === 'plan' ? linesOf(preview.plan).map((line) => line[locale]) : [],
          nameInUse: preview.kind === 'plan' && preview.nameInUse,
          text: preview.kind === 'unknown' ? preview.text[locale] : null,
          plan: preview.kind === 'plan' ? fingerprintOf(preview.plan) : null,
          changes: preview.kind === 'plan' ? changesOf(preview.plan) : [],
          findings:
            preview.kind === 'plan'
              ? preview.findings.map(({ kind, blocks, text }) => ({ kind, blocks, text: text[locale] }))
              : [],
        },
        200,
      )
    },
  )
}

function registerEvents(api: Api): void {
  officeRoute(
    api,
    {
      method: 'get',
      path: '/requests/{ticket}/events',
      summary:
        'Live progress: a `standing` event now and at every change, `ended` when the request has ended',
      request: { params: ticketParams },
      responses: { 200: { description: 'Server-sent events.', content: { 'text/event-stream': binary } } },
    },
    async (c) => {
      const { ticket } = c.req.valid('param')
      const member = c.get('member')
      const { timezone } = c.get('office')
      await openCase(api.deps, member, timezone, ticket)
      const isAllowed = stillOpenTo(c, () => callerOf(api.deps, c))
      return streamWatch(c, api.deps, member, ticket, (stream) => ({
        isAllowed,
        heartbeat: ': still here\n\n',
        onChange: async ({ phase }) => {
          const view = await openCase(api.deps, c.get('member'), timezone, ticket)
          const data = JSON.stringify(standingAnswerOf(view, voiceOf(api.deps, c)))
          await stream.writeSSE({ event: 'standing', data })
          if (phase === 'ended') await stream.writeSSE({ event: 'ended', data })
          return phase !== 'ended'
        },
      }))
    },
  )
}
