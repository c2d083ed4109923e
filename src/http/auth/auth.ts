import { AsyncLocalStorage } from 'node:async_hooks'
import { betterAuth } from 'better-auth'
import { hashPassword } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins/two-factor'
import * as z from 'zod'
import { openDatabase } from '../../db/database.ts'
import type { ProvenBy } from '../../domain/access/second-factor.ts'
import { provenWays } from '../../domain/access/second-factor.ts'
import { sessionBounds } from '../../domain/access/sessions.ts'
import { maxPasswordLength, minPasswordLength } from '../../domain/access/passwords.ts'
import { hashToken } from '../../domain/access/tokens.ts'
import { challengeSeconds, sessionOpener } from './session-opener.ts'

/** The longest that any installation allows; when a session is over is for visitor.ts to say, by our own clock. */
const sessionSeconds = sessionBounds.hours.most * 60 * 60
/** Wrong codes after which the second factor of an account rests; the password was right each time. */
export const maxWrongCodes = 10
export const codeRestSeconds = 15 * 60
const maxConnections = 6
/** How long the link of a forgotten password works. */
export const resetMinutes = 60
/** What the library puts before the token of a forgotten password, to name its row. */
const resetPrefix = 'reset-password'

/** Carries the client's address, as client-address.ts found it, to the session's row. Set by us alone. */
export const addressHeader = 'x-ranah-client'
const cookiePrefix = 'ranah'

export type AuthOptions = {
  /** Connection URL of the role ranah_app. Sign-in keeps its own connections. */
  readonly databaseUrl: string
  /** Signs cookies and encrypts the secrets of second factors; at least 32 random characters. */
  readonly secret: string
  readonly publicUrl: string
  readonly secureCookies: boolean
  readonly onError: (error: unknown) => void
  readonly now: () => Date
}

/** What is known of the owner of a session. */
export type SessionOwner = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly hasSecondFactor: boolean
} & OwnSession

/** The session that a request came with, by the portal's own clock. */
export type OwnSession = z.infer<typeof ownSession>
const ownSession = z
  .object({
    id: z.string(),
    startedAt: z.date(),
    usedAt: z.date(),
    signedOnOffice: z
      .string()
      .nullish()
      .transform((id) => id ?? null),
    provenBy: z
      .enum(provenWays)
      .nullish()
      .transform((way) => way ?? null),
  })
  .transform(({ id: sessionId, ...times }) => ({ sessionId, ...times }))

/** Whose forgotten password was asked for, and the token that sets a new one. */
export type AskedReset = { readonly personId: string; readonly name: string; readonly token: string }

/** Takes the token from the library's callback back to the call that caused it. */
const resets = new AsyncLocalStorage<{ asked?: AskedReset }>()

/** How the session that a call opens began; written with the session's row. */
type Beginning = { readonly way: ProvenBy | null; readonly signedOnOffice?: string }
const beginnings = new AsyncLocalStorage<Beginning>()

const provenBy = <T>(way: ProvenBy | null, call: () => T): T => beginnings.run({ way }, call)

/** @returns under which identifier the token of a forgotten password is kept: never the token itself */
export const resetIdentifier = (token: string): string => hashToken(`${resetPrefix}:${token}`)

/**
 * Opens the boundary behind which better-auth works: passwords, sessions and second factors. Its own HTTP
 * routes are never mounted; our pages call these functions. See docs/decisions on sign-in.
 */
