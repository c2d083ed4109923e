import { createRoute, z } from '@hono/zod-openapi'
import { listPasskeys } from '../../../db/passkeys.ts'
import {
  addPasskey,
  maxPasskeyName,
  maxResponseLength,
  newPasskeyOptions,
  removePasskey,
  signInOptions,
  signInWithPasskey,
} from '../../auth/passkeys.ts'
import type { Api } from '../api.ts'
import { jsonOf, personRoute, publicRoute } from '../api.ts'
import { callerOf, enrolmentLink, ownerOf, setCookies } from './session.ts'

const secret = z.string().min(1).max(1000)
const response = z
  .string()
  .max(maxResponseLength)
  .openapi({ description: 'The credential as JSON, its octets in base64url (WebAuthn Level 3, 5.1.8).' })
const options = z.looseObject({ challenge: z.string() }).openapi('PasskeyOptions', {
  description: 'Options for navigator.credentials, octets in base64url.',
})
const passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    madeAt: z.iso.datetime(),
    usedAt: z.iso.datetime().nullable(),
  })
  .openapi('Passkey')
const done = { 204: { description: 'Done.' } }

/** Passkeys over the API: the options for the device, and its answer. */
export function registerPasskeyApi(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/session/passkey-options',
      summary: 'Ask for what a passkey signs to sign in',
      responses: { 200: jsonOf('Options.', options) },
    }),
    async (c) => c.json({ ...(await signInOptions(deps)) }, 200),
  )
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/session/passkey',
      summary: 'Sign in with a passkey: no password and no code is owed',
      request: { body: jsonOf("The device's answer.", z.strictObject({ response })) },
      responses: { 204: { description: 'Signed in.' } },
    }),
    async (c) => {
      setCookies(c, (await signInWithPasskey(deps, callerOf(c), c.req.valid('json').response)).cookies)
      return c.body(null, 204)
    },
  )
  registerOwnPasskeys(api)
}

function registerOwnPasskeys(api: Api): void {
  const { deps } = api
  personRoute(
    api,
    createRoute({
      method: 'get',
      path: '/me/passkeys',
      summary: 'Own passkeys, oldest first',
      responses: { 200: jsonOf('Own passkeys.', z.object({ items: z.array(passkey) })) },
    }),
    async (c) => {
      const rows = await listPasskeys(deps.db, ownerOf(c).id)
      const items = rows.map(({ id, name, madeAt, usedAt }) => ({
        id,
        name,
        madeAt: madeAt.toISOString(),
        usedAt: usedAt?.toISOString() ?? null,
      }))
      return c.json({ items }, 200)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/passkey-options',
      summary: 'Ask for what a new passkey is made from',
      responses: { 200: jsonOf('Options.', options) },
    }),
    async (c) => c.json({ ...(await newPasskeyOptions(deps, ownerOf(c))) }, 200),
  )
  const body = z.strictObject({
    name: z.string().trim().min(1).max(maxPasskeyName),
    password: secret.optional(),
    response,
    link: enrolmentLink,
  })
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/passkeys',
      summary: 'Add a passkey; from then on a password alone signs in no more',
      request: { body: jsonOf("Name, password, and the device's answer.", body) },
      responses: {
        201: jsonOf(
          'Added; with the first second factor come recovery codes, shown once.',
          z.object({ recoveryCodes: z.array(z.string()) }),
        ),
      },
    }),
    async (c) => {
      const { recoveryCodes, cookies } = await addPasskey(deps, callerOf(c), ownerOf(c), c.req.valid('json'))
      setCookies(c, cookies)
      return c.json({ recoveryCodes: [...recoveryCodes] }, 201)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/me/passkeys/{passkey}',
      summary: 'Remove a passkey',
      request: {
        params: z.object({ passkey: z.string().max(2000) }),
        body: jsonOf('The password.', z.strictObject({ password: secret })),
      },
      responses: done,
    }),
    async (c) => {
      const { passkey: id } = c.req.valid('param')
      await removePasskey(deps, callerOf(c), ownerOf(c), { id, password: c.req.valid('json').password })
      return c.body(null, 204)
    },
  )
}
