import { z } from '@hono/zod-openapi'
import { addZone } from '../../actions/office/add-zone.ts'
import { officeSettings, saveSettings } from '../../actions/office/save-settings.ts'
import { setOpenData } from '../../actions/office/set-open-data.ts'
import { setSignInRules } from '../../actions/office/set-sign-in-rules.ts'
import { setLogo } from '../../actions/office/set-logo.ts'
import { setRegisters } from '../../actions/office/set-registers.ts'
import { inScope } from '../../db/database.ts'
import { listRegisters, listZones } from '../../db/office/registers.ts'
import { readOfficeFile, readOpenData } from '../../db/office/settings.ts'
import { zoneName } from '../../domain/access/people.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { openDataInput, termsOf } from '../../domain/office/open-data.ts'
import { maxLogoBytes } from '../../domain/office/logo.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'

const registerInput = z.strictObject({
  code: z.enum(['incoming', 'outgoing', 'hand-over']),
  pattern: z.string().max(200),
  class: z.string().max(40).default(''),
})
const zoneAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(['creating', 'ready']),
  serverId: z.uuid().nullable(),
})
const settingsAnswer = z
  .object({
    government: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    place: z.string(),
    paper: z.enum(['A4', 'F4']),
    letterhead: z.object({
      addressLines: z.array(z.string()).optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
      web: z.string().optional(),
    }),
    registers: z.array(registerInput.extend({ lastSeq: z.int() })),
    zones: z.array(zoneAnswer),
    applicantsNeedFactor: z.boolean(),
    openData: z.object({ licence: z.string(), licenceUrl: z.string(), attribution: z.string() }),
  })
  .openapi('OfficeSettings')

const params = officeParams({})
const saved = jsonOf('Saved.', z.object({ saved: z.boolean() }))
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** Settings of the office over the API. */
export function registerOfficeApi(api: Api): void {
  registerSettings(api)
  registerNumbering(api)
}

function registerSettings(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/settings',
      summary: 'Letterhead, numbering, parent domains',
      request: { params },
      responses: { 200: jsonOf('The settings.', settingsAnswer) },
    },
    async (c) => {
      const { officeId } = c.get('member')
      const year = Number(localDate(deps.now(), c.get('office').timezone).slice(0, 4))
      const answer = await inScope(deps.db, c.get('member'), async (tx) => ({
        ...(await readOfficeFile(tx, officeId)),
        registers: [...(await listRegisters(tx, officeId, year))],
        zones: [...(await listZones(tx))],
        applicantsNeedFactor: c.get('office').applicantsNeedFactor,
        openData: { ...termsOf(c.get('office'), await readOpenData(tx, officeId)) },
      }))
      return c.json(answer, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/settings',
      summary: 'Replace the letterhead, place and paper',
      request: { params, body: json(officeSettings) },
      responses: { 200: saved },
    },
    async (c) => {
      await saveSettings(deps, c.get('member'), c.req.valid('json'))
      return c.json({ saved: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/open-data',
      summary: 'Set licence and attribution of the open lists; what is left out follows the defaults',
      request: { params, body: json(openDataInput) },
      responses: { 200: saved },
    },
    async (c) => {
      await setOpenData(deps, c.get('member'), c.req.valid('json'))
      return c.json({ saved: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/sign-in-rules',
      summary: 'Set whether applicants need a second factor; staff always do',
      request: { params, body: json(z.strictObject({ applicantsNeedFactor: z.boolean() })) },
      responses: { 200: saved },
    },
    async (c) => {
      await setSignInRules(deps, c.get('member'), c.req.valid('json'))
      return c.json({ saved: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/logo',
      summary: 'Replace the logo: a PNG, or an SVG that only draws',
      request: {
        params,
        body: {
          required: true,
          content: { 'image/png': { schema: z.string().openapi({ format: 'binary' }) } },
        },
      },
      responses: { 200: saved },
    },
    async (c) => {
      await setLogo(deps, c.get('member'), Buffer.from(await c.req.arrayBuffer()))
      return c.json({ saved: true }, 200)
    },
    { maxBytes: maxLogoBytes },
  )
}

function registerNumbering(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'put',
      path: '/registers',
      summary: 'Set number patterns; the count of the year goes on',
      request: {
        params,
        body: json(z.strictObject({ registers: z.array(registerInput).min(1).max(3) })),
      },
      responses: { 200: saved },
    },
    async (c) => {
      await setRegisters(deps, c.get('member'), c.req.valid('json').registers)
      return c.json({ saved: true }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/zones',
      summary: 'Add a parent domain; a job creates it on the name server',
      request: { params, body: json(z.strictObject({ name: zoneName })) },
      responses: { 201: jsonOf('Being created.', z.object({ id: z.uuid() })) },
    },
    async (c) => c.json(await addZone(deps, c.get('member'), c.req.valid('json').name), 201),
  )
}
