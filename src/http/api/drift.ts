import { z } from '@hono/zod-openapi'
import { adoptFinding, findingDeciders, revertFinding } from '../../actions/zones/decide-finding.ts'
import { comparers, requestComparison } from '../../actions/zones/request-comparison.ts'
import { inScope } from '../../db/database.ts'
import type { Finding } from '../../db/office/zone-findings.ts'
import { listComparisons, listFindings, unsettled } from '../../db/office/zone-findings.ts'
import { findingStatuses } from '../../domain/dns/drift.ts'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import { findingReaders } from '../pages/office/differences.tsx'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from './paging.ts'

const text = z.object({ id: z.string(), en: z.string() })
const content = z.object({ ttl: z.int(), values: z.array(z.string()) }).nullable()
const findingAnswer = z
  .object({
    id: z.uuid(),
    zone: z.string(),
    name: z.string(),
    type: z.string(),
    kind: z.enum(['missing', 'unexpected', 'differs']),
    live: content,
    registered: content,
    status: z.enum(findingStatuses),
    trouble: text.nullable(),
    reason: z.string().nullable(),
    foundAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
  })
  .openapi('ZoneFinding', { description: 'A record set of a zone that is not what the registry says.' })

const comparisonAnswer = z.object({
  zone: z.string(),
  comparedAt: z.iso.datetime().nullable().openapi({ description: 'When the name server answered last.' }),
  triedAt: z.iso.datetime().nullable(),
  trouble: text.nullable().openapi({ description: 'Why it is unknown how the zone stands.' }),
})

const body = {
  required: true,
  content: { 'application/json': { schema: z.strictObject({ reason: z.string().max(2000) }) } },
}
const oneFinding = officeParams({ finding: z.uuid() })

/** Differences between name servers and the registry over the API. */
export function registerDriftApi(api: Api): void {
  registerLooking(api)
  registerDeciding(api)
}

function registerLooking(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    findingReaders,
    {
      method: 'get',
      path: '/zone-findings',
      summary: 'Where name servers say something else than the registry',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({
          zone: z.string().max(253).optional(),
          status: z.enum(findingStatuses).optional(),
        }),
      },
      responses: {
        200: jsonOf('The newest first; without a status those not settled.', pageOf(findingAnswer)),
      },
    },
    async (c) => {
      const { limit, cursor, zone, status } = c.req.valid('query')
      const filter = { statuses: status ? [status] : unsettled, ...(zone && { zone }) }
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listFindings(tx, filter, { limit: limit + 1, after: readPlace(cursor) }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.found_at, row.id))
      return c.json({ items: page.rows.map(answerOf), next: page.next }, 200)
    },
  )
  officeRoute(
    api,
    findingReaders,
    {
      method: 'get',
      path: '/zone-comparisons',
      summary: 'When each parent domain was compared with the registry',
      request: { params: officeParams({}) },
      responses: { 200: jsonOf('By name.', z.object({ items: z.array(comparisonAnswer) })) },
    },
    async (c) => {
      const rows = await inScope(deps.db, c.get('member'), (tx) => listComparisons(tx))
      const items = rows.map((row) => ({
        zone: row.name,
        comparedAt: row.compared_at?.toISOString() ?? null,
        triedAt: row.compare_tried_at?.toISOString() ?? null,
        trouble: row.compare_trouble,
      }))
      return c.json({ items }, 200)
    },
  )
  officeRoute(
    api,
    comparers,
    {
      method: 'post',
      path: '/zones/{zone}/comparison',
      summary: 'Compare a parent domain with the registry now',
      request: { params: officeParams({ zone: z.string() }) },
      responses: { 202: jsonOf('It is being compared.', z.object({ asked: z.boolean() })) },
    },
    async (c) => {
      await requestComparison(deps, c.get('member'), c.req.valid('param').zone)
      return c.json({ asked: true }, 202)
    },
  )
}

function registerDeciding(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    findingDeciders,
    {
      method: 'post',
      path: '/zone-findings/{finding}/adopt',
      summary: 'The registry takes what the zone has',
      request: { params: oneFinding, body },
      responses: { 200: jsonOf('Adopted.', z.object({ adopted: z.boolean() })) },
    },
    async (c) => {
      await adoptFinding(deps, c.get('member'), c.req.valid('param').finding, c.req.valid('json').reason)
      return c.json({ adopted: true }, 200)
    },
  )
  officeRoute(
    api,
    findingDeciders,
    {
      method: 'post',
      path: '/zone-findings/{finding}/revert',
      summary: 'Put the zone back to what is registered',
      request: { params: oneFinding, body },
      responses: { 202: jsonOf('It is being put back.', z.object({ reverting: z.boolean() })) },
    },
    async (c) => {
      await revertFinding(deps, c.get('member'), c.req.valid('param').finding, c.req.valid('json').reason)
      return c.json({ reverting: true }, 202)
    },
  )
}

const contentOf = (set: RrsetContent | null) => set && { ttl: set.ttl, values: [...set.values] }

const answerOf = (row: Finding): z.infer<typeof findingAnswer> => ({
  id: row.id,
  zone: row.zone,
  name: row.name,
  type: row.type,
  kind: row.kind,
  live: contentOf(row.live),
  registered: contentOf(row.registered),
  status: row.status,
  trouble: row.trouble,
  reason: row.reason,
  foundAt: row.found_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
})
