import { z } from '@hono/zod-openapi'
import {
  confirmSchedule,
  importSchedule,
  removeLine,
  saveLine,
  scheduleBasis,
} from '../../../actions/archive/change-schedule.ts'
import { listSchedule } from '../../../db/archive/schedule.ts'
import { inScope } from '../../../db/database.ts'
import { lineInput, maxScheduleBytes } from '../../../domain/archive/schedule.ts'
import { scheduleSheet } from '../../sheets/archive.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'

const lineAnswer = lineInput
  .extend({ id: z.uuid(), confirmedAt: z.iso.datetime().nullable() })
  .openapi('RetentionLine', { description: 'One line of the records retention schedule (JRA).' })
const params = officeParams({})
const lineParams = officeParams({ line: z.uuid() })
const lineBody = jsonOf('The line.', lineInput)

/** The records retention schedule over the API. */
export function registerScheduleApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/retention-schedule',
      summary: 'The records retention schedule of the office',
      request: { params },
      responses: { 200: jsonOf('Its lines.', z.object({ lines: z.array(lineAnswer) })) },
    },
    async (c) => {
      const lines = await inScope(deps.db, c.var.member, listSchedule)
      const shown = lines.map((line) => ({ ...line, confirmedAt: line.confirmedAt?.toISOString() ?? null }))
      return c.json({ lines: shown }, 200)
    },
    { sheet: (reader) => scheduleSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/retention-schedule',
      summary: 'Add a line',
      request: { params, body: lineBody },
      responses: { 201: jsonOf('Added.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await saveLine(deps, c.var.member, null, c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/retention-schedule/{line}',
      summary: 'Change a line',
      request: { params: lineParams, body: lineBody },
      responses: { 200: jsonOf('Changed.', z.object({ id: z.uuid() })) },
    },
    async (c) =>
      c.json(await saveLine(deps, c.var.member, c.req.valid('param').line, c.req.valid('json')), 200),
  )
  officeRoute(
    api,
    {
      method: 'delete',
      path: '/retention-schedule/{line}',
      summary: 'Remove a line; what went by it has no class then',
      request: { params: lineParams },
      responses: { 200: jsonOf('Removed.', z.object({ removed: z.boolean() })) },
    },
    async (c) => {
      await removeLine(deps, c.var.member, c.req.valid('param').line)
      return c.json({ removed: true }, 200)
    },
  )
  registerWholeSchedule(api)
}

function registerWholeSchedule(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/retention-schedule/confirmation',
      summary: 'Declare that the default lines are what the schedule of the office says',
      request: { params, body: jsonOf('The decree.', scheduleBasis) },
      responses: { 200: jsonOf('Confirmed.', z.object({ confirmed: z.int() })) },
    },
    async (c) => c.json(await confirmSchedule(deps, c.var.member, c.req.valid('json')), 200),
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/retention-schedule/imports',
      summary: 'Replace the whole schedule by a file (CSV) in the form of its own download',
      request: { params, body: { required: true, content: { 'text/csv': { schema: z.string() } } } },
      responses: { 200: jsonOf('Replaced.', z.object({ lines: z.int() })) },
    },
    async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return c.json(await importSchedule(deps, c.var.member, bytes), 200)
    },
    { maxBytes: maxScheduleBytes + 1024 },
  )
}
