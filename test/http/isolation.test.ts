/**
 * Every page, form and API route of an office that names a row, asked by its own people for the neighbour's row and
 * for one that does not exist: the two answers are the same, and nothing of the neighbour changes.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { Role } from '../../src/domain/access/roles.ts'
import { roles } from '../../src/domain/access/roles.ts'
import { whoMay } from '../../src/domain/access/table.ts'
import { mayOpen } from '../../src/domain/access/who.ts'
import type { Browser } from '../support/browse.ts'
import { headersOf } from '../support/text-of-answer.ts'
import { signedIn } from '../support/session.ts'
import type { Components, Schema } from './hostile/inputs.ts'
import { valueOf } from './hostile/inputs.ts'
import type { World } from './hostile/world.ts'
import { createWorld, rowsOf } from './hostile/world.ts'

const seed = 20_260_302
const bodiesEach = 2
const unknownId = '5f0c1a52-0000-4000-8000-00000000dead'
/** What a parameter is called where a row that does not exist is not known by a UUID. */
const unknownOf: Readonly<Record<string, string>> = {
  ticket: 'TETANGGA-2099-0099',
  zone: 'tidakadakab.go.id',
  person: 'tidakada',
}
/** Not the id of a row: numbers, days, words of the SOP that both offices work by. */
const notRows = ['office', 'sop', 'version', 'visit', 'no', 'date', 'kind', 'book', 'seq', 'page']

/** What a field or a part of a query is called when it names a row. */
const namesRow =
  /(?:^id|Id|[aA]gency|[zZ]one|[pP]erson|[pP]rincipal|[sS]ervice|[sS]erver|[dD]ocument|[lL]etter|[sS]ignatory|[aA]ppointment|[iI]nvitation|[rR]equest|[tT]icket|[hH]ost|perangkat|domain|layanan|pengguna)$/
/** Fields of the portal's forms; each that names a row is given one. */
const formFields =
  'id agencyId agency zoneId zone personId person principalId serviceId service serverId server hostId documentId document ' +
  'letterId letter signatoryId ticket request perangkat domain layanan pengguna'
/**
 * Takes a role or the account away that the next question needs; or makes a domain, whose name is public and there once
 * in the installation.
 */
const skipped =
  /\/(?:peran|status|verifikasi|hapus|roles|active|second-factors|erasure)$|^POST \S+\/(?:pengaturan\/domain|zones)$/

type Route = { readonly method: string; readonly path: string }
type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}
type Operation = {
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> }
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
}
type Document = { readonly paths: Record<string, Record<string, Operation>>; readonly components: Components }

