import { createRoute, z } from '@hono/zod-openapi'
import { noteListRead } from '../../../actions/oversight/note-reading.ts'
import { changeRoles } from '../../../actions/people/change-roles.ts'
import { createApiToken } from '../../../actions/people/create-api-token.ts'
import { forgetFactorsOf } from '../../../actions/people/forget-second-factors.ts'
import { revokeApiToken } from '../../../actions/people/revoke-api-token.ts'
import { setMembershipActive } from '../../../actions/people/set-membership-active.ts'
import { inScope } from '../../../db/database.ts'
import { listPeople, listTokens } from '../../../db/people.ts'
import { resetReason, staffRole } from '../../../domain/access/people.ts'
import { tokenInput } from '../../../domain/access/token-limits.ts'
import { roles } from '../../../domain/access/roles.ts'
import { enrolmentLinks } from '../../links.ts'
import type { Api } from '../api.ts'
import { jsonOf, officeParams, officeRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readCursor, readPlace } from '../paging.ts'
import { peopleSheet, tokenSheet } from '../../sheets/people.ts'

const done = { 204: { description: 'Done.' } }
const person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles: z.array(z.enum(roles)),
    agency: z.string().nullable(),
    active: z.boolean(),
    hasSecondFactor: z.boolean(),
    since: z.iso.datetime(),
  })
  .openapi('Person')
const personParams = officeParams({ person: z.string().max(100) })

/** People of an office and what they are in it. */
export function registerPeopleApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    createRoute({
      method: 'get',
      path: '/people',
      summary: 'People of the office by name',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('People by name.', pageOf(person)) },
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const after = readCursor(cursor, 2)
      await noteListRead(deps, c.var.member, 'pengguna')
      const rows = await inScope(deps.db, c.var.member, (tx) =>
        listPeople(tx, c.var.member.officeId, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => [row.name, row.id])
      const items = page.rows.map((row) => ({
        ...row,
        roles: [...row.roles],
        since: row.since.toISOString(),
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader) => peopleSheet(reader) },
  )
  officeRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/people/{person}/second-factors',
      summary:
        'Take all second factors of a person away who lost them; their sessions end and they are told by mail',
      request: {
        params: personParams,
        body: jsonOf('How it was made sure who asks.', z.strictObject({ reason: resetReason })),
      },
      responses: done,
    }),
    async (c) => {
      const { person: id } = c.req.valid('param')
      await forgetFactorsOf(deps, c.var.member, id, c.req.valid('json').reason, enrolmentLinks(deps))
      return c.body(null, 204)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'put',
      path: '/people/{person}/roles',
      summary: 'Set all roles of a person in the office',
      request: {
        params: personParams,
        body: jsonOf(
          "All of the person's roles in the office from now on.",
          z.strictObject({ roles: z.array(staffRole).max(10) }),
        ),
      },
      responses: done,
    }),
    async (c) => {
      const wanted = [...new Set(c.req.valid('json').roles)]
      await changeRoles(deps, c.var.member, c.req.valid('param').person, wanted)
      return c.body(null, 204)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'put',
      path: '/people/{person}/active',
      summary: 'Let a person into the office, or out of it',
      request: {
        params: personParams,
        body: jsonOf('Whether the person belongs to the office.', z.strictObject({ active: z.boolean() })),
      },
      responses: done,
    }),
    async (c) => {
      const { active } = c.req.valid('json')
      await setMembershipActive(deps, c.var.member, c.req.valid('param').person, active)
      return c.body(null, 204)
    },
  )
  registerTokensApi(api)
}

const token = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  scopes: z.array(z.string()).nullable(),
  names: z.array(z.string()).nullable(),
  recordTypes: z.array(z.string()).nullable(),
  networks: z.array(z.string()).nullable(),
  refusedUses: z.int(),
})
const newToken = z.object({ id: z.string(), token: z.string(), expiresAt: z.iso.datetime() })

function registerTokensApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    createRoute({
      method: 'get',
      path: '/tokens',
      summary: 'Tokens of the API: the own ones, for an administrator all',
      request: { params: officeParams({}), query: pageQuery },
      responses: { 200: jsonOf('Tokens, never the tokens themselves.', pageOf(token)) },
    }),
    async (c) => {
      const { member } = c.var
      const owner = member.roles.includes('administrator') ? undefined : member.personId
      const { limit, cursor } = c.req.valid('query')
      const after = readPlace(cursor)
      const rows = await inScope(deps.db, member, (tx) =>
        listTokens(tx, member.officeId, owner, { limit: limit + 1, after }),
      )
      const page = cutPage(rows, limit, (row) => placeOf(row.createdAt, row.id))
      const items = page.rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        scopes: row.scopes && [...row.scopes],
        names: row.names && [...row.names],
        recordTypes: row.recordTypes && [...row.recordTypes],
        networks: row.networks && [...row.networks],
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (reader) => tokenSheet(reader) },
  )
  officeRoute(
    api,
    createRoute({
      method: 'post',
      path: '/tokens',
      summary: 'Make a token of the API, with a session; it is shown once',
      request: { params: officeParams({}), body: jsonOf('What it is for and how long.', tokenInput) },
      responses: { 201: jsonOf('The token, shown once.', newToken) },
    }),
    async (c) => {
      const { id, token, expiresAt } = await createApiToken(deps, c.var.member, c.req.valid('json'), {
        personId: c.var.member.personId,
        provenBy: c.var.visitor.person?.provenBy ?? null,
      })
      return c.json({ id, token, expiresAt: expiresAt.toISOString() }, 201)
    },
    { secretAnswer: true },
  )
  officeRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/tokens/{token}',
      summary: 'Revoke a token of the API',
      request: { params: officeParams({ token: z.uuid() }) },
      responses: done,
    }),
    async (c) => {
      await revokeApiToken(deps, c.var.member, c.req.valid('param').token)
      return c.body(null, 204)
    },
  )
}