export function openAuth(options: AuthOptions) {
  const { db, close } = openDatabase(options.databaseUrl, { max: maxConnections, onError: options.onError })
  const { api } = betterAuth({
    appName: 'Ranah',
    baseURL: options.publicUrl,
    secret: options.secret,
    database: { db, type: 'postgres', transaction: true },
    user: { modelName: 'auth_user' },
    session: {
      modelName: 'auth_session',
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      additionalFields: {
        startedAt: { type: 'date', input: false, defaultValue: options.now },
        usedAt: { type: 'date', input: false, defaultValue: options.now },
        provenBy: {
          type: 'string',
          input: false,
          required: false,
          defaultValue: () => beginnings.getStore()?.way ?? undefined,
        },
        signedOnOffice: {
          type: 'string',
          input: false,
          required: false,
          defaultValue: () => beginnings.getStore()?.signedOnOffice,
        },
      },
    },
    account: { modelName: 'auth_account' },
    verification: {
      modelName: 'auth_verification',
      storeIdentifier: {
        default: 'plain',
        overrides: { [resetPrefix]: { hash: async (identifier) => hashToken(identifier) } },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength,
      resetPasswordTokenExpiresIn: resetMinutes * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const store = resets.getStore()
        if (store) store.asked = { personId: user.id, name: user.name, token }
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Ranah',
        twoFactorCookieMaxAge: challengeSeconds,
        accountLockout: { maxFailedAttempts: maxWrongCodes, durationSeconds: codeRestSeconds },
        // Recovery codes are ours: hashed, where the library keeps them readable.
        backupCodeOptions: { customBackupCodesGenerate: () => [] },
        schema: { twoFactor: { modelName: 'auth_two_factor' } },
      }),
      sessionOpener,
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix,
      useSecureCookies: options.secureCookies,
      database: { joins: true },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  })
  return {
    ...callsOf(api),
    readSession: (headers: Headers) => readSession(api, headers),
    hashPassword,
    challengeCookie: `${options.secureCookies ? '__Secure-' : ''}${cookiePrefix}.two_factor`,
    close,
  }
}

export type Auth = ReturnType<typeof openAuth>
type Api = ReturnType<
  typeof betterAuth<{ plugins: [ReturnType<typeof twoFactor>, typeof sessionOpener] }>
>['api']

/** What pages call. Each resolves to the answer and the cookies to set, or throws better-auth's own "no". */
function callsOf(api: Api) {
  return {
    signIn: (headers: Headers, body: { email: string; password: string }) =>
      api.signInEmail({ headers, body, returnHeaders: true }),
    signOut: (headers: Headers) => api.signOut({ headers, returnHeaders: true }),
    verifyCode: (headers: Headers, code: string) =>
      provenBy('code', () => api.verifyTOTP({ headers, body: { code }, returnHeaders: true })),
    openSession: (headers: Headers, personId: string, beginning: Beginning) =>
      beginnings.run(beginning, () => api.openSession({ headers, body: { personId }, returnHeaders: true })),
    openChallenge: (headers: Headers, personId: string) =>
      api.openChallenge({ headers, body: { personId }, returnHeaders: true }),
    endChallenge: (headers: Headers, personId: string) =>
      provenBy('recovery-code', () => api.endChallenge({ headers, body: { personId }, returnHeaders: true })),
    changePassword: (
      headers: Headers,
      way: ProvenBy | null,
      { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    ) =>
      provenBy(way, () =>
        api.changePassword({
          headers,
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          returnHeaders: true,
        }),
      ),
    askReset: async (headers: Headers, email: string): Promise<AskedReset | undefined> => {
      const store: { asked?: AskedReset } = {}
      await resets.run(store, () => api.requestPasswordReset({ headers, body: { email } }))
      return store.asked
    },
    resetPassword: (headers: Headers, token: string, newPassword: string) =>
      api.resetPassword({ headers, body: { token, newPassword } }),
    makeTotpKey: (personId: string) => api.makeTotpKey({ body: { personId } }),
    verifyPassword: (headers: Headers, password: string) =>
      api.verifyPassword({ headers, body: { password } }),
  }
}

/** @returns who the session cookie belongs to; nobody when it is unknown, forged or over */
async function readSession(api: Api, headers: Headers): Promise<SessionOwner | undefined> {
  const found = await api.getSession({ headers })
  if (!found) return undefined
  const { id, name, email, twoFactorEnabled } = found.user
  return { id, name, email, hasSecondFactor: twoFactorEnabled === true, ...ownSession.parse(found.session) }
}
