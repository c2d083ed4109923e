import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { HttpConfig } from '../deps.ts'
import type { FlashMessage } from '../ui/shell.ts'
import type { PortalEnv } from '../visitor.ts'

const cookie = 'ranah_pesan'
/** A message that no page fetched within this time is forgotten. */
const maxAgeSeconds = 120

/** Keeps a message for the next page. Signed, because a site below the same domain can set cookies too. */
export async function setFlash(
  config: HttpConfig,
  c: Context<PortalEnv>,
  message: FlashMessage,
): Promise<void> {
  const value = Buffer.from(JSON.stringify(message)).toString('base64url')
  await setSignedCookie(c, cookie, value, config.secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: config.secureCookies,
    maxAge: maxAgeSeconds,
  })
}

/** Takes the message that the page before left, so that it shows once. */
export async function takeFlash(config: HttpConfig, c: Context<PortalEnv>): Promise<readonly FlashMessage[]> {
  const value = await getSignedCookie(c, config.secret, cookie)
  if (value === undefined) return []
  deleteCookie(c, cookie, { path: '/', secure: config.secureCookies })
  if (value === false) return []
  return [JSON.parse(Buffer.from(value, 'base64url').toString()) as FlashMessage]
}
