/**
 * The table of addresses, tried out: every registered route, as nobody, as a member of another office and as each
 * role, answers as its line says. Files, event streams and HEAD included; OPTIONS is answered nowhere.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '../../src/domain/access/roles.ts'
import { roles } from '../../src/domain/access/roles.ts'
import { opensBeforeFactor, whoMay } from '../../src/domain/access/table.ts'
import { factorNeeded } from '../../src/domain/access/second-factor.ts'
import { mayOpen } from '../../src/domain/access/who.ts'
import { factorTexts } from '../../src/domain/text/second-factor.ts'
import { accessTexts } from '../../src/domain/text/access.ts'
import { setProven } from '../support/app.ts'
import { Browser } from '../support/browse.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal } from '../support/portal.ts'
import { signedIn } from '../support/session.ts'

const anyId = '00000000-0000-4000-8000-000000000000'
/** They end the session they are tried with. */
const endings = ['POST /keluar', 'DELETE /api/v1/session', 'DELETE /api/v1/me/sessions', 'POST /akun/sesi']

/** Where the browser comes back to from elsewhere, without a session of ours. */
const callbacks = ['GET /masuk/kembali', 'POST /masuk/kunci-sandi', 'POST /api/v1/session/passkey']

const nameOf = ({ method, path }: Route, role = 'nobody'): string => `${role}: ${method} ${path}`

type Route = { readonly method: string; readonly path: string }
type Verdict = 'sign in first' | 'not allowed' | 'not found' | 'let in'

