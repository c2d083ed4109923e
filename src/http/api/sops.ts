import { z } from '@hono/zod-openapi'
import { mapActors } from '../../actions/sops/map-actors.ts'
import { publishSop } from '../../actions/sops/publish-sop.ts'
import { retireSop } from '../../actions/sops/retire-sop.ts'
import { maxSopBytes, saveSop } from '../../actions/sops/save-sop.ts'
import { inScope } from '../../db/database.ts'
import type { SopRow } from '../../db/sops-admin.ts'
import { listAllSops, readSop } from '../../db/sops-admin.ts'
import type { Locale } from '../../domain/refused.ts'
import { sopDocument } from '../../domain/sop/document.ts'
import type { Finding } from '../../domain/sop/finding.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import { sopBpmn, sopPdf } from '../sops/files.ts'
import { adoptSop, notAdopted, shippedSop } from '../sops/shipped.ts'
import { reviewSop, versionOf } from '../sops/review.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, readCursor } from './paging.ts'
import { sopSheet } from '../sheets/office.ts'

const sopAnswer = z
  .object({ id: z.string(), name: z.string(), version: z.int().nullable(), retired: z.boolean() })
  .openapi('Sop')

const findingAnswer = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    path: z.string(),
    line: z.int().nullable(),
    text: z.string(),
  })
  .openapi('SopFinding')

const savedAnswer = z
  .object({ id: z.string(), version: z.int(), warnings: z.array(findingAnswer) })
  .openapi('SavedSop')

const reviewAnswer = z
  .object({
    id: z.string(),
    version: z.int(),
    status: z.enum(['draft', 'published']),
    document: sopDocument,
    findings: z.array(findingAnswer),
    changes: z.array(z.object({ path: z.string(), kind: z.string(), text: z.string() })).nullable(),
    replayed: z.int(),
    differs: z.array(z.object({ request: z.string(), at: z.int(), text: z.string() })),
  })
  .openapi('SopReview')

const sopParams = officeParams({ sop: z.string().max(60) })
const versionParams = officeParams({ sop: z.string().max(60), version: z.string().max(6) })

/** SOPs over the API. */
export function registerSopsApi(api: Api): void {
  registerReading(api)
  registerShipped(api)
  registerFiles(api)
  registerDrafts(api)
  registerChanges(api)
}

function registerReading(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/sops',
      summary: 'The SOPs of the office',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('A page of SOPs.', pageOf(sopAnswer)) },
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor, 2)
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listAllSops(tx, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => [row.name, row.slug])
      return c.json({ items: page.rows.map(sopOf), next: page.next }, 200)
    },
    { sheet: (reader) => sopSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/sops/{sop}/versions/{version}',
      summary: 'One version: document, findings, changes, and closed requests replayed on a draft',
      request: { params: versionParams },
      responses: { 200: jsonOf('The version.', reviewAnswer) },
    },
    async (c) => {
      const { sop, version } = c.req.valid('param')
      const review = await reviewSop(deps, c.get('member'), sop, versionOf(version))
      const { locale } = c.get('visitor')
      const { file } = review
      return c.json(
        {
          id: review.sop.slug,
          version: file.version,
          status: file.status,
          document: file.document,
          findings: review.findings.map((each) => findingOf(each, locale)),
          changes:
            review.changes?.map(({ path, kind, text }) => ({ path, kind, text: text[locale] })) ?? null,
          replayed: review.replayed,
          differs: review.differs.map(({ ticket, at, text }) => ({
            request: ticket,
            at,
            text: text[locale],
          })),
        },
        200,
      )
    },
  )
}

const shippedAnswer = z
  .object({ id: z.string(), name: z.string(), kinds: z.array(z.string()) })
  .openapi('ShippedSop')

/** SOPs that come with the program: what the office does not have yet, one to look at, and taking it over. */
function registerShipped(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/shipped-sops',
      summary: 'SOPs that come with the program and that the office does not have',
      request: { params: officeParams({}) },
      responses: { 200: jsonOf('The SOPs.', z.array(shippedAnswer)) },
    },
    async (c) => {
      const { locale } = c.get('visitor')
      const files = await notAdopted(deps, c.get('member'))
      const answer = files.map(({ document }) => ({
        id: document.id,
        name: document.identity.name,
        kinds: kindsOf(document).map(({ label }) => label[locale]),
      }))
      return c.json(answer, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/shipped-sops/{sop}',
      summary: 'One of them as it would be taken over',
      request: { params: sopParams },
      responses: {
        200: jsonOf('The document and its file.', z.object({ document: sopDocument, source: z.string() })),
      },
    },
    async (c) => {
      const { document, source } = await shippedSop(deps, c.req.valid('param').sop)
      return c.json({ document, source }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/shipped-sops/{sop}',
      summary: 'Take it over as a draft of the office; it is published as every other one',
      request: { params: sopParams },
      responses: { 201: jsonOf('The draft.', savedAnswer) },
    },
    async (c) => {
      const saved = await adoptSop(deps, c.get('member'), c.req.valid('param').sop)
      const { locale } = c.get('visitor')
      const warnings = saved.warnings.map((each) => findingOf(each, locale))
      return c.json({ id: saved.slug, version: saved.version, warnings }, 201)
    },
  )
}

