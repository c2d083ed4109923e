/** Every operation of the API, taken from its own OpenAPI document, with input it was not written for. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Client } from 'pg'
import type { HttpListener } from '../../../src/http/listen.ts'
import { listenHttp } from '../../../src/http/listen.ts'
import { roles } from '../../../src/domain/access/roles.ts'
import { samplePdf } from '../../support/office.ts'
import { sessionCookieOf } from '../../support/session.ts'
import type { Components, Schema } from './inputs.ts'
import { hostileTexts, hostileValue, valueOf, wordOf } from './inputs.ts'
import type { World } from './world.ts'
import { createWorld } from './world.ts'

const seed = 20_260_302
/** Inputs for one operation, and for those that hash a password and so take long. */
const runs = 12
const slowRuns = 4
const slow = [
  '/setup',
  '/session',
  '/session/code',
  '/me/password',
  '/me/second-factor',
  '/me/age-recipient',
  '/me/email-changes',
  '/invitations/{token}/acceptance',
]
/** Ends the caller's own session: each call would need another one. */
const endsSession = (method: string, path: string) =>
  method === 'delete' && ['/session', '/me/sessions'].includes(path)

type Parameter = { in: 'path' | 'query' | 'header'; name: string; schema: Schema; required?: boolean }
type Operation = {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  security?: unknown[]
  'x-roles'?: 'member' | string[]
}
type Document = { paths: Record<string, Record<string, Operation>>; components: Components }
type Input = {
  who: string
  path: Record<string, string>
  query: Record<string, string | undefined>
  body: { type: string; bytes: string | Uint8Array } | undefined
  locale: string
}

let world: World
let listener: HttpListener
let client: Client
let document: Document
const cookies = new Map<string, string>()
let sent = 0
/** Whatever the first office wrote itself may come back to it: a neighbour's id in a message, say. */
let said = ''
/** Row counts before the next input; unknown after one that was carried out. */
let rowsNow: string | undefined
const statuses = new Map<number, number>()

before(async () => {
  world = await createWorld()
  const { portal } = world
  listener = await listenHttp('127.0.0.1', 0)
  listener.serve(portal.app.fetch)
  client = new Client({ connectionString: portal.database.ownerUrl })
  await client.connect()
  for (const role of roles) {
    const { personId } = await portal.member(role)
    cookies.set(role, `ranah.session_token=${await sessionCookieOf(portal, personId)}`)
  }
  document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as Document
})
after(async () => {
  await listener.close()
  await client.end()
  await world.portal.close()
})

/** Ids of this office's rows by the name of the parameter, some of the neighbour's, and wrong ones. */
const idFor = (name: string): fc.Arbitrary<string> => {
  const own = world.own.get(name) ?? []
  const right = own.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...own) }] : []
  return fc.oneof(
    ...right,
    { weight: 1, arbitrary: fc.constantFrom(...world.foreign) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileTexts) },
    { weight: 1, arbitrary: fc.uuid() },
  )
}

const anyId = (): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...[...world.own.values()].flat()), fc.constantFrom(...world.foreign), fc.uuid())

function inputOf(operation: Operation): fc.Arbitrary<Input> {
  const { components } = document
  const parameters = operation.parameters ?? []
  const isPublic = operation.security?.length === 0
  // What everybody may do in any office would rightly change the neighbour's.
  const office = isPublic
    ? fc.constantFrom('contoh', 'tidakada')
    : fc.oneof({ weight: 8, arbitrary: fc.constant('contoh') }, fc.constantFrom('tetangga', ...hostileTexts))
  const pathOf = (each: Parameter): [string, fc.Arbitrary<string>] => [
    each.name,
    each.name === 'office'
      ? office
      : fc.oneof({ weight: 3, arbitrary: idFor(each.name) }, wordOf(each.schema, components, anyId())),
  ]
  const model = (place: 'path' | 'query') =>
    Object.fromEntries(parameters.filter((each) => each.in === place).map(pathOf))
  const allowed = operation['x-roles']
  const who = Array.isArray(allowed) ? allowed : [...roles]
  return fc.record({
    who: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...who) },
      fc.constantFrom<string>(...roles, 'nobody'),
    ),
    path: fc.record(model('path')),
    query: fc.record(model('query'), { requiredKeys: [] }),
    body: bodyOf(operation),
    locale: fc.constantFrom('id', 'en'),
  })
}

