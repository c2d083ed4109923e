import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { maxZoneFileBytes, requestTakeOver } from '../../actions/zones/request-take-over.ts'
import { inScope } from '../../db/database.ts'
import { lastImport } from '../../db/office/zone-imports.ts'
import { listZoneRecords } from '../../db/office/zone-records.ts'
import { findZone } from '../../db/office/zones.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, readCursor } from './paging.ts'
import { unownedSheet } from '../sheets/zones.ts'

const text = z.object({ id: z.string(), en: z.string() })
const recordAnswer = z.object({
  name: z.string(),
  type: z.string(),
  ttl: z.int(),
  values: z.array(z.string()),
})
const takeOverAnswer = z
  .object({
    source: z.enum(['transfer', 'file']),
    status: z.enum(['running', 'done', 'failed']),
    done: z.int(),
    total: z.int().nullable(),
    added: z.int().nullable(),
    trouble: text.nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .openapi('TakeOver', { description: 'How far the record sets of a zone have come into the registry.' })
const params = officeParams({ zone: z.string() })

/** Take-over of existing zones over the API. */
export function registerTakeOverApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/zones/{zone}/take-over',
      summary: 'Bring what a parent domain has into the registry: by transfer, or from the zone file sent',
      request: { params, body: { required: false, content: { 'text/dns': { schema: z.string() } } } },
      responses: { 202: jsonOf('It is under way.', z.object({ id: z.uuid() })) },
    },
    async (c) => {
      const bytes = Buffer.from(await c.req.arrayBuffer())
      const file = c.req.header('content-type')?.startsWith('text/dns') ? bytes : null
      return c.json(await requestTakeOver(deps, c.get('member'), c.req.valid('param').zone, file), 202)
    },
    { maxBytes: maxZoneFileBytes },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/zones/{zone}/take-over',
      summary: 'How the last take-over of a parent domain stands',
      request: { params },
      responses: { 200: jsonOf('The last one.', takeOverAnswer) },
    },
    async (c) => {
      const last = await inScope(deps.db, c.get('member'), async (tx) => {
        const zone = await findZone(tx, c.req.valid('param').zone)
        return zone && lastImport(tx, zone.id)
      })
      if (!last) throw notFound()
      const { source, status, done, total, added, trouble } = last
      const times = {
        startedAt: last.created_at.toISOString(),
        endedAt: last.ended_at?.toISOString() ?? null,
      }
      return c.json({ source, status, done, total, added, trouble, ...times }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/zones/{zone}/records',
      summary: 'Record sets of a parent domain that belong to no service',
      request: { params, query: pageQuery },
      responses: { 200: jsonOf('By name and type.', pageOf(recordAnswer)) },
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor, 2)
      const rows = await inScope(deps.db, c.get('member'), async (tx) => {
        const zone = await findZone(tx, c.req.valid('param').zone)
        return zone && listZoneRecords(tx, zone.id, { limit: limit + 1, ...(after && { after }) })
      })
      if (!rows) throw notFound()
      const page = cutPage(rows, limit, (row) => [row.name, row.type])
      return c.json(
        { items: page.rows.map((row) => ({ ...row, values: [...row.values] })), next: page.next },
        200,
      )
    },
    { sheet: (reader, c) => unownedSheet(reader, c.req.valid('param').zone) },
  )
}
