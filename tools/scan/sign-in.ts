import type { Account } from '../../src/cli/demo/people.ts'
import { totp, untilNextCode } from '../../src/cli/demo/totp.ts'

/** Signs in over the public API as a browser would. @returns the cookie of the session */
export async function sessionOf(portal: URL, { login, secret, totp: key }: Account): Promise<string> {
  const first = await post(portal, '/api/v1/session', { email: login, password: secret }, '')
  const { next } = (await first.clone().json()) as { next?: string }
  if (next === 'signed-in') return cookiesOf(first)
  for (let tries = 0; tries < 3; tries++) {
    const code = { code: totp(key, new Date()) }
    const second = await post(portal, '/api/v1/session/code', code, cookiesOf(first))
    if (second.ok) return cookiesOf(second)
    await new Promise((done) => setTimeout(done, untilNextCode(new Date())))
  }
  throw new Error(`${login} could not sign in`)
}

/** @returns a new token of the API for whatever its owner may do */
export async function tokenOf(portal: URL, account: Account, cookie: string): Promise<string> {
  const made = await post(portal, `/api/v1/offices/${account.office}/tokens`, { name: 'pemindaian' }, cookie)
  if (!made.ok) throw new Error(`${account.login} was given no token: ${await made.text()}`)
  return ((await made.json()) as { token: string }).token
}

const post = (portal: URL, path: string, body: unknown, cookie: string): Promise<Response> =>
  fetch(new URL(path, portal), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portal.origin, cookie },
    body: JSON.stringify(body),
  })

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .filter((line) => !/max-age=0/i.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
