import type { MiddlewareHandler } from 'hono'
import type { HttpConfig } from './deps.ts'
import { contentSecurityPolicy } from './static.ts'
import type { PortalEnv } from './visitor.ts'

/** One year, in seconds. */
const transportMaxAge = 365 * 24 * 60 * 60

/** Headers on every answer; a handler that set one of them itself keeps it (a download, a printed page). */
export function securityHeaders(config: HttpConfig): MiddlewareHandler<PortalEnv> {
  const headers: Readonly<Record<string, string>> = {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(config.secureCookies && { 'strict-transport-security': `max-age=${transportMaxAge}` }),
  }
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headers))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    // The rest of a body that is too large is not read, so nothing can follow it on this connection.
    if (c.res.status === 413) c.res.headers.set('connection', 'close')
  }
}