describe("a neighbour's row and none at all", () => {
  let world: World
  let document: Document
  let foreign: ReadonlyMap<string, string>
  const people = new Map<Role, Browser>()
  before(async () => {
    world = await createWorld()
    const { portal } = world
    for (const role of roles) people.set(role, await signedIn(portal, await portal.member(role)))
    foreign = await rowsOf(world, world.other)
    document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as Document
  })
  after(() => world.portal.close())

  /** The routes of an office that name a row of it. */
  const routesWithRows = (): readonly Route[] => officeRoutes().filter(({ path }) => rowsIn(path).length > 0)

  const officeRoutes = (): readonly Route[] =>
    [...new Map(world.portal.app.registered.map((each) => [`${each.method} ${each.path}`, each])).values()]
      .filter(({ method, path }) => method !== 'ALL' && path.includes('/:office'))
      .filter(({ method, path }) => whoMay(method, path) !== 'public')

  const rowsIn = (path: string): readonly string[] =>
    [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!).filter((name) => !notRows.includes(name))

  function addressOf(path: string, rowOf: (name: string) => string): string {
    return path
      .replace(':office', world.portal.slug)
      .replaceAll(/:(\w+)/g, (_all, name: string) =>
        encodeURIComponent(notRows.includes(name) ? (world.own.get(name)?.[0] ?? '1') : rowOf(name)),
      )
  }

  /** Bodies that fit the route, with one id wherever an id goes: the same but for it, whatever the id. */
  function bodiesOf({ method, path }: Route, id: string): readonly (string | undefined)[] {
    if (method === 'GET' || method === 'DELETE') return [undefined]
    if (!path.startsWith('/api/')) return ['', `reason=Alasan+yang+cukup&outcome=approve&visit=1&zone=${id}`]
    const written = path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')
    const schema =
      document.paths[written]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema
    if (!schema) return ['{}']
    const bodies = valueOf(schema, document.components, fc.constant(id))
    return fc.sample(bodies, { seed, numRuns: bodiesEach }).map((body) => JSON.stringify(body) ?? 'null')
  }

  async function ask(
    browser: Browser,
    { method, path }: Route,
    rowOf: (name: string) => string,
    body: string | undefined,
    query = '',
  ): Promise<Answered> {
    const type = path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded'
    const answer = await browser.send(addressOf(path, rowOf) + (query && `?${query}`), {
      method,
      body,
      headers: { origin: browser.origin, ...(body !== undefined && { 'content-type': type }) },
    })
    const { status, headers } = answer
    const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
    if (isStream) await answer.body?.cancel()
    let text = isStream ? 'stream' : await answer.text()
    for (const name of rowsIn(path)) text = text.replaceAll(rowOf(name), 'X')
    for (const id of [
      unknownId,
      ...Object.values(unknownOf),
      ...(query + (body ?? '') === '' ? [] : foreign.values()),
    ])
      if (id.length > 7) text = text.replaceAll(id, 'ID').replaceAll(encodeURIComponent(id), 'ID')
    text = text.replaceAll(foreign.get('agency')!, 'ID')
    return { status, headers: headersOf(headers), text }
  }

  test('look the same on every route', async (t) => {
    const neighbour = await world.neighbour()
    let asked = 0
    let unfound = 0
    for (const route of routesWithRows()) {
      const who = whoMay(route.method, route.path)
      const [theirs, none] = [foreign.get('agency')!, unknownId].map((id) => bodiesOf(route, id))
      const real = (name: string) => foreign.get(name) ?? assert.fail(`no row of the neighbour for :${name}`)
      const may = roles.filter((each) => mayOpen(who!, [each]))
      for (const role of new Set([may[0]!, may.at(-1)!]))
        for (const [index, body] of theirs!.entries()) {
          const browser = people.get(role)!
          const name = `${role}: ${route.method} ${route.path} ${body ?? ''}`
          const there = await ask(browser, route, real, body)
          const nowhere = await ask(browser, route, (row) => unknownOf[row] ?? unknownId, none![index])
          assert.deepEqual(there, nowhere, name)
          assert.ok(there.status >= 400, `${name} answered ${there.status}`)
          asked += 1
          if (there.status === 404) unfound += 1
        }
    }
    t.diagnostic(`${asked} pairs of questions, ${unfound} answered "not found"`)
    assert.ok(unfound > asked / 2, `${unfound} of ${asked} got as far as the row`)
    assert.deepEqual(await world.neighbour(), neighbour)
    assert.deepEqual(world.portal.faults, [])
  })

  /** The same for every row that a field of this name could mean. */
  function idFor(field: string, isTheirs: boolean): string {
    const name = field.replace(/Id$/, '').replace(/^.*\./, '')
    const row = {
      perangkat: 'agency',
      domain: 'zone',
      layanan: 'service',
      pengguna: 'person',
      request: 'ticket',
    }[name]
    const known = row ?? (field === 'zoneId' ? 'zoneId' : name === 'principal' ? 'person' : name)
    if (isTheirs) return foreign.get(known) ?? foreign.get('agency')!
    return unknownOf[known] ?? unknownId
  }

  const withIds = (value: unknown, isTheirs: boolean, field = ''): unknown => {
    if (Array.isArray(value)) return value.map((each) => withIds(each, isTheirs, field))
    if (typeof value === 'string')
      return value === unknownId || (namesRow.test(field) && value.length < 60)
        ? idFor(field, isTheirs)
        : value
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withIds(each, isTheirs, key)]))
  }

  /** Pairs of what is sent: with the neighbour's ids, and with ids of nothing. */
  function questionsOf({
    method,
    path,
  }: Route): readonly (readonly [query: string, body: string | undefined])[][] {
    const both = (of: (isTheirs: boolean) => readonly [string, string | undefined]) => [of(true), of(false)]
    const written = path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')
    const operation = document.paths[written]?.[method.toLowerCase()]
    const asked = path.startsWith('/api/')
      ? (operation?.parameters ?? []).flatMap((each) =>
          each.in === 'query' && namesRow.test(each.name) ? [each.name] : [],
        )
      : formFields.split(' ')
    const queryOf = (isTheirs: boolean) =>
      new URLSearchParams(asked.map((name): [string, string] => [name, idFor(name, isTheirs)])).toString()
    if (method === 'GET' || method === 'DELETE')
      return asked.length === 0 ? [] : [both((isTheirs) => [queryOf(isTheirs), undefined])]
    if (!path.startsWith('/api/'))
      return [
        both((isTheirs) => [
          '',
          `${queryOf(isTheirs)}&reason=Alasan+yang+cukup&outcome=approve&visit=1&name=Nama`,
        ]),
      ]
    const schema = operation?.requestBody?.content['application/json']?.schema
    if (!schema) return []
    const bodies = fc.sample(valueOf(schema, document.components, fc.constant(unknownId)), {
      seed,
      numRuns: 2,
    })
    return bodies.map((body) => both((isTheirs) => ['', JSON.stringify(withIds(body, isTheirs)) ?? 'null']))
  }

  test('while the own row is shown: the addresses are right', async () => {
    const own = (name: string) => world.own.get(name)?.at(-1)
    let shown = 0
    for (const route of routesWithRows().filter(({ method }) => method === 'GET')) {
      if (!rowsIn(route.path).every((name) => own(name) !== undefined)) continue
      const role = roles.find((each) => each !== 'applicant' && mayOpen(whoMay('GET', route.path)!, [each]))!
      if ((await ask(people.get(role)!, route, (name) => own(name)!, undefined)).status === 200) shown += 1
    }
    assert.ok(shown >= 6, `${shown}`)
  })

  test("the neighbour's ids in bodies, queries and fields are ids of nothing, on every route", async (t) => {
    const neighbour = await world.neighbour()
    const own = (name: string) => world.own.get(name)?.at(-1) ?? unknownOf[name] ?? unknownId
    const hidden = [...new Set(foreign.values())].filter((id) => id.length > 30)
    let compared = 0
    let taken = 0
    for (const route of officeRoutes().filter(({ method, path }) => !skipped.test(`${method} ${path}`))) {
      const may = roles.filter((each) => mayOpen(whoMay(route.method, route.path)!, [each]))
      for (const role of [may.at(-1)!])
        for (const [theirs, none] of questionsOf(route)) {
          const name = `${role}: ${route.method} ${route.path} ${JSON.stringify(theirs)}`
          const browser = people.get(role)!
          const there = await ask(browser, route, own, theirs![1], theirs![0])
          assert.ok(there.status < 500 || there.status === 503, `${name}: ${there.status}`)
          const sent = theirs!.join(' ')
          for (const id of hidden)
            assert.ok(!there.text.includes(id) || sent.includes(id), `${name} shows ${id}`)
          assert.ok(!there.text.includes('@tetangga.test'), name)
          // what was carried out changed this office: the same question again is another one
          if (there.status < 400 && route.method !== 'GET') taken += 1
          else {
            const nowhere = await ask(browser, route, own, none![1], none![0])
            // a page says its own address again, and what is read may have grown meanwhile
            const isWhole = route.path.startsWith('/api/') && there.status >= 400
            if (isWhole) assert.deepEqual(there, nowhere, name)
            else assert.equal(there.status, nowhere.status, name)
            compared += 1
          }
        }
    }
    t.diagnostic(`${compared} pairs of questions, ${taken} more were carried out in the own office`)
    assert.ok(compared > 200, String(compared))
    assert.deepEqual(await world.neighbour(), neighbour)
    assert.deepEqual(world.portal.faults, [])
  })
})
