import { createRoute, z } from '@hono/zod-openapi'
import { personEmail, personName } from '../../../domain/access/people.ts'
import { askEmailChange, changeName, confirmEmail } from '../../auth/own-details.ts'
import type { Api } from '../api.ts'
import { jsonOf, personRoute } from '../api.ts'
import { callerOf, ownerOf } from './session.ts'

const done = { 204: { description: 'Done.' } }

/** One's own name and e-mail address over the API; it takes a session, as all that changes an account. */
export function registerOwnDetailsApi(api: Api): void {
  const { deps } = api
  personRoute(
    api,
    createRoute({
      method: 'put',
      path: '/me/name',
      summary: 'Change the own name',
      request: { body: jsonOf('The new name.', z.strictObject({ name: personName })) },
      responses: done,
    }),
    async (c) => {
      await changeName(deps, callerOf(c), ownerOf(c), c.req.valid('json').name)
      return c.body(null, 204)
    },
  )
  const wish = z.strictObject({ email: personEmail, password: z.string().min(1).max(1000) })
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/email-changes',
      summary: 'Ask for another e-mail address',
      description:
        'Mails a one-time link to the new address. The answer does not tell whether another account has it.',
      request: { body: jsonOf('The new address, and the password.', wish) },
      responses: { 202: { description: 'Asked.' } },
    }),
    async (c) => {
      await askEmailChange(deps, callerOf(c), ownerOf(c), c.req.valid('json'))
      return c.body(null, 202)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/email-changes/{token}',
      summary: 'Put the new address in place with the token of its link',
      request: { params: z.object({ token: z.string().max(100) }) },
      responses: done,
    }),
    async (c) => {
      await confirmEmail(deps, callerOf(c), ownerOf(c), c.req.valid('param').token)
      return c.body(null, 204)
    },
  )
}
