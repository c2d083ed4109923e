import type { MiddlewareHandler } from 'hono'
import { useSession } from './auth/own-sessions.ts'
import type { HttpDeps } from './deps.ts'
import type { PortalEnv, Visitor } from './visitor.ts'
import { frameOf, personWith } from './visitor.ts'

/** Resolves the session of a page request; pages are Indonesian unless the visitor chose otherwise. */
export function visitorOfSession(deps: HttpDeps): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    c.set('visitor', { ...frameOf(deps, c), ...(await personOfSession(deps, c.req.raw.headers)) })
    await next()
  }
}

/**
 * @returns the person whose session cookie was sent, with what they are now (not when they signed in); or why the session
 *   is over, and then nobody
 */
export async function personOfSession(
  deps: HttpDeps,
  headers: Headers,
): Promise<Pick<Visitor, 'person' | 'over'>> {
  if (!headers.has('cookie')) return {}
  const session = await deps.auth.readSession(headers)
  if (!session) return {}
  const person = await personWith(deps, session, session)
  const over = await useSession(deps, person, session, headers)
  return over ? { over } : { person }
}
