import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { recipientOf } from '../../../db/age-recipients.ts'
import { recoveryCodesLeft as codesLeftOf } from '../../../db/recovery-codes.ts'
import { maxRecipientLength } from '../../../domain/access/age-recipient.ts'
import { roles } from '../../../domain/access/roles.ts'
import { Refused } from '../../../domain/refused.ts'
import { accessTexts } from '../../../domain/text/access.ts'
import {
  changeAgeRecipient,
  changePassword,
  confirmSecondFactor,
  startSecondFactor,
  stopSecondFactor,
} from '../../auth/account.ts'
import { endOwnSessions, listOwnSessions } from '../../auth/own-sessions.ts'
import { renewRecoveryCodes } from '../../auth/recovery-codes.ts'
import { askReset, resetPassword } from '../../auth/reset-password.ts'
import { giveCode, signIn, signOut } from '../../auth/sign-in.ts'
import type { Person, PortalEnv } from '../../visitor.ts'
import type { Api } from '../api.ts'
import { jsonOf, personRoute, publicRoute } from '../api.ts'
import { cutPage, pageOf, pageQuery, placeOf, readPlace } from '../paging.ts'
import { sessionSheet } from '../../sheets/people.ts'

const done = { 204: { description: 'Done.' } }
const secret = z.string().min(1).max(1000)

const signedIn = z
  .object({ next: z.enum(['signed-in', 'code']) })
  .openapi('SignedIn', { description: '`code`: the second factor is owed at /session/code.' })

const me = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    hasSecondFactor: z.boolean(),
    owes: z.enum(['enrolment', 'sign-in']).nullable().openapi({
      description:
        'What is done first: until then every address of an office answers `second-factor-needed`.',
    }),
    recoveryCodesLeft: z.int().nullable(),
    ageRecipient: z.string().nullable(),
    offices: z.array(z.object({ office: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })),
  })
  .openapi('Me')

/** Signing in with a session cookie, and one's own account. */
export function registerSessionApi(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/session',
      summary: 'Sign in with a password',
      request: { body: jsonOf('Password.', z.strictObject({ email: z.email().max(254), password: secret })) },
      responses: { 200: jsonOf('Signed in, or a code is owed.', signedIn) },
    }),
    async (c) => {
      const { next, cookies } = await signIn(deps, callerOf(c), c.req.valid('json'))
      setCookies(c, cookies)
      return c.json({ next }, 200)
    },
  )
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/session/code',
      summary: 'Give the code of the second factor',
      request: {
        body: jsonOf('Code of the second factor.', z.strictObject({ code: z.string().min(6).max(20) })),
      },
      responses: { 200: jsonOf('Signed in.', signedIn) },
    }),
    async (c) => {
      const { next, cookies } = await giveCode(deps, callerOf(c), c.req.valid('json').code)
      setCookies(c, cookies)
      return c.json({ next }, 200)
    },
  )
  personRoute(
    api,
    createRoute({ method: 'delete', path: '/session', summary: 'Sign out', responses: done }),
    async (c) => {
      const cookies = await signOut(deps, callerOf(c), personOf(c).id)
      setCookies(c, cookies)
      return c.body(null, 204)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'get',
      path: '/me',
      summary: 'Who the caller is, and what in which office',
      responses: { 200: jsonOf('Who you are.', me) },
    }),
    async (c) => {
      const { id, name, email, hasSecondFactor, memberships, owes = null } = personOf(c)
      const ageRecipient = await recipientOf(deps.db, id)
      const recoveryCodesLeft = (await codesLeftOf(deps.db, id)) ?? null
      const offices = memberships.map((each) => ({
        office: each.office.slug,
        name: each.office.name,
        roles: [...each.roles],
      }))
      const own = { id, name, email, hasSecondFactor, owes, recoveryCodesLeft, ageRecipient, offices }
      return c.json(own, 200)
    },
  )
  registerPasswordResets(api)
  registerOwnAccount(api)
}

/** A forgotten password over the API. */
function registerPasswordResets(api: Api): void {
  const { deps } = api
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/password-resets',
      summary: 'Ask for a link that sets a forgotten password anew',
      description:
        'Mails a one-time link to the owner of the account, if there is one; the answer does not tell.',
      request: { body: jsonOf('Whose password.', z.strictObject({ email: z.email().max(254) })) },
      responses: { 202: { description: 'Asked.' } },
    }),
    async (c) => {
      await askReset(deps, callerOf(c), c.req.valid('json').email)
      return c.body(null, 202)
    },
  )
  publicRoute(
    api,
    createRoute({
      method: 'post',
      path: '/password-resets/{token}',
      summary: 'Set a forgotten password anew',
      request: {
        params: z.object({ token: z.string().max(100) }),
        body: jsonOf('The new password.', z.strictObject({ password: secret })),
      },
      responses: done,
    }),
    async (c) => {
      const { token } = c.req.valid('param')
      await resetPassword(deps, callerOf(c), { token, password: c.req.valid('json').password })
      return c.body(null, 204)
    },
  )
}

export const enrolmentLink = z
  .string()
  .max(100)
  .optional()
  .openapi({ description: 'After a reset by an administrator: `tautan` of the link in the mail.' })
const enrolment = z
  .object({ uri: z.string(), secret: z.string() })
  .openapi('Enrolment', { description: 'Shown once; confirm with the first code.' })
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).openapi('RecoveryCodes', {
  description:
    'Shown once; none when there are codes that still work. Each works once, as a code of the second factor.',
})
const session = z.object({
  id: z.string(),
  address: z.string().nullable(),
  device: z.string().nullable(),
  since: z.iso.datetime(),
  usedAt: z.iso.datetime(),
  current: z.boolean(),
})
const password = jsonOf('The password.', z.strictObject({ password: secret }))

