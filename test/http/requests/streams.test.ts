/** An event stream lasts for minutes, and ends as soon as whoever watches may not: the check of the start is no licence. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from '../../support/browse.ts'
import { asOwner } from '../../support/app.ts'
import { eventually } from '../../support/dns-server.ts'
import { sampleApplication } from '../../support/office.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'
import { signedIn } from '../../support/session.ts'

/** A stream is asked about each second; this long after an end it must be over, in milliseconds. */
const soonMs = 6_000
/** Long enough to be asked about twice. */
const twiceMs = 2_500
const base = '/offices/contoh'

describe('an event stream', () => {
  let portal: TestPortal
  let ticket: string
  before(async () => {
    portal = await createTestPortal()
    const applicant = await portal.as('applicant')
    await asOwner(portal.database, "update zones set status = 'ready'")
    const options = (await (await applicant.api('GET', `${base}/request-options`)).json()) as {
      agencies: { id: string }[]
      zones: { id: string }[]
      kinds: { id: string }[]
    }
    const made = await applicant.api('POST', `${base}/requests`, {
      kind: options.kinds[0]!.id,
      agencyId: options.agencies[0]!.id,
      zoneId: options.zones[0]!.id,
      application: sampleApplication('alir'),
    })
    ticket = ((await made.json()) as { ticket: string }).ticket
    // the page's stream goes on while the system is at work
    await asOwner(portal.database, "update requests set phase = 'running', stage = 'working'")
  })
  after(() => portal.close())

  type Stream = { readonly over: Promise<'over'>; readonly cancel: () => Promise<void> }

  async function open(
    browser: Browser,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Stream> {
    const response = await browser.send(path, { headers: { accept: 'text/event-stream', ...headers } })
    assert.equal(response.status, 200, await (response.status === 200 ? '' : response.text()))
    const reader = response.body!.getReader()
    await reader.read()
    const toItsEnd = async (): Promise<'over'> => {
      for (;;) if ((await reader.read()).done) return 'over'
    }
    return { over: toItsEnd(), cancel: () => reader.cancel() }
  }

  const within = (ms: number, { over }: Stream): Promise<'over' | 'goes on'> =>
    Promise.race([
      over,
      new Promise<'goes on'>((resolve) => setTimeout(() => resolve('goes on'), ms).unref()),
    ])

  const apiStream = (): string => `/api/v1${base}/requests/${ticket}/events`
  const pageStream = (): string => `/o/contoh/permohonan/${ticket}/kemajuan`

  const operator = async (): Promise<Browser> => signedIn(portal, await portal.member('operator'))

  async function makeToken(): Promise<{ id: string; header: Record<string, string> }> {
    const made = await (
      await operator()
    ).api('POST', `${base}/tokens`, { name: 'pemantau', days: 7, scopes: ['requests:read'] })
    const { id, token } = (await made.json()) as { id: string; token: string }
    return { id, header: { authorization: `Bearer ${token}` } }
  }

  test('goes on for who may watch', async () => {
    const { header } = await makeToken()
    const streams = [
      await open(portal.visit(), apiStream(), header),
      await open(await operator(), apiStream()),
      await open(await operator(), pageStream()),
    ]
    for (const stream of streams) assert.equal(await within(twiceMs, stream), 'goes on')
    await Promise.all(streams.map((stream) => stream.cancel()))
  })

  test('is given to one person twenty times at once, and to others beside them', async () => {
    const watcher = async () => signedIn(portal, await portal.member('head-of-office'))
    const streams = await Promise.all(
      Array.from({ length: 20 }, async () => open(await watcher(), apiStream())),
    )
    for (const path of [apiStream(), pageStream()]) {
      const refused = await (await watcher()).get(path)
      assert.equal(refused.status, 429)
      assert.match(await refused.text(), /20 halaman/)
    }
    const other = await open(await signedIn(portal, await portal.member('auditor')), apiStream())
    await streams.pop()!.cancel()
    let again: Stream | undefined
    await eventually(async () => void (again = await open(await watcher(), apiStream())))
    await Promise.all([...streams, other, again!].map((stream) => stream.cancel()))
  })

  test('ends with the token that is revoked, and no other', async () => {
    const [revoked, kept] = [await makeToken(), await makeToken()]
    const stream = await open(portal.visit(), apiStream(), revoked.header)
    const other = await open(portal.visit(), apiStream(), kept.header)
    assert.equal((await (await operator()).api('DELETE', `${base}/tokens/${revoked.id}`)).status, 204)
    assert.equal(await within(soonMs, stream), 'over')
    assert.equal(await within(100, other), 'goes on')
    await other.cancel()
  })

  test('ends with the token whose days are over', async () => {
    const { id, header } = await makeToken()
    const stream = await open(portal.visit(), apiStream(), header)
    await asOwner(portal.database, 'update api_tokens set expires_at = $1 where id = $2', [
      portal.clock.now,
      id,
    ])
    assert.equal(await within(soonMs, stream), 'over')
  })

  test('ends with the session, on the page and in the API', async () => {
    const browser = await operator()
    const streams = [await open(browser, apiStream()), await open(browser, pageStream())]
    assert.equal((await browser.api('DELETE', '/me/sessions')).status, 204)
    for (const stream of streams) assert.equal(await within(soonMs, stream), 'over')
  })

  test('ends with the role and with the membership', async () => {
    const { personId } = await portal.member('auditor')
    const set = (statement: string) => asOwner(portal.database, statement, [personId])
    for (const [away, back] of [
      [
        'update appointments set revoked_at = now() where person_id = $1',
        'update appointments set revoked_at = null where person_id = $1',
      ],
      [
        'update memberships set active = false where person_id = $1',
        'update memberships set active = true where person_id = $1',
      ],
    ] as const) {
      const stream = await open(await signedIn(portal, await portal.member('auditor')), pageStream())
      await set(away)
      assert.equal(await within(soonMs, stream), 'over', away)
      await set(back)
    }
  })

  test('ends at the next change for an applicant who left the agency', async () => {
    const { personId } = await portal.member('applicant')
    const stream = await open(await signedIn(portal, await portal.member('applicant')), apiStream())
    await asOwner(
      portal.database,
      `insert into agencies (id, office_id, name, created_at)
       select gen_random_uuid(), office_id, 'Badan Lain', now() from agencies limit 1`,
    )
    await asOwner(
      portal.database,
      `update memberships set agency_id = (select id from agencies where name = 'Badan Lain') where person_id = $1`,
      [personId],
    )
    await asOwner(portal.database, 'update requests set visit = visit + 1')
    assert.equal(await within(soonMs, stream), 'over')
    assert.deepEqual(portal.faults, [])
  })
})