describe('every registered route, against the table', () => {
  let portal: TestPortal
  let routes: readonly Route[]
  let stranger: Browser
  const people = new Map<Role, Browser>()
  before(async () => {
    portal = await createTestPortal()
    for (const role of roles) people.set(role, await signedIn(portal, await portal.member(role)))
    stranger = await (await portal.addOffice('tetangga')).as('administrator')
    const unique = new Map(
      portal.app.registered
        .filter(({ method }) => method !== 'ALL')
        .map((route): [string, Route] => [`${route.method} ${route.path}`, route]),
    )
    routes = [...unique.values()].filter(({ method, path }) => !endings.includes(`${method} ${path}`))
    assert.ok(routes.length > 200)
  })
  after(() => portal.close())

  /** Sends what nobody would send, so that nothing is carried out; each time with the cookies of the start. */
  async function send(visitor: Browser, { method, path }: Route, accept?: string): Promise<Response> {
    const browser = new Browser(portal.app, visitor.origin, visitor.address)
    for (const [name, value] of visitor.cookies) browser.cookies.set(name, value)
    const at = path.replace(':office', portal.slug).replaceAll(/:[a-z]+/gi, anyId)
    const isApi = path.startsWith('/api/')
    const hasBody = !['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method)
    return browser.send(at, {
      method,
      body: hasBody ? (isApi ? '{"any":"thing"}' : new URLSearchParams({ any: 'thing' })) : undefined,
      headers: {
        origin: browser.origin,
        ...(isApi && hasBody && { 'content-type': 'application/json' }),
        ...(accept && { accept }),
      },
    })
  }

  async function verdictOf(response: Response): Promise<Verdict> {
    if (response.headers.get('location')?.startsWith('/masuk?kembali=')) return 'sign in first'
    const body = (await response.text()).replaceAll('&#39;', "'")
    const says = (text: { id: string }) => body.includes(text.id)
    if (response.status === 401 && says(accessTexts.signInFirst)) return 'sign in first'
    if (response.status === 403 && says(accessTexts.notAllowed)) return 'not allowed'
    return response.status === 404 ? 'not found' : 'let in'
  }

  function expected({ method, path }: Route, role: Role | undefined): readonly Verdict[] {
    const who = whoMay(method, path)
    assert.ok(who, `${method} ${path} has no line`)
    const letIn = ['let in', 'not found'] as const
    if (who === 'public') return letIn
    if (!role) return ['sign in first']
    return mayOpen(who, [role]) ? letIn : ['not allowed']
  }

  async function sweep(visitor: Browser, role: Role | undefined): Promise<readonly string[]> {
    const wrong: string[] = []
    for (const route of routes) {
      const verdict = await verdictOf(await send(visitor, route))
      const right = expected(route, role)
      if (!right.includes(verdict)) wrong.push(`${route.method} ${route.path}: ${verdict}, not ${right[0]}`)
    }
    return wrong
  }

  test('nobody', async () => assert.deepEqual(await sweep(portal.visit(), undefined), []))

  for (const role of roles) test(role, async () => assert.deepEqual(await sweep(people.get(role)!, role), []))

  test('a member of another office finds nothing of this one', async () => {
    for (const route of routes) {
      const who = whoMay(route.method, route.path)
      if (who === 'public' || who === 'signed-in') continue
      assert.equal(await verdictOf(await send(stranger, route)), 'not found', `${route.method} ${route.path}`)
    }
  })

  test('staff who owe a second factor reach its set-up, their own account and the way out', async () => {
    await setProven(portal.database, false)
    for (const role of roles.filter((each) => each !== 'applicant')) {
      const visitor = await signedIn(portal, await portal.member(role))
      for (const route of routes) {
        const answer = await send(visitor, route)
        assert.equal(await owes(answer), !opensBeforeFactor(route.method, route.path), nameOf(route, role))
      }
    }
    await setProven(portal.database, true)
  })

  test('who owes a second factor gets no further by a stream, by HEAD or by OPTIONS', async () => {
    await setProven(portal.database, false)
    const visitor = await signedIn(portal, await portal.member('administrator'))
    for (const route of routes) {
      const stream = await send(visitor, route, 'text/event-stream')
      const isRefused = stream.status === 403 && (await owes(stream))
      assert.equal(isRefused, !opensBeforeFactor(route.method, route.path), nameOf(route))
    }
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      if (opensBeforeFactor(route.method, route.path)) continue
      const head = await send(visitor, { ...route, method: 'HEAD' })
      assert.ok(head.status === 403 || (await owes(head)), nameOf(route))
      assert.equal((await send(visitor, { ...route, method: 'HEAD' }, 'text/event-stream')).status, 403)
      assert.equal((await send(visitor, { ...route, method: 'OPTIONS' }, 'text/event-stream')).status, 404)
    }
    await setProven(portal.database, true)
  })

  test('what is called back from outside stands in the table as every other address', () => {
    const paths = routes.map(({ method, path }) => `${method} ${path}`)
    for (const callback of callbacks) {
      assert.ok(paths.includes(callback), callback)
      assert.equal(whoMay(...(callback.split(' ') as [string, string])), 'public', callback)
    }
  })

  test('a stream is refused to whom the page is refused, and led nowhere', async () => {
    const visitors = [
      [undefined, portal.visit()],
      ['applicant', people.get('applicant')!],
    ] as const
    for (const route of routes.filter(
      ({ method, path }) => method === 'GET' && whoMay(method, path) !== 'public',
    ))
      for (const [role, visitor] of visitors) {
        const { status } = await send(visitor, route, 'text/event-stream')
        const isOpen = expected(route, role).includes('let in')
        assert.equal(status === (role ? 403 : 401), !isOpen, `${nameOf(route, role)} answered ${status}`)
      }
  })

  test('what opens before the second factor is short, and none of it belongs to an office', () => {
    const open = routes.filter(
      ({ method, path }) => whoMay(method, path) !== 'public' && opensBeforeFactor(method, path),
    )
    assert.ok(open.length > 0 && open.length < 25, String(open.length))
    for (const { path } of open) assert.match(path, /^\/(akun|api\/v1\/me|api\/v1\/session)(\/|$)/)
  })

  async function owes(answer: Response): Promise<boolean> {
    const location = answer.headers.get('location') ?? ''
    if (answer.status === 303) return location.startsWith('/akun/kode?kembali=')
    const body = await answer.text()
    return answer.status === 403 && (body.includes(factorNeeded) || body.includes(factorTexts.needed.id))
  }

  test('HEAD is refused where GET is', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET'))
      for (const visitor of [portal.visit(), people.get('applicant')!]) {
        const [get, head] = [await send(visitor, route), await send(visitor, { ...route, method: 'HEAD' })]
        assert.equal(head.status, get.status, route.path)
        assert.equal(head.headers.get('location'), get.headers.get('location'), route.path)
      }
  })

  test('OPTIONS and methods that were not registered are answered nowhere', async () => {
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`))
    for (const path of new Set(routes.map((route) => route.path)))
      for (const method of ['OPTIONS', 'PATCH'].filter((each) => !known.has(`${each} ${path}`)))
        if (!endings.includes(`${method} ${path}`)) {
          const answer = await send(people.get('administrator')!, { method, path })
          assert.equal(answer.status, 404, `${method} ${path}`)
        }
  })

  test('nothing of it was a fault', () => assert.deepEqual(portal.faults, []))
})
