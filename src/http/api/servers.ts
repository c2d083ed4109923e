import { z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { archiveServer } from '../../actions/office/archive-server.ts'
import { moveZone } from '../../actions/office/move-zone.ts'
import { recordServerCheck } from '../../actions/office/record-server-check.ts'
import { saveServer, serverInput } from '../../actions/office/save-server.ts'
import { inScope } from '../../db/database.ts'
import { listServers } from '../../db/office/servers.ts'
import { zoneName } from '../../domain/access/people.ts'
import { serverDriverNames, serverKinds } from '../../domain/office/server-drivers.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'
import { serverSheet } from '../sheets/office.ts'

const text = z.object({ id: z.string(), en: z.string() })
const checkAnswer = z
  .object({ ok: z.boolean(), findings: z.array(z.object({ ok: z.boolean(), text })) })
  .openapi('ServerCheck')
const serverAnswer = z
  .object({
    id: z.uuid(),
    kind: z.enum(serverKinds),
    driver: z.enum(serverDriverNames),
    name: z.string(),
    settings: z.record(z.string(), z.unknown()),
    isDefault: z.boolean(),
    check: checkAnswer.nullable(),
    checkedAt: z.iso.datetime().nullable(),
  })
  .openapi('Server', {
    description: 'A server that Ranah changes for the office. Its secret is never answered.',
  })

const params = officeParams({})
const oneServer = officeParams({ server: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
})
const saved = jsonOf('Saved.', z.object({ id: z.uuid() }))

/** Servers of the office over the API. */
export function registerServersApi(api: Api): void {
  registerKeeping(api)
  registerUse(api)
}

function registerKeeping(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'get',
      path: '/servers',
      summary: 'Name servers and site hosts that are connected',
      request: { params },
      responses: { 200: jsonOf('By kind and name.', z.object({ items: z.array(serverAnswer) })) },
    },
    async (c) => {
      const rows = await inScope(deps.db, c.get('member'), (tx) => listServers(tx))
      const items = rows.map(({ checkedAt, ...row }) => ({
        id: row.id,
        kind: row.kind,
        driver: row.driver,
        name: row.name,
        settings: { ...row.settings },
        isDefault: row.isDefault,
        check: row.check && { ...row.check, findings: [...row.check.findings] },
        checkedAt: checkedAt?.toISOString() ?? null,
      }))
      return c.json({ items }, 200)
    },
    { sheet: (reader) => serverSheet(reader) },
  )
  officeRoute(
    api,
    {
      method: 'post',
      path: '/servers',
      summary: 'Connect a server',
      request: { params, body: json(serverInput) },
      responses: { 201: saved },
    },
    async (c) => c.json(await saveServer(deps, c.get('member'), c.req.valid('json')), 201),
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/servers/{server}',
      summary: 'Replace how a server is reached; without a secret the stored one stays',
      request: { params: oneServer, body: json(serverInput) },
      responses: { 200: saved },
    },
    async (c) => {
      const { server } = c.req.valid('param')
      return c.json(await saveServer(deps, c.get('member'), c.req.valid('json'), server), 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'delete',
      path: '/servers/{server}',
      summary: 'Disconnect a server that nothing lies on; its key is erased',
      request: { params: oneServer },
      responses: { 200: jsonOf('Disconnected.', z.object({ disconnected: z.boolean() })) },
    },
    async (c) => {
      await archiveServer(deps, c.get('member'), c.req.valid('param').server)
      return c.json({ disconnected: true }, 200)
    },
  )
}

function registerUse(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    {
      method: 'post',
      path: '/servers/{server}/check',
      summary: 'Test the connection',
      request: { params: oneServer, body: json(z.strictObject({ zone: zoneName.optional() })) },
      responses: { 200: jsonOf('What works and what does not.', checkAnswer) },
    },
    async (c) => {
      const { server: serverId } = c.req.valid('param')
      const { officeId } = c.get('member')
      const { zone } = c.req.valid('json')
      const check = await deps.lookups.checkServer({ officeId, serverId, zone })
      if (!check) throw notFound()
      await recordServerCheck(deps, c.get('member'), serverId, check)
      return c.json({ ...check, findings: [...check.findings] }, 200)
    },
  )
  officeRoute(
    api,
    {
      method: 'put',
      path: '/zones/{zone}/server',
      summary: 'Say on which name server a parent domain is kept; null is the embedded one',
      request: {
        params: officeParams({ zone: z.string() }),
        body: json(z.strictObject({ server: z.uuid().nullable() })),
      },
      responses: { 200: jsonOf('Kept there from now on.', z.object({ moved: z.boolean() })) },
    },
    async (c) => {
      await moveZone(deps, c.get('member'), c.req.valid('param').zone, c.req.valid('json').server)
      return c.json({ moved: true }, 200)
    },
  )
}
