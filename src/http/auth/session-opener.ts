import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import * as z from 'zod'

/** Name of the library's cookie between password and second factor. */
const challengeCookie = 'two_factor'

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