/** One's own account over the API; it takes a session, a token may not change who holds the account. */
function registerOwnAccount(api: Api): void {
  const { deps } = api
  personRoute(
    api,
    createRoute({
      method: 'put',
      path: '/me/password',
      summary: 'Change the own password; other sessions end',
      request: {
        body: jsonOf('Old and new password.', z.strictObject({ current: secret, password: secret })),
      },
      responses: done,
    }),
    async (c) => {
      setCookies(c, await changePassword(deps, callerOf(c), ownerOf(c), c.req.valid('json')))
      return c.body(null, 204)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/second-factor',
      summary: 'Begin with a second factor',
      request: {
        body: jsonOf(
          'The password; not asked for within 15 minutes of a sign-in at the provider of the only office.',
          z.strictObject({ password: secret.optional(), link: enrolmentLink }),
        ),
      },
      responses: { 201: jsonOf('The key of the second factor.', enrolment) },
    }),
    async (c) => {
      const given = c.req.valid('json')
      return c.json(await startSecondFactor(deps, callerOf(c), ownerOf(c), given), 201)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'put',
      path: '/me/second-factor',
      summary: 'Confirm the second factor with its first code',
      request: {
        body: jsonOf('The first code.', z.strictObject({ code: z.string().max(20), link: enrolmentLink })),
      },
      responses: { 200: jsonOf('Confirmed.', recoveryCodes) },
    }),
    async (c) => {
      const confirmed = await confirmSecondFactor(deps, callerOf(c), ownerOf(c), c.req.valid('json'))
      setCookies(c, confirmed.cookies)
      return c.json({ recoveryCodes: [...confirmed.recoveryCodes] }, 200)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'post',
      path: '/me/recovery-codes',
      summary: 'Make new recovery codes; all earlier ones stop working',
      request: { body: password },
      responses: { 201: jsonOf('The new codes.', recoveryCodes) },
    }),
    async (c) => {
      const typed = c.req.valid('json').password
      const codes = await renewRecoveryCodes(deps, callerOf(c), ownerOf(c), typed)
      return c.json({ recoveryCodes: [...codes] }, 201)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/me/second-factor',
      summary: 'Give the authenticator app up; staff keep at least one second factor',
      request: { body: password },
      responses: done,
    }),
    async (c) => {
      await stopSecondFactor(deps, callerOf(c), ownerOf(c), c.req.valid('json').password)
      return c.body(null, 204)
    },
  )
  registerOwnAgeKey(api)
  registerOwnSessions(api)
}

/** The age key to which one's credentials are encrypted. */
function registerOwnAgeKey(api: Api): void {
  const { deps } = api
  const given = z.strictObject({ recipient: z.string().max(maxRecipientLength), password: secret })
  personRoute(
    api,
    createRoute({
      method: 'put',
      path: '/me/age-recipient',
      summary: 'Have credentials encrypted to the own age key from now on',
      request: { body: jsonOf('The public key, `age1...`, and the password.', given) },
      responses: done,
    }),
    async (c) => {
      await changeAgeRecipient(deps, callerOf(c), ownerOf(c), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/me/age-recipient',
      summary: 'Remove the own age key; the next credentials are shown as text, once',
      request: { body: password },
      responses: done,
    }),
    async (c) => {
      const { password: typed } = c.req.valid('json')
      await changeAgeRecipient(deps, callerOf(c), ownerOf(c), { recipient: null, password: typed })
      return c.body(null, 204)
    },
  )
}

function registerOwnSessions(api: Api): void {
  const { deps } = api
  personRoute(
    api,
    createRoute({
      method: 'get',
      path: '/me/sessions',
      summary: 'Own open sessions, newest first',
      request: { query: pageQuery },
      responses: { 200: jsonOf('Open sessions.', pageOf(session)) },
    }),
    async (c) => {
      const person = personOf(c)
      const { limit, cursor } = c.req.valid('query')
      const rows = await listOwnSessions(deps, person, { limit: limit + 1, after: readPlace(cursor) })
      const page = cutPage(rows, limit, (row) => placeOf(row.since, row.id))
      const items = page.rows.map(({ id, address, device, since, usedAt }) => ({
        id,
        address,
        device,
        since: since.toISOString(),
        usedAt: usedAt.toISOString(),
        current: id === person.sessionId,
      }))
      return c.json({ items, next: page.next }, 200)
    },
    { sheet: (say, person) => sessionSheet(say, deps, person) },
  )
  personRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/me/sessions',
      summary: 'Sign out everywhere, here too',
      responses: done,
    }),
    async (c) => {
      await endOwnSessions(deps, callerOf(c), ownerOf(c), 'all')
      return c.body(null, 204)
    },
  )
  personRoute(
    api,
    createRoute({
      method: 'delete',
      path: '/me/sessions/{session}',
      summary: 'End one of the own sessions',
      request: { params: z.object({ session: z.string().max(100) }) },
      responses: done,
    }),
    async (c) => {
      await endOwnSessions(deps, callerOf(c), ownerOf(c), { id: c.req.valid('param').session })
      return c.body(null, 204)
    },
  )
}

export const callerOf = (c: Context<PortalEnv>) => ({
  headers: c.req.raw.headers,
  address: c.get('visitor').address,
})

export function setCookies(c: Context<PortalEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

function personOf(c: Context<PortalEnv>): Person {
  return c.get('visitor').person!
}

/** @throws Refused (403) when the caller came with a token */
export function ownerOf(c: Context<PortalEnv>): Person {
  const person = personOf(c)
  if (!person.sessionId) throw new Refused('session-needed', accessTexts.sessionNeeded, { status: 403 })
  return person
}
