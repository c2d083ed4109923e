import { createRoute, z } from '@hono/zod-openapi'
import { notFound } from '../../actions/act.ts'
import { removeIdentityProvider, saveIdentityProvider } from '../../actions/office/save-identity-provider.ts'
import { inScope } from '../../db/database.ts'
import { readIdentityProvider } from '../../db/identity-providers.ts'
import { factorTrusts, identityProviderInput } from '../../domain/access/sign-on.ts'
import type { Api } from './api.ts'
import { jsonOf, officeParams, officeRoute } from './api.ts'

const done = { 204: { description: 'Done.' } }
const provider = z
  .object({
    label: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    strongAcr: z.string().nullable(),
    secondFactor: z.enum(factorTrusts),
  })
  .openapi('IdentityProvider', { description: 'Its secret is never given back.' })
const path = '/identity-provider'

/** The office's identity provider over the API. */
export function registerIdentityProviderApi(api: Api): void {
  const { deps } = api
  officeRoute(
    api,
    createRoute({
      method: 'get',
      path,
      summary: 'The identity provider of the office',
      request: { params: officeParams({}) },
      responses: { 200: jsonOf('The provider.', provider) },
    }),
    async (c) => {
      const { officeId } = c.var.member
      const row = await inScope(deps.db, c.var.member, (tx) => readIdentityProvider(tx, officeId))
      if (!row) throw notFound()
      const { label, issuer, clientId, strongAcr, secondFactor } = row
      return c.json({ label, issuer, clientId, strongAcr, secondFactor }, 200)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'put',
      path,
      summary: 'Connect or change the identity provider',
      request: { params: officeParams({}), body: jsonOf('The provider.', identityProviderInput) },
      responses: done,
    }),
    async (c) => {
      await saveIdentityProvider(deps, c.var.member, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  officeRoute(
    api,
    createRoute({
      method: 'delete',
      path,
      summary: 'Disconnect the identity provider',
      request: { params: officeParams({}) },
      responses: done,
    }),
    async (c) => {
      await removeIdentityProvider(deps, c.var.member)
      return c.body(null, 204)
    },
  )
}
