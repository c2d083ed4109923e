import { createHmac, randomBytes } from 'node:crypto'
import type { Member } from '../../src/actions/act.ts'
import type { TestApp } from './app.ts'
import { asOwner } from './app.ts'
import type { Browser } from './browse.ts'

/** How long a test's session lasts, in milliseconds of real time: the sign-in library looks at the real clock. */
const sessionMs = 60 * 60 * 1000

/** @returns the value of a session cookie for this person, as signing in would have set it */
export async function sessionCookieOf(portal: TestApp, personId: string): Promise<string> {
  const token = randomBytes(24).toString('hex')
  await asOwner(
    portal.database,
    'insert into auth_session (id, token, "userId", "expiresAt") values ($1, $2, $3, $4)',
    [randomBytes(12).toString('hex'), token, personId, new Date(Date.now() + sessionMs)],
  )
  const signature = createHmac('sha256', portal.deps.config.secret).update(token).digest('base64')
  return encodeURIComponent(`${token}.${signature}`)
}

/** @returns a browser in which the member is signed in */
export async function signedIn(portal: TestApp, member: Member): Promise<Browser> {
  const browser = portal.visit()
  browser.cookies.set('ranah.session_token', await sessionCookieOf(portal, member.personId))
  return browser
}
