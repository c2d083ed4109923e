import { z } from '@hono/zod-openapi'
import {
  approvalInput,
  approveDisposal,
  dropDisposal,
  dropInput,
  keepInput,
  keepRecord,
} from '../../../actions/archive/decide-disposal.ts'
import { destroyRecords, destructionInput } from '../../../actions/archive/destroy-records.ts'
import { proposalInput, proposeDisposal } from '../../../actions/archive/propose-disposal.ts'
import { reissueRecord } from '../../../actions/archive/reissue-record.ts'
import type { Disposal } from '../../../db/archive/disposals.ts'
import { listDisposals } from '../../../db/archive/disposals.ts'
import { inScope } from '../../../db/database.ts'
import { fates, paperKinds } from '../../../domain/archive/schedule.ts'
import { openDisposal } from '../../archive/disposal.ts'
import { disposalSheet } from '../../sheets/archive.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from '../paging.ts'

const moment = z.iso.datetime().nullable()
const disposalAnswer = z
  .object({
    id: z.uuid(),
    status: z.enum(['proposed', 'approved', 'destroyed', 'dropped']),
    proposer: z.string(),
    proposedAt: z.iso.datetime(),
    approver: z.string().nullable(),
    approvedAt: moment,
    consent: z.string().nullable(),
    consentDate: z.iso.date().nullable(),
    destroyedAt: moment,
    droppedAt: moment,
    dropReason: z.string().nullable(),
    letter: z.uuid().nullable(),
    record: z.string().nullable().openapi({ description: 'Number of the record of destruction.' }),
    count: z.int(),
  })
  .openapi('Disposal', { description: 'A proposal that records are destroyed.' })
const itemAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(paperKinds),
  code: z.string(),
  class: z.string(),
  fate: z.enum(fates),
  filedOn: z.iso.date(),
  dueOn: z.iso.date(),
  sha256: z.string(),
  state: z.enum(['proposed', 'kept', 'destroyed', 'dropped']),
  keptReason: z.string().nullable(),
})

const answerOf = (row: Disposal): z.infer<typeof disposalAnswer> => ({
  id: row.id,
  status: row.status,
  proposer: row.proposer,
  proposedAt: row.proposedAt.toISOString(),
  approver: row.approver,
  approvedAt: row.approvedAt?.toISOString() ?? null,
  consent: row.consent,
  consentDate: row.consentDate,
  destroyedAt: row.destroyedAt?.toISOString() ?? null,
  droppedAt: row.droppedAt?.toISOString() ?? null,
  dropReason: row.dropReason,
  letter: row.letterId,
  record: row.letterNumber,
  count: row.count,
})

const params = officeParams({ disposal: z.uuid() })
const done = jsonOf('Done.', z.object({ status: z.string() }))

/** Proposals of destruction over the API. */
export function registerDisposalsApi(api: Api): void {
  registerReading(api)
  registerDeciding(api)
  registerDestroying(api)
}

function registerReading(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/disposals',
      summary: 'Proposals of destruction, newest first',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('A page of proposals.', pageOf(disposalAnswer)) },
    },
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      const rows = await inScope(deps.db, c.var.member, (tx) =>
        listDisposals(tx, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.proposedAt, row.id))
      return c.json({ items: page.rows.map(answerOf), next: page.next }, 200)
    },
    { sheet: (reader) => disposalSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/disposals/{disposal}',
      summary: 'One proposal with what it names',
      request: { params },
      responses: {
        200: jsonOf('The proposal.', disposalAnswer.extend({ records: z.array(itemAnswer) })),
      },
    },
    async (c) => {
      const { disposal, items } = await openDisposal(deps.db, c.var.member, c.req.valid('param').disposal)
      const records = items.map((item) => ({
        id: item.document_id,
        name: item.name,
        kind: item.paper,
        code: item.code,
        class: item.title,
        fate: item.fate,
        filedOn: item.filed_on,
        dueOn: item.due_on,
        sha256: item.sha256,
        state: item.state,
        keptReason: item.kept_reason,
      }))
      return c.json({ ...answerOf(disposal), records }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals',
      summary: 'Propose that what is due is destroyed; another person approves it',
      request: { params: officeParams({}), body: jsonOf('What goes in.', proposalInput) },
      responses: { 201: jsonOf('Proposed.', z.object({ id: z.uuid(), count: z.int() })) },
    },
    async (c) => c.json(await proposeDisposal(deps, c.var.member, c.req.valid('json')), 201),
  )
}

function registerDeciding(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals/{disposal}/kept-records',
      summary: 'Take one record out of a proposal; it is kept',
      request: { params, body: jsonOf('Which, why and for how long.', keepInput) },
      responses: { 200: done },
    },
    async (c) => {
      await keepRecord(deps, c.var.member, c.req.valid('param').disposal, c.req.valid('json'))
      return c.json({ status: 'kept' }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals/{disposal}/approval',
      summary: 'Approve a proposal of another person, with the written consent',
      request: { params, body: jsonOf('The consent.', approvalInput) },
      responses: { 200: done },
    },
    async (c) => {
      await approveDisposal(deps, c.var.member, c.req.valid('param').disposal, c.req.valid('json'))
      return c.json({ status: 'approved' }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals/{disposal}/drop',
      summary: 'Call a proposal off; everything stays',
      request: { params, body: jsonOf('Why.', dropInput) },
      responses: { 200: done },
    },
    async (c) => {
      await dropDisposal(deps, c.var.member, c.req.valid('param').disposal, c.req.valid('json'))
      return c.json({ status: 'dropped' }, 200)
    },
  )
}

function registerDestroying(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals/{disposal}/destruction',
      summary: 'Destroy what was approved, for good; the record takes its number',
      request: { params, body: jsonOf('Who saw it.', destructionInput) },
      responses: { 200: jsonOf('Destroyed.', z.object({ count: z.int(), record: z.string() })) },
    },
    async (c) => {
      const input = c.req.valid('json')
      const { disposal } = c.req.valid('param')
      const { count, number } = await destroyRecords(
        deps,
        c.var.member,
        disposal,
        input,
        deps.config.publicUrl,
      )
      return c.json({ count, record: number }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/disposals/{disposal}/record',
      summary: 'Issue the record of a destruction again after it was voided',
      request: { params },
      responses: { 200: jsonOf('Numbered.', z.object({ record: z.string() })) },
    },
    async (c) => {
      const { disposal } = c.req.valid('param')
      const { number } = await reissueRecord(deps, c.var.member, disposal, deps.config.publicUrl)
      return c.json({ record: number }, 200)
    },
  )
}
