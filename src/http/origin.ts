import type { MiddlewareHandler } from 'hono'
import { Refused } from '../domain/refused.ts'
import { httpTexts } from '../domain/text/http.ts'
import type { HttpConfig } from './deps.ts'
import type { PortalEnv } from './visitor.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what another site sends in a visitor's name. Every browser sends Origin with a POST; a request that
 * changes something and has none, or another's, is not carried out. (SameSite cookies are the second lock:
 * sites below the same registered domain count as the same site, so they alone would not do.)
 */
export function ownOriginOnly(config: HttpConfig): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    if (!safe.includes(c.req.method)) requireOwnOrigin(config, c.req.raw)
    await next()
  }
}

/** @throws Refused (403) unless the request says that it comes from a page of this portal */
export function requireOwnOrigin(config: HttpConfig, request: Request): void {
  const origin = request.headers.get('origin')
  const own = [new URL(config.publicUrl).origin, originOfHost(config, request)]
  if (origin === null || !own.includes(origin))
    throw new Refused('cross-origin', httpTexts.crossOrigin, { status: 403 })
}

/** The address the visitor typed may differ from the public one (localhost against 127.0.0.1). */
function originOfHost(config: HttpConfig, request: Request): string {
  const host = request.headers.get('host') ?? new URL(request.url).host
  return `${config.secureCookies ? 'https' : 'http'}://${host}`
}