function bodyOf(operation: Operation): fc.Arbitrary<Input['body']> {
  const content = Object.entries(operation.requestBody?.content ?? {})
  if (content.length === 0) return fc.constant(undefined)
  const [type, { schema }] = content[0]!
  const json = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Input['body']> =>
    value.map((each) => ({ type, bytes: JSON.stringify(each) ?? 'null' }))
  const wrong = fc.constantFrom<Input['body']>(
    undefined,
    { type, bytes: '' },
    { type, bytes: '{' },
    { type, bytes: '{"a":1}}' },
    { type, bytes: '['.repeat(100_000) },
    { type, bytes: new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d]) },
    { type: 'text/plain', bytes: '{}' },
    { type: 'application/x-www-form-urlencoded', bytes: 'a=1&a=2' },
    { type: 'multipart/form-data; boundary=x', bytes: '--x\r\nno headers' },
    { type: 'multipart/form-data', bytes: 'no boundary' },
    { type: `${type}; charset=utf-7`, bytes: '{}' },
    { type: 'application/JSON', bytes: '{"__proto__":{"roles":["administrator"]}}' },
    { type: 'application/problem+json', bytes: '{}' },
  )
  if (!type.includes('json')) return fc.oneof(rawBody(type), wrong)
  return fc.oneof(
    { weight: 7, arbitrary: json(valueOf(schema, document.components, anyId())) },
    { weight: 1, arbitrary: json(hostileValue) },
    { weight: 1, arbitrary: wrong },
  )
}

const rawBody = (type: string): fc.Arbitrary<Input['body']> =>
  fc
    .oneof(
      fc.constantFrom<string | Uint8Array>('', 'PK\u0003\u0004', new Uint8Array(samplePdf), 'a,b\r\n"', '\0'),
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ maxLength: 100 }),
    )
    .map((bytes) => ({ type, bytes }))

async function send(method: string, path: string, input: Input): Promise<Response> {
  const at = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => segment(input.path[name]!))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query)) if (value !== undefined) query.append(name, value)
  const origin = `http://127.0.0.1:${listener.port}`
  const cookie = cookies.get(input.who)
  const hasBody = input.body !== undefined && method !== 'get'
  return fetch(`${origin}/api/v1${at}${query.size > 0 ? `?${query.toString()}` : ''}`, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      origin,
      'accept-language': input.locale,
      ...(cookie && { cookie }),
      ...(hasBody && { 'content-type': input.body!.type }),
    },
    body: hasBody ? (input.body!.bytes as string) : undefined,
  })
}

/** A part of a path; a lone surrogate cannot be written there, and a client drops dot segments itself. */
const segment = (text: string): string => {
  const written = encodeURIComponent(text.toWellFormed())
  return ['', '.', '..'].includes(written) ? '%20' : written
}

async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text()
  await response.body?.cancel()
  return ''
}

/** Rows of every table but those that count tries, sessions and repeated keys. */
async function counts(): Promise<string> {
  const { rows } = await client.query<{ n: string }>(world.countQuery)
  return rows.map((row) => row.n).join(' ')
}

async function judge(method: string, path: string, input: Input): Promise<void> {
  const rowsBefore = rowsNow ?? (await counts())
  rowsNow = undefined
  const response = await send(method, path, input)
  const text = await textOf(response)
  sent += 1
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
  assert.ok(response.status < 500, `${response.status} ${text}\n${String(world.portal.faults.at(-1)?.error)}`)
  const own = JSON.stringify(input)
  for (const secret of world.secrets)
    assert.ok(!text.includes(secret) || (own + said).includes(secret), `shows the neighbour's ${secret}`)
  if (response.status < 400) {
    if (method !== 'get') said += own
    return
  }
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const problem = JSON.parse(text) as Record<string, unknown>
  assert.equal(problem.status, response.status)
  for (const key of ['type', 'title', 'detail', 'reason', 'instance'])
    assert.ok(typeof problem[key] === 'string' && problem[key] !== '', `${key} of ${text}`)
  rowsNow = await counts()
  assert.equal(rowsNow, rowsBefore, `a refused call left something behind: ${text}`)
}

describe('hostile input', () => {
  test('no operation of the API falls over, shows a neighbour or changes anything it refused', async (t) => {
    const neighbour = await world.neighbour()
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) {
        if (endsSession(method, path)) continue
        const numRuns = slow.includes(path) ? slowRuns : runs
        await t.test(`${method.toUpperCase()} ${path}`, () =>
          fc.assert(
            fc.asyncProperty(inputOf(operation), (input) => judge(method, path, input)),
            { numRuns, seed, endOnFailure: true },
          ),
        )
      }
    assert.deepEqual(await world.neighbour(), neighbour)
    assert.deepEqual(world.portal.faults, [])
    const byStatus = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${n} x ${status}`)
    process.stdout.write(`note: ${sent} hostile inputs to the API: ${byStatus.join(', ')}\n`)
    for (const status of [200, 201, 403, 404, 422]) assert.ok(statuses.has(status), `never ${status}`)
  })
})
