import { APIError } from 'better-auth/api'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { signInTexts } from '../../domain/text/sign-in.ts'
import { addressHeader } from './auth.ts'

/** Where a sign-in came from. */
export type Caller = { readonly headers: Headers; readonly address: string }

/** The headers that better-auth is shown: cookies, device, and the address that we found. */
export function authHeaders({ headers, address }: Caller): Headers {
  const shown = new Headers({ [addressHeader]: address })
  for (const name of ['cookie', 'user-agent']) {
    const value = headers.get(name)
    if (value !== null) shown.set(name, value)
  }
  return shown
}

/**
 * @returns what `call` resolves to; nothing when better-auth says "no"
 * @throws Refused (429) while the account's codes rest; faults as they are
 */
export async function orRefuse<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error
    const code = error.body?.code ?? ''
    if (code === 'ACCOUNT_TEMPORARILY_LOCKED') refuse('codes-rest', signInTexts.codeResting, 429)
    if (code.startsWith('INVALID_TWO_FACTOR_COOKIE') || code.startsWith('TOO_MANY_ATTEMPTS'))
      refuse('code-page-over', signInTexts.codeOver, 410)
    return undefined
  }
}

export function refuse(reason: string, text: Text, status: 401 | 410 | 429): never {
  throw new Refused(reason, text, { status })
}
