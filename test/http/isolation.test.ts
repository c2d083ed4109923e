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
import { asOwner } from '../support/app.ts'
import type { Browser } from '../support/browse.ts'
import { signedIn } from '../support/session.ts'
import type { Components, Schema } from './hostile/inputs.ts'
import { valueOf } from './hostile/inputs.ts'
import type { World } from './hostile/world.ts'
import { createWorld } from './hostile/world.ts'

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

type Route = { readonly method: string; readonly path: string }
type Operation = { readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> } }
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
    foreign = await neighboursRows(world)
    document = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as Document
  })
  after(() => world.portal.close())

  /** The routes of an office that name a row of it. */
  const routesWithRows = (): readonly Route[] =>
    [...new Map(world.portal.app.registered.map((each) => [`${each.method} ${each.path}`, each])).values()]
      .filter(({ method, path }) => method !== 'ALL' && path.includes('/:office') && rowsIn(path).length > 0)
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
  ): Promise<{ status: number; type: string | null; location: string | null; text: string }> {
    const type = path.startsWith('/api/') ? 'application/json' : 'application/x-www-form-urlencoded'
    const answer = await browser.send(addressOf(path, rowOf), {
      method,
      body,
      headers: { origin: browser.origin, ...(body !== undefined && { 'content-type': type }) },
    })
    const { status, headers } = answer
    const isStream = headers.get('content-type')?.startsWith('text/event-stream') === true
    if (isStream) await answer.body?.cancel()
    let text = isStream ? 'stream' : await answer.text()
    for (const name of rowsIn(path)) text = text.replaceAll(rowOf(name), 'X')
    for (const id of [unknownId, foreign.get('agency')!]) text = text.replaceAll(id, 'ID')
    return { status, type: headers.get('content-type'), location: headers.get('location'), text }
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
})

/** One row of the neighbour for every parameter that names one; those it has not yet are laid into the database. */
async function neighboursRows({ portal, other, foreignOf }: World): Promise<ReadonlyMap<string, string>> {
  const found = new Map([...foreignOf].flatMap(([name, ids]) => (ids[0] ? [[name, ids[0]] as const] : [])))
  const { personId } = await other.member('administrator')
  const lay = async (name: string, statement: string): Promise<void> => {
    const [row] = await asOwner(portal.database, `${statement} returning id`, [other.id])
    found.set(name, String(row!.id))
  }
  await lay(
    'service',
    `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
       administrative_contact, technical_contact, live_at)
     select gen_random_uuid(), $1, a.id, z.id, 'arsip.' || z.name, 'live', false, false, '{}', '{}', now()
     from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
  )
  await lay(
    'reveal',
    `insert into credential_reveals (id, office_id, service_id, contact_email, sealed, status, created_at, expires_at)
     select gen_random_uuid(), $1, id, 'ani@tetangga.test', 'x', 'ready', now(), now() + interval '1 year'
     from services where office_id = $1`,
  )
  await lay(
    'letter',
    `insert into letters (id, office_id, kind, register, year, seq, number, dated, data, verification_code, status,
       created_at)
     values (gen_random_uuid(), $1, 'reply', 'letters', 2026, 900, '900', '2026-03-02', '{}', 'XXXX-XXXX', 'numbered',
       now())`,
  )
  await lay(
    'finding',
    `insert into zone_findings (id, office_id, zone_id, name, type, kind, found_at, status)
     select gen_random_uuid(), $1, id, 'x.' || name, 'A', 'missing', now(), 'open' from zones where office_id = $1`,
  )
  await lay(
    'server',
    `insert into servers (id, office_id, kind, driver, name, settings, created_at)
     values (gen_random_uuid(), $1, 'dns', 'rfc2136', 'Server tetangga', '{}', now())`,
  )
  await lay(
    'signatory',
    `insert into signatories (id, office_id, person_id, post, name, from_day, created_at)
     select gen_random_uuid(), $1, '${personId}', 'Kepala Dinas', 'Ani Contoh', '2026-01-01', now()`,
  )
  await lay(
    'token',
    `insert into api_tokens (id, office_id, person_id, name, token_hash, created_at, expires_at)
     select gen_random_uuid(), $1, '${personId}', 'skrip', 'hash', now(), now() + interval '1 year'`,
  )
  return found.set('person', personId)
}
