import { z } from '@hono/zod-openapi'
import { holdInput, holdRecord, releaseRecord } from '../../../actions/archive/hold-record.ts'
import type { ArchiveItem } from '../../../db/archive/items.ts'
import { listArchive } from '../../../db/archive/items.ts'
import { inScope } from '../../../db/database.ts'
import { fates, paperKinds } from '../../../domain/archive/schedule.ts'
import { standings } from '../../../domain/archive/standing.ts'
import { openRecord, todayOf } from '../../archive/view.ts'
import { archiveSheet } from '../../sheets/archive.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from '../paging.ts'

const day = z.iso.date().nullable()
const recordAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(paperKinds),
    name: z.string(),
    number: z.string().nullable(),
    letter: z.uuid().nullable(),
    request: z.string().nullable(),
    agency: z.string().nullable(),
    sha256: z.string(),
    size: z.int(),
    filedOn: z.iso.date(),
    code: z.string().nullable(),
    class: z.string().nullable(),
    fate: z.enum(fates).nullable(),
    inUse: z.enum(['request-running', 'service-live', 'appointment-valid']).nullable(),
    startedOn: day,
    activeUntil: day,
    inactiveUntil: day,
    standing: z.enum(standings),
    heldReason: z.string().nullable(),
    destroyed: z.object({ on: z.iso.date(), number: z.string() }).nullable(),
  })
  .openapi('ArchiveRecord', { description: 'A paper that is kept, its archive class and its days.' })

const answerOf = ({
  letterId,
  ticket,
  years: _years,
  confirmed: _confirmed,
  isOver: _isOver,
  createdAt: _createdAt,
  ...row
}: ArchiveItem): z.infer<typeof recordAnswer> => ({ ...row, letter: letterId, request: ticket })

const params = officeParams({ record: z.uuid() })
const held = jsonOf('Done.', z.object({ held: z.boolean() }))

/** The archive over the API. */
export function registerRecordsApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/records',
      summary: 'Papers with their archive class and days, newest first',
      request: {
        params: officeParams({}),
        query: pageQuery.extend({ standing: z.enum(standings).optional() }),
      },
      responses: { 200: jsonOf('A page of papers.', pageOf(recordAnswer)) },
    },
    async (c) => {
      const { member, office } = c.var
      const { limit, cursor, standing } = c.req.valid('query')
      const after = readPlace(cursor)
      const rows = await inScope(deps.db, member, (tx) =>
        listArchive(tx, todayOf({ deps, office }), { standing }, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.createdAt, row.id))
      return c.json({ items: page.rows.map(answerOf), next: page.next }, 200)
    },
    { sheet: (reader, c) => archiveSheet(reader, c.req.valid('query').standing) },
  )
  officeRoute(
    api,
    {
      method: 'get',
      path: '/records/{record}',
      summary: 'One paper of the archive',
      request: { params },
      responses: { 200: jsonOf('The paper.', recordAnswer) },
    },
    async (c) => {
      const { member, office } = c.var
      return c.json(answerOf(await openRecord({ deps, office, member }, c.req.valid('param').record)), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/records/{record}/hold',
      summary: 'Hold a paper beyond its time: it is never due until it is released',
      request: { params, body: jsonOf('Why.', holdInput) },
      responses: { 200: held },
    },
    async (c) => {
      await holdRecord(deps, c.var.member, c.req.valid('param').record, c.req.valid('json'))
      return c.json({ held: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'delete',
      path: '/records/{record}/hold',
      summary: 'Release a paper that is held',
      request: { params },
      responses: { 200: held },
    },
    async (c) => {
      await releaseRecord(deps, c.var.member, c.req.valid('param').record)
      return c.json({ held: false }, 200)
    },
  )
}
