/** Every page and form of the portal, taken from the route registry, with fields it was not written for. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { roles } from '../../../src/domain/access/roles.ts'
import type { RouteRecord } from '../../../src/http/routes.ts'
import type { Browser } from '../../support/browse.ts'
import { signedIn } from '../../support/session.ts'
import { hostileTexts } from './inputs.ts'
import type { World } from './world.ts'
import { createWorld } from './world.ts'

const seed = 20_260_302
const runs = 6
/** It ends the session that the next input needs. */
const signOut = '/keluar'

const fields =
  'name email role agency label zoneId visit outcome reason body file date kind letter.number register pattern ' +
  'zone days text approve from to version code ticket password __proto__ constructor form.note refusal.1.code ' +
  'source csv retired person government slug paper active lanjut waiver document cari dari tahap kursor view'
const names = fields.split(' ')
const form = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data; boundary=x'
const wholes: readonly (readonly [type: string, body: string])[] = [
  [multipart, '--x\r\nno headers'],
  ['multipart/form-data', 'no boundary'],
  [
    multipart,
    '--x\r\ncontent-disposition: form-data; name="file"; filename="../a\u202e.pdf"\r\n\r\n<b>\r\n--x--\r\n',
  ],
  ['application/json', '{"a":1}'],
  ['text/plain', 'a=1'],
  ['', ''],
  [form, 'a=%ZZ&__proto__=1&__proto__[x]=2&constructor=3&%00=%00'],
  [form, `a=${'x'.repeat(300_000)}`],
]

let world: World
const browsers = new Map<string, Browser>()
before(async () => {
  world = await createWorld()
  const { portal } = world
  for (const role of roles) browsers.set(role, await signedIn(portal, await portal.member(role)))
})
after(() => world.portal.close())

const pairs = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...hostileTexts, '1', '2026-03-02')), {
    maxLength: 12,
  })
  .map((given) =>
    new URLSearchParams(
      given.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
    ).toString(),
  )

const bodies = fc.oneof(
  { weight: 3, arbitrary: pairs.map((body) => [form, body] as const) },
  { weight: 1, arbitrary: fc.constantFrom(...wholes) },
)

/** Addresses of a route: mostly rows of this office, else the neighbour's and wrong ones. */
function addressOf(path: string): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    if (part === ':office') return fc.constant('contoh')
    if (!part.startsWith(':')) return fc.constant(part)
    const own = world.own.get(part.slice(1)) ?? []
    const wrong = fc.constantFrom(...world.foreign, ...hostileTexts.filter((text) => text !== ''))
    const value = own.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...own) }, wrong) : wrong
    return value.map((text) => encodeURIComponent(text.toWellFormed()))
  })
  return fc.tuple(...parts).map((all) => all.join('/'))
}

async function judge(
  { method }: RouteRecord,
  role: string,
  address: string,
  [type, body]: readonly [string, string],
): Promise<void> {
  const browser = browsers.get(role)!
  const headers = { origin: browser.origin, ...(type && { 'content-type': type }) }
  const answer = await (method === 'GET'
    ? browser.get(type === form ? `${address}?${body.slice(0, 2000)}` : address)
    : browser.send(address, { method, headers, body }))
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.body?.cancel()
  const text = await answer.text()
  const fault = world.portal.faults.at(-1)?.error
  // nobody answers for the name server of this world: 503 without a fault is the sentence that says so
  const isOutage = answer.status === 503 && fault === undefined
  assert.ok(answer.status < 500 || isOutage, `${answer.status} ${method} ${address}: ${String(fault)}`)
  assert.ok(!text.includes('@tetangga.test'), `${address} shows the neighbour's people`)
}

test('no page and no form falls over, shows a neighbour or touches one', async (t) => {
  const neighbour = await world.neighbour()
  let sent = 0
  for (const route of world.portal.app.routes.filter(({ path }) => path !== signOut))
    await t.test(`${route.method} ${route.path}`, () => {
      const role = fc.constantFrom<string>(...(Array.isArray(route.who) ? (route.who as string[]) : roles))
      const check = fc.asyncProperty(role, addressOf(route.path), bodies, (who, address, body) => {
        sent += 1
        return judge(route, who, address, body)
      })
      return fc.assert(check, { numRuns: runs, seed, endOnFailure: true })
    })
  assert.deepEqual(await world.neighbour(), neighbour)
  assert.deepEqual(world.portal.faults, [])
  assert.ok(sent > 500)
  process.stdout.write(
    `note: ${sent} hostile inputs to ${world.portal.app.routes.length - 1} routes of pages\n`,
  )
})