function registerFiles(api: Api): void {
  const { deps } = api
  const file = (description: string, mediaType: string) => ({
    200: { description, content: { [mediaType]: { schema: z.string().openapi({ format: 'binary' }) } } },
  })
  officeRoute(
    api,
    {
      method: 'get',
      path: '/sops/{sop}/versions/{version}/pdf',
      summary: 'One version printed in the format of PermenPANRB 35/2012',
      request: { params: versionParams, query: z.object({ paper: z.enum(['a4', 'f4']).default('a4') }) },
      responses: file('The PDF.', 'application/pdf'),
    },
    (c) => {
      const { sop, version } = c.req.valid('param')
      return sopPdf(deps, c.get('member'), { slug: sop, version }, c.req.valid('query').paper)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/sops/{sop}/versions/{version}/bpmn',
      summary: 'One version as a BPMN 2.0 process',
      request: { params: versionParams },
      responses: file('The process with its diagram.', 'application/xml'),
    },
    (c) => {
      const { sop, version } = c.req.valid('param')
      return sopBpmn(deps, c.get('member'), { slug: sop, version })
    },
  )
}

function registerDrafts(api: Api): void {
  const { deps } = api
  const body = {
    required: true,
    content: { 'application/yaml': { schema: z.string().openapi({ description: 'The SOP file.' }) } },
  }
  officeRoute(
    api,
    {
      method: 'post',
      path: '/sops',
      summary: 'Store an SOP file as a draft: of a new SOP, or the next version of the one with its id',
      request: { params: officeParams({}), body },
      responses: { 201: jsonOf('The draft.', savedAnswer) },
    },
    async (c) => {
      const source = new Uint8Array(await c.req.arrayBuffer())
      const saved = await saveSop(deps, c.get('member'), { source })
      const { locale } = c.get('visitor')
      const warnings = saved.warnings.map((each) => findingOf(each, locale))
      return c.json({ id: saved.slug, version: saved.version, warnings }, 201)
    },
    { maxBytes: maxSopBytes },
  )
}

function registerChanges(api: Api): void {
  const { deps } = api
  const now = async (member: Parameters<typeof publishSop>[1], slug: string) =>
    sopOf((await inScope(deps.db, member, (tx) => readSop(tx, slug)))!)
  officeRoute(
    api,
    {
      method: 'post',
      path: '/sops/{sop}/versions/{version}/publish',
      summary: 'Put a draft into force; running requests keep their version',
      request: { params: versionParams },
      responses: { 200: jsonOf('The SOP.', sopAnswer) },
    },
    async (c) => {
      const { sop, version } = c.req.valid('param')
      await publishSop(deps, c.get('member'), sop, versionOf(version))
      return c.json(await now(c.get('member'), sop), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/sops/{sop}/actors',
      summary: 'Say who acts in each column; a column without persons falls to its preset role',
      request: {
        params: sopParams,
        body: {
          required: true,
          content: {
            'application/json': {
              schema: z.record(z.string().max(60), z.array(z.string().max(100)).max(200)),
            },
          },
        },
      },
      responses: { 200: jsonOf('The SOP.', sopAnswer) },
    },
    async (c) => {
      const { sop } = c.req.valid('param')
      await mapActors(deps, c.get('member'), sop, c.req.valid('json'))
      return c.json(await now(c.get('member'), sop), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/sops/{sop}/retired',
      summary: 'Retire an SOP, or bring it back',
      request: {
        params: sopParams,
        body: {
          required: true,
          content: { 'application/json': { schema: z.strictObject({ retired: z.boolean() }) } },
        },
      },
      responses: { 200: jsonOf('The SOP.', sopAnswer) },
    },
    async (c) => {
      const { sop } = c.req.valid('param')
      await retireSop(deps, c.get('member'), sop, c.req.valid('json').retired)
      return c.json(await now(c.get('member'), sop), 200)
    },
  )
}

const sopOf = (row: SopRow): z.infer<typeof sopAnswer> => ({
  id: row.slug,
  name: row.name,
  version: row.currentVersion,
  retired: row.retiredAt !== null,
})

const findingOf = (
  { severity, code, path, line, text }: Finding,
  locale: Locale,
): z.infer<typeof findingAnswer> => ({ severity, code, path, line, text: text[locale] })
