import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { importRegistry, previewImport } from '../../actions/registry/import-registry.ts'
import { agencyInput, saveAgency } from '../../actions/registry/save-agency.ts'
import { inScope } from '../../db/database.ts'
import type { AgencyRow } from '../../db/registry/agencies.ts'
import { listAgencies, readAgency } from '../../db/registry/agencies.ts'
import { importKinds, maxImportBytes } from '../../domain/registry/import-rows.ts'
import { invitationLinks } from '../links.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, readCursor } from './paging.ts'
import { agencySheet } from '../sheets/office.ts'

const agencyAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    shortName: z.string().nullable(),
    address: z.string().nullable(),
    email: z.string().nullable(),
    headPost: z.string().nullable(),
    archived: z.boolean(),
    services: z.int(),
  })
  .openapi('Agency')

const agencyBody = agencyInput.extend({ archived: z.boolean().default(false) })
const body = { required: true, content: { 'application/json': { schema: agencyBody } } }
const agencyParams = officeParams({ agency: z.uuid() })

/** Agencies and imports over the API. */
export function registerRegistryApi(api: Api): void {
  registerAgencies(api)
  registerImports(api)
}

function registerAgencies(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/agencies',
      summary: 'Agencies by name',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('A page of agencies.', pageOf(agencyAnswer)) },
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor, 1)?.[0]
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listAgencies(tx, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => [row.name])
      return c.json({ items: page.rows.map(answerOf), next: page.next }, 200)
    },
    { sheet: (reader) => agencySheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/agencies',
      summary: 'Add an agency',
      request: { params: officeParams({}), body },
      responses: { 201: jsonOf('The agency.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await saveAgency(deps, c.get('member'), c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/agencies/{agency}',
      summary: 'Replace what is known of an agency',
      request: { params: agencyParams, body },
      responses: { 200: jsonOf('The agency.', agencyAnswer) },
    },
    async (c) => {
      const { agency: id } = c.req.valid('param')
      await saveAgency(deps, c.get('member'), c.req.valid('json'), id)
      const agency = await inScope(deps.db, c.get('member'), (tx) => readAgency(tx, id))
      if (!agency) throw notFound()
      return c.json(answerOf(agency), 200)
    },
  )
}

function registerImports(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/imports/{kind}',
      summary: 'Take in a CSV of agencies, people to invite or existing services: all rows or none',
      request: {
        params: officeParams({ kind: z.enum(importKinds) }),
        query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        body: { required: true, content: { 'text/csv': { schema: z.string() } } },
      },
      responses: {
        200: jsonOf('What went in, or would.', z.object({ added: z.int(), known: z.int() })),
      },
    },
    async (c) => {
      const { kind } = c.req.valid('param')
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const options = { kind, bytes, linkOf: invitationLinks(deps) }
      const run = c.req.valid('query').dryRun === 'true' ? previewImport : importRegistry
      return c.json(await run(deps, c.get('member'), options), 200)
    },
    { maxBytes: maxImportBytes },
  )
}

const answerOf = (row: AgencyRow): z.infer<typeof agencyAnswer> => ({
  id: row.id,
  name: row.name,
  shortName: row.shortName,
  address: row.address,
  email: row.email,
  headPost: row.headPost,
  archived: row.archivedAt !== null,
  services: row.services,
})
