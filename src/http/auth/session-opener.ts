import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { generateRandomString, symmetricEncrypt } from 'better-auth/crypto'
import * as z from 'zod'

/** Name of the library's cookie between password and second factor. */
const challengeCookie = 'two_factor'
/** As long as the library's own page for a code. */
export const challengeSeconds = 10 * 60
const challengeLength = 20
/** Letters and digits, read as octets: 148 bits, and forty characters for whoever types the key (RFC 4226, 4 asks for 128). */
const totpKeyLength = 25
const totpModel = 'twoFactor'

/**
 * Opens a session once the second factor was proven by a way that the library does not know. It has no route of its
 * own; only the functions of this folder call it.
 */
export const sessionOpener = {
  id: 'ranah-session-opener',
  endpoints: {
    /** For whoever proved both factors in one: no password and no code page came before. */
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.strictObject({ personId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.personId)
        if (!user) throw new APIError('UNAUTHORIZED')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ personId: user.id })
      },
    ),
    /** For whoever proved one factor elsewhere: leads to the page that asks for the second. */
    openChallenge: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.strictObject({ personId: z.string() }) },
      async (ctx) => {
        const { internalAdapter, secret } = ctx.context
        const cookie = ctx.context.createAuthCookie(challengeCookie, { maxAge: challengeSeconds })
        const identifier = `2fa-${generateRandomString(challengeLength)}`
        const expiresAt = new Date(Date.now() + challengeSeconds * 1000)
        const value = ctx.body.personId
        await internalAdapter.createVerificationValue({ value, identifier, expiresAt })
        const attempts = `2fa-attempts-${identifier}`
        await internalAdapter.createVerificationValue({ value: '0', identifier: attempts, expiresAt })
        await ctx.setSignedCookie(cookie.name, identifier, secret, cookie.attributes)
        return ctx.json({ personId: value })
      },
    ),
    /**
     * Makes the key of an authenticator app, in the row that the library reads, once the caller saw who asks. A key that was
     * made before and not confirmed is replaced; one that is confirmed is not.
     */
    makeTotpKey: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.strictObject({ personId: z.string() }) },
      async (ctx) => {
        const { adapter, internalAdapter, secretConfig: key } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.personId)
        if (!user) throw new APIError('UNAUTHORIZED')
        const of = [{ field: 'userId', value: user.id }]
        const known = await adapter.findOne<{ verified?: boolean }>({ model: totpModel, where: of })
        if (known && known.verified !== false) throw new APIError('CONFLICT')
        const secret = generateRandomString(totpKeyLength)
        const data = {
          secret: await symmetricEncrypt({ key, data: secret }),
          backupCodes: await symmetricEncrypt({ key, data: '[]' }),
          verified: false,
        }
        if (known) await adapter.update({ model: totpModel, where: of, update: data })
        else await adapter.create({ model: totpModel, data: { ...data, userId: user.id } })
        return ctx.json({ secret })
      },
    ),
    /** Ends the page that asks for a code, whose cookie is signed and works once. */
    endChallenge: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.strictObject({ personId: z.string() }) },
      async (ctx) => {
        const { internalAdapter, secret } = ctx.context
        const cookie = ctx.context.createAuthCookie(challengeCookie)
        const identifier = await ctx.getSignedCookie(cookie.name, secret)
        const consumed = identifier ? await internalAdapter.consumeVerificationValue(identifier) : null
        const user = consumed && (await internalAdapter.findUserById(consumed.value))
        if (!user || user.id !== ctx.body.personId) throw new APIError('UNAUTHORIZED')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        ctx.setCookie(cookie.name, '', { ...cookie.attributes, maxAge: 0 })
        return ctx.json({ personId: user.id })
      },
    ),
  },
} as const
