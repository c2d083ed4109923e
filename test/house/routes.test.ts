/** The table of addresses against what is registered: fast, without a database, part of `npm run check`. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Hono } from 'hono'
import { printedTable, tableRoutes, whoMay } from '../../src/domain/access/table.ts'
import { Refused } from '../../src/domain/refused.ts'
import { createApp } from '../../src/http/app.ts'
import { authorize, lineFor } from '../../src/http/authorize.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import type { PortalEnv } from '../../src/http/visitor.ts'

const config = { publicUrl: 'http://portal.test', secureCookies: false, trustedProxies: [], secret: 'none' }
/** Registering asks nothing of a database; a route that did would fail here. */
const { registered } = createApp({ config } as unknown as HttpDeps)

/** What runs before or after the handlers, by design: everything else that answers has a line. */
const middleware = ['ALL /*', 'ALL /assets/*', 'ALL /api/v1/*']

test('every route that answers has a line, and every line a route', () => {
  const answering = new Set(registered.map(({ method, path }) => `${method} ${path}`))
  for (const each of middleware) assert.ok(answering.delete(each), each)
  assert.deepEqual([...answering].toSorted(), tableRoutes.toSorted())
})

test('a route that came in without a line is refused before its handler', async () => {
  assert.throws(() => lineFor('GET', '/o/:office/rahasia'), /has no line in the table/)
  const app = new Hono<PortalEnv>()
  app.use(authorize)
  for (const path of ['/rahasia', '/o/:office/rahasia']) app.all(path, (c) => c.text('told'))
  app.onError((error, c) => c.text('refused', error instanceof Refused ? 404 : 500))
  for (const path of ['/rahasia', '/o/contoh/rahasia'])
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await app.request(path, { method })
      assert.deepEqual([answer.status, await answer.text()], [404, 'refused'], `${method} ${path}`)
    }
})

test('no address stands in two lines', () => {
  assert.equal(new Set(tableRoutes).size, tableRoutes.length)
})

test('an address without a line is for nobody', () => {
  for (const route of ['GET /o/:office/rahasia', 'DELETE /akun', 'OPTIONS /akun', 'HEAD /akun']) {
    const [method = '', path = ''] = route.split(' ')
    assert.equal(whoMay(method, path), undefined, route)
  }
  assert.equal(
    whoMay('GET', '/api/v1/offices/{office}/people'),
    whoMay('GET', '/api/v1/offices/:office/people'),
  )
})

test('docs/security.md prints the same table: run node --import tsx tools/make-access-table.ts', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  assert.ok(page.includes(`\n\n${printedTable()}\n`))
})
