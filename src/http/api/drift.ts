import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { confirmFinding } from '../../actions/zones/confirm-finding.ts'
import { proposeFinding } from '../../actions/zones/propose-finding.ts'
import { turnDownFinding } from '../../actions/zones/turn-down-finding.ts'
import { requestComparison } from '../../actions/zones/request-comparison.ts'
import { inScope } from '../../db/database.ts'
import type { Finding } from '../../db/office/zone-findings.ts'
import {
  listComparisons,
  listFindings,
  readFinding,
  revertImpact,
  unsettled,
} from '../../db/office/zone-findings.ts'
import type { FindingStatus } from '../../domain/dns/drift.ts'
import { findingProposals, findingStatuses } from '../../domain/dns/drift.ts'
import type { RrsetContent } from '../../domain/dns/plan.ts'
import { isUnsafe } from '../../domain/dns/plan-guard.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from './paging.ts'
import { comparisonSheet, findingSheet } from '../sheets/zones.ts'

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
    proposal: z.enum(findingProposals).nullable().openapi({
      description: 'What was proposed and, while the status is `open`, waits for a second person.',
    }),
    proposedAt: z.iso.datetime().nullable(),
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

const reason = z.string().max(2000)
const proposal = z.enum(findingProposals)
const bodyOf = <Shape extends z.ZodType>(schema: Shape) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const impactAnswer = z.object({
  touched: z.int().openapi({ description: 'Record sets that this revert and those of the last day change.' }),
  total: z.int().openapi({ description: 'Record sets of the zone when it was compared last.' }),
  unsafe: z.boolean().openapi({ description: 'Whether a confirmation must name `touched`.' }),
})
const oneFinding = officeParams({ finding: z.uuid() })

/** Differences between name servers and the registry over the API. */
export function registerDriftApi(api: Api): void {
  registerLooking(api)
  registerDeciding(api)
}

type Asked = { readonly zone?: string | undefined; readonly status?: FindingStatus | undefined }

const filterOf = ({ zone, status }: Asked) => ({
  statuses: status ? [status] : unsettled,
  ...(zone && { zone }),
})

function registerLooking(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
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
      const { limit, cursor, ...asked } = c.req.valid('query')
      const filter = filterOf(asked)
      const rows = await inScope(deps.db, c.get('member'), (tx) =>
        listFindings(tx, filter, { limit: limit + 1, after: readPlace(cursor) }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.found_at, row.id))
      return c.json({ items: page.rows.map(answerOf), next: page.next }, 200)
    },
    { sheet: (reader, c) => findingSheet(reader, filterOf(c.req.valid('query'))) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/zone-findings/{finding}/impact',
      summary: 'How much of the zone a revert of a difference would touch',
      request: { params: oneFinding },
      responses: { 200: jsonOf('As of now.', impactAnswer) },
    },
    async (c) => {
      const impact = await inScope(deps.db, c.get('member'), async (tx) => {
        const finding = await readFinding(tx, c.req.valid('param').finding)
        if (!finding) throw notFound()
        return revertImpact(tx, finding, deps.now())
      })
      return c.json({ ...impact, unsafe: isUnsafe(impact) }, 200)
    },
  )
  officeRoute(
    api,
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
    { sheet: (reader) => comparisonSheet(reader) },
  )
  officeRoute(
    api,
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
    {
      method: 'post',
      path: '/zone-findings/{finding}/proposal',
      summary: 'Propose what becomes of a difference: the registry follows, or the zone is put back',
      request: { params: oneFinding, body: bodyOf(z.strictObject({ proposal, reason })) },
      responses: { 202: jsonOf('It waits for a second person.', z.object({ proposed: z.boolean() })) },
    },
    async (c) => {
      await proposeFinding(deps, c.get('member'), c.req.valid('param').finding, c.req.valid('json'))
      return c.json({ proposed: true }, 202)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/zone-findings/{finding}/confirmation',
      summary: 'Confirm, as the second person, what was proposed for a difference',
      request: {
        params: oneFinding,
        body: bodyOf(z.strictObject({ proposal, touched: z.int().min(0).optional() })),
      },
      responses: {
        202: jsonOf('Adopted at once, or being put back.', z.object({ confirmed: z.boolean() })),
      },
    },
    async (c) => {
      await confirmFinding(deps, c.get('member'), c.req.valid('param').finding, c.req.valid('json'))
      return c.json({ confirmed: true }, 202)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/zone-findings/{finding}/refusal',
      summary: 'Turn down what was proposed for a difference, or take it back',
      request: { params: oneFinding, body: bodyOf(z.strictObject({ reason })) },
      responses: { 200: jsonOf('Turned down.', z.object({ turnedDown: z.boolean() })) },
    },
    async (c) => {
      await turnDownFinding(deps, c.get('member'), c.req.valid('param').finding, c.req.valid('json').reason)
      return c.json({ turnedDown: true }, 200)
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
  proposal: row.proposal,
  proposedAt: row.proposed_at?.toISOString() ?? null,
  foundAt: row.found_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
})
