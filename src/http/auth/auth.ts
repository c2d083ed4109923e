import { Pool } from 'pg'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { hashPassword } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Person } from '../visitor.ts'

/** How long a session lasts: one working day, then the person signs in again. */
const sessionSeconds = 12 * 60 * 60
/** A password once given opens the code page for this long. */
const codePageSeconds = 10 * 60
/** Wrong codes after which the second factor of an account rests; the password was right each time. */
const maxWrongCodes = 10
const codeRestSeconds = 15 * 60
const maxConnections = 6

export const minPasswordLength = 12
export const maxPasswordLength = 128

export type AuthOptions = {
  /** Connection URL of the role ranah_app. Sign-in keeps its own connections. */
  readonly databaseUrl: string
  /** Signs cookies and encrypts the secrets of second factors; at least 32 random characters. */
  readonly secret: string
  readonly publicUrl: string
  readonly secureCookies: boolean
  readonly onError: (error: unknown) => void
}

/** @returns the boundary behind which better-auth works; see docs/decisions on sign-in */
export function openAuth(options: AuthOptions) {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: maxConnections,
    application_name: 'ranah sign-in',
  })
  pool.on('error', options.onError)
  const { api } = betterAuth({
    appName: 'Ranah',
    baseURL: options.publicUrl,
    secret: options.secret,
    database: pool,
    user: { modelName: 'auth_user' },
    session: { modelName: 'auth_session', expiresIn: sessionSeconds, disableSessionRefresh: true },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength },
    plugins: [
      twoFactor({
        issuer: 'Ranah',
        twoFactorCookieMaxAge: codePageSeconds,
        accountLockout: { maxFailedAttempts: maxWrongCodes, durationSeconds: codeRestSeconds },
        schema: { twoFactor: { modelName: 'auth_two_factor' } },
      }),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'ranah',
      useSecureCookies: options.secureCookies,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
  })
  return {
    /** @returns who the session cookie belongs to; nobody when it is unknown, forged or over */
    async readSession(headers: Headers): Promise<Omit<Person, 'memberships'> | undefined> {
      const found = await api.getSession({ headers })
      if (!found) return undefined
      const { id, name, email, twoFactorEnabled } = found.user
      return { id, name, email, hasSecondFactor: twoFactorEnabled === true }
    },
    hashPassword,
    close: () => pool.end(),
    api,
  }
}

export type Auth = ReturnType<typeof openAuth>

/** @returns the stable code of an answer "no" from better-auth; undefined for everything else */
export function authRefusalCode(error: unknown): string | undefined {
  return error instanceof APIError ? String(error.body?.code ?? error.status) : undefined
}
