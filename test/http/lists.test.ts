/** Every list of the API, taken from its own description: read page by page while rows are added. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asOwner } from '../support/app.ts'
import type { Browser } from '../support/browse.ts'
import type { World } from './hostile/world.ts'
import { createWorld } from './hostile/world.ts'

type Operation = { parameters?: { in: string; name: string }[]; responses: Record<string, unknown> }
type Item = Record<string, unknown>
type Page = { items: Item[]; next: string | null }

/** Few by nature: what an installation or an office is made of. */
const short = [
  '/offices/{office}/zone-comparisons', // one a zone
  '/public/offices',
  '/public/logbook-heads',
  '/offices/{office}/logbook/witnesses', // a handful of organisations
  '/offices/{office}/signatories',
  '/offices/{office}/signatures', // what waits for one person, at most 200
  '/offices/{office}/servers',
  '/offices/{office}/zones',
  '/me/passkeys', // at most 20
]
const wrongCursors = ['bukan', 'W10', 'bnVsbA', 'e30', 'WyJ4IiwieSJd', 'WyJ4Il0', 'WzEsMl0', 'WyInIiwiJyJd']
/** Pages that a list of the sample has at most. */
const maxPages = 500

describe('lists of the API', () => {
  let world: World
  let readers: Browser[]
  let lists: { path: string; paged: boolean }[]
  before(async () => {
    world = await createWorld()
    const { portal } = world
    readers = []
    for (const role of ['administrator', 'operator', 'auditor', 'applicant'] as const)
      readers.push(await portal.as(role))
    const { paths } = (await (await portal.visit().get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, { get?: Operation }>
    }
    lists = Object.entries(paths).flatMap(([path, { get }]) =>
      get && JSON.stringify(get.responses['200'] ?? '').includes('"items":{"type":"array"')
        ? [{ path, paged: (get.parameters ?? []).some((each) => each.name === 'cursor') }]
        : [],
    )
    // Live names of both offices, taken in turns: the list across offices has to merge them.
    const offices = [portal, await portal.addOffice('lagi')]
    for (const label of ['a', 'b-c', 'b', 'ba', 'z'])
      for (const office of offices)
        await asOwner(
          portal.database,
          `insert into services (id, office_id, agency_id, zone_id, fqdn, status, has_record, has_site,
             administrative_contact, technical_contact, live_at)
           select gen_random_uuid(), $1, a.id, z.id, $2 || '.' || z.name, 'live', false, false, '{}', '{}', now()
           from agencies a, zones z where a.office_id = $1 and z.office_id = $1 limit 1`,
          [office.id, label],
        )
    await grow()
    await grow()
  })
  after(() => world.portal.close())

  const filled = (path: string): string =>
    path
      .replace('{office}', world.portal.slug)
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => world.own.get(name)?.at(-1) ?? `no-${name}`)

  /** Reads as the first of the readers who may. */
  async function read(path: string): Promise<Page> {
    let status = 0
    for (const reader of readers) {
      const response = await reader.api('GET', path)
      status = response.status
      if (status === 200) return (await response.json()) as Page
    }
    throw new Error(`${path}: ${status}`)
  }

  let grown = 0
  /** Adds a row to the lists of people, tokens, sessions, messages and of the logbook. */
  async function grow(): Promise<void> {
    grown += 1
    const { portal, own } = world
    const base = `/offices/${portal.slug}`
    const [admin, , , applicant] = readers
    const name = `Tambahan ${grown}`
    const ticket = own.get('ticket')!.at(-1)!
    const made = [
      await admin!.api('POST', `${base}/tokens`, { name, days: 1 }),
      await admin!.api('POST', `${base}/invitations`, {
        name,
        email: `tambahan${grown}@contoh.test`,
        role: 'auditor',
      }),
      await applicant!.api('POST', `${base}/requests/${ticket}/messages`, { body: name }),
      await portal.visit(`198.51.100.${grown}`).api('POST', `${base}/registrations`, {
        name,
        email: `daftar${grown}@contoh.test`,
        post: 'Pranata Komputer',
        agency: 'Badan Contoh',
        reason: 'Mengurus subdomain.',
      }),
    ]
    for (const response of made) assert.ok(response.status < 300, await response.text())
    await portal.as('administrator')
  }

  test('are paged, all but those that stay short', () => {
    assert.ok(lists.length > 12, String(lists.length))
    assert.deepEqual(
      lists.filter(({ paged, path }) => !paged && !short.includes(path)),
      [],
    )
  })

  test('lose and repeat nothing while rows are added between their pages', async () => {
    let longer = 0
    for (const { path } of lists.filter(({ paged }) => paged)) {
      const url = filled(path)
      const whole = (await read(`${url}?limit=100`)).items.map(keyOf)
      const seen: string[] = []
      let next: string | null = ''
      for (let page = 0; next !== null && page < maxPages; page += 1) {
        const answer: Page = await read(`${url}?limit=1${next && `&cursor=${next}`}`)
        assert.ok(answer.items.length <= 1, path)
        seen.push(...answer.items.map(keyOf))
        next = answer.next
        if (page === 0) await grow()
      }
      assert.equal(next, null, path)
      assert.equal(new Set(seen).size, seen.length, `${path}: ${seen.join(' ')}`)
      assert.deepEqual(
        seen.filter((key) => whole.includes(key)),
        whole,
        path,
      )
      if (whole.length > 1) longer += 1
    }
    assert.ok(longer >= 7, `${longer} lists have more than one row`)
  })

  test('refuse a cursor that was not given out', async () => {
    for (const { path } of lists.filter(({ paged }) => paged))
      for (const cursor of wrongCursors) {
        const url = `${filled(path)}?cursor=${encodeURIComponent(cursor)}`
        const statuses = await Promise.all(readers.map(async (each) => (await each.api('GET', url)).status))
        assert.ok(!statuses.includes(500), url)
        if (cursor.length < 7) assert.ok(statuses.includes(400), `${url}: ${statuses.join()}`)
      }
    assert.deepEqual(world.portal.faults, [])
  })
})

/** What a row is known by. A logbook grows at its newest end. */
const keyOf = (item: Item): string =>
  JSON.stringify(item.id ?? item.ticket ?? item.seq ?? item.number ?? item.fqdn ?? item)
