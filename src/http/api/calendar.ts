import { z } from '@hono/zod-openapi'
import {
  addHoliday,
  importHolidays,
  removeHoliday,
  saveCalendarRules,
} from '../../actions/calendar/change-calendar.ts'
import { inScope } from '../../db/database.ts'
import { readCalendarFile } from '../../db/calendar-admin.ts'
import { calendarRules, HOLIDAY_KINDS } from '../../domain/calendar/calendar.ts'
import { mergeHolidays, parseHolidayCsv } from '../../domain/calendar/holidays.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { holidaySheet } from '../sheets/office.ts'

const holidayAnswer = z.object({
  date: z.iso.date(),
  name: z.string(),
  kind: z.enum(HOLIDAY_KINDS),
  source: z.enum(['import', 'manual']),
})
const calendarAnswer = z
  .object({ version: z.int(), rules: calendarRules, holidays: z.array(holidayAnswer) })
  .openapi('Calendar')
const changedAnswer = z
  .object({ moved: z.int().openapi({ description: 'Running requests whose due time changed.' }) })
  .openapi('CalendarChanged')
const importAnswer = z
  .object({
    added: z.array(holidayAnswer),
    removed: z.array(holidayAnswer),
    kept: z.array(holidayAnswer),
    moved: z.int().nullable(),
  })
  .openapi('HolidayImport')

const params = officeParams({})
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** The working calendar over the API. */
export function registerCalendarApi(api: Api): void {
  registerRules(api)
  registerHolidays(api)
}

function registerRules(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/calendar',
      summary: 'Working hours and holidays',
      request: { params },
      responses: { 200: jsonOf('The calendar.', calendarAnswer) },
    },
    async (c) => {
      const member = c.get('member')
      const file = await inScope(deps.db, member, (tx) => readCalendarFile(tx, member.officeId))
      return c.json({ ...file, holidays: [...file.holidays] }, 200)
    },
    { sheet: (reader) => holidaySheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/calendar/rules',
      summary: 'Replace the rules; due times of running requests are computed anew',
      request: { params, body: json(z.strictObject({ version: z.int(), rules: z.unknown() })) },
      responses: { 200: jsonOf('What changed.', changedAnswer) },
    },
    async (c) => {
      const { version, rules } = c.req.valid('json')
      return c.json(await saveCalendarRules(deps, c.get('member'), { version, rules }), 200)
    },
  )
}

function registerHolidays(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/calendar/holidays',
      summary: 'Add a day off by hand',
      request: { params, body: json(holidayAnswer.omit({ source: true }).strict()) },
      responses: { 201: jsonOf('What changed.', changedAnswer) },
    },
    async (c) => c.json(await addHoliday(deps, c.get('member'), c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'delete',
      path: '/calendar/holidays/{date}',
      summary: 'Remove a day off',
      request: { params: officeParams({ date: z.iso.date() }) },
      responses: { 200: jsonOf('What changed.', changedAnswer) },
    },
    async (c) => c.json(await removeHoliday(deps, c.get('member'), c.req.valid('param').date), 200),
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/calendar/imports',
      summary: 'Import a holiday file (CSV); with dryRun only say what it would change',
      request: {
        params,
        query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        body: { required: true, content: { 'text/csv': { schema: z.string() } } },
      },
      responses: { 200: jsonOf('What changed, or would.', importAnswer) },
    },
    async (c) => {
      const csv = await c.req.text()
      const member = c.get('member')
      const { holidays } = await inScope(deps.db, member, (tx) => readCalendarFile(tx, member.officeId))
      const { added, removed, kept } = mergeHolidays(holidays, parseHolidayCsv(csv))
      const isDry = c.req.valid('query').dryRun === 'true'
      const moved = isDry ? null : (await importHolidays(deps, member, csv)).moved
      return c.json({ added: [...added], removed: [...removed], kept: [...kept], moved }, 200)
    },
  )
}
