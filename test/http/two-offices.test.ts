import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from '../support/browse.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal } from '../support/portal.ts'
import { headersOf } from '../support/text-of-answer.ts'

const anyId = '00000000-0000-4000-8000-000000000000'

/** Every page, form and API route of an office, taken from the registries, so that a new one cannot be forgotten. */
describe('every address of an office, for a stranger', () => {
  let portal: TestPortal
  let stranger: Browser
  before(async () => {
    portal = await createTestPortal()
    const other = await portal.addOffice('tetangga')
    stranger = await other.as('administrator')
  })
  after(() => portal.close())

  const send = (browser: Browser, method: string, path: string) =>
    method === 'GET' ? browser.get(path) : browser.post(path, { any: 'thing' })

  /** All that an answer tells, without the office that was asked for. */
  async function told(answer: Response, slug: string) {
    const { status, headers } = answer
    return { status, headers: headersOf(headers), text: (await answer.text()).replaceAll(slug, '') }
  }

  test('pages and forms answer as for an office that does not exist', async () => {
    const routes = portal.app.routes.filter(
      (route) => route.path.startsWith('/o/:office') && route.who !== 'public',
    )
    assert.ok(routes.length > 10)
    for (const { method, path } of routes) {
      const at = (office: string) => path.replace(':office', office).replaceAll(/:[a-z]+/gi, anyId)
      const foreign = await told(await send(stranger, method, at('contoh')), 'contoh')
      const unknown = await told(await send(stranger, method, at('tidakada')), 'tidakada')
      assert.equal(foreign.status, 404, `${method} ${path}`)
      assert.deepEqual(foreign, unknown, `${method} ${path}`)
    }
  })

  test('a signed-out visitor is sent to sign in, and a form is not carried out', async () => {
    for (const { method, path, who } of portal.app.routes) {
      if (who === 'public' || path === '/keluar') continue
      const at = path.replace(':office', 'contoh').replaceAll(/:[a-z]+/gi, anyId)
      const answer = await send(portal.visit(), method, at)
      assert.equal(answer.status, method === 'GET' ? 303 : 401, `${method} ${path}`)
    }
  })

  test('the API answers a stranger 404 and nobody 401', async () => {
    type Operation = { security?: unknown[] }
    const document = (await (await stranger.api('GET', '/openapi.json')).json()) as {
      paths: Record<string, Record<string, Operation>>
    }
    let swept = 0
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, { security }] of Object.entries(operations)) {
        if (!path.includes('{office}') || security?.length === 0) continue
        const at = (office: string) => path.replace('{office}', office).replaceAll(/\{[a-z]+\}/gi, anyId)
        const body = method === 'get' || method === 'delete' ? undefined : {}
        const foreign = await stranger.api(method.toUpperCase(), at('contoh'), body)
        assert.equal(foreign.status, 404, `${method} ${path}`)
        const unknown = await stranger.api(method.toUpperCase(), at('tidakada'), body)
        assert.deepEqual(await told(foreign, 'contoh'), await told(unknown, 'tidakada'), `${method} ${path}`)
        const nobody = await portal.visit().api(method.toUpperCase(), at('contoh'), body)
        assert.equal(nobody.status, 401, `${method} ${path}`)
        swept += 1
      }
    assert.ok(swept > 10)
    assert.deepEqual(portal.faults, [])
  })
})
