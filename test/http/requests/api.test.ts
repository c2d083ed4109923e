import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '../../../src/domain/access/roles.ts'
import type { TestApp } from '../../support/app.ts'
import { createTestApp } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice } from '../../support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, samplePdf } from '../../support/office.ts'
import { signedIn } from '../../support/session.ts'

type Json = Record<string, unknown>
type Standing = {
  side: string
  ticket: string
  step: number
  stage: string
  turn: string
  visit: number
  phase: string
}
type CaseAnswer = Standing & {
  may: { verb: string; step?: number; outcomes?: { id: string }[]; checklist?: { item: string }[] }[]
  timeline: { type: string }[]
  documents: { href: string; filename: string; pages: number | null; carries: { code: string }[] }[]
  sop: { steps: { no: number; standardTime: string; current: boolean; marks: unknown[] }[] }
  status: string
}

/** Whatever the API answers; a test reads what it knows to be there. */
type Answer = Json & CaseAnswer & { items: Standing[]; next: string; ending: string }

let portal: TestApp
let office: TestOffice
let other: TestOffice
const who = new Map<string, Browser>()
const as = (role: Role, of = office): Browser => who.get(`${of.slug} ${role}`)!

before(async () => {
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'kukar',
    await readSopFile('sops/kutai-kartanegara-hosting-subdomain.yaml'),
  )
  other = await createTestOffice(
    portal.deps,
    'katingan',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
  for (const each of [office, other])
    for (const role of ['applicant', 'operator', 'head-of-division', 'head-of-office', 'auditor'] as const)
      who.set(`${each.slug} ${role}`, await signedIn(portal, each.member(role)))
})
after(() => portal.close())

async function call(
  browser: Browser,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Answer }> {
  const response = await browser.api(method, path, body, headers)
  return { status: response.status, body: (await response.json()) as Answer }
}

const at = (of: TestOffice, rest: string): string => `/offices/${of.slug}${rest}`

async function drafted(of: TestOffice, label: string): Promise<string> {
  const { status, body } = await call(as('applicant', of), 'POST', at(of, '/requests'), {
    kind: 'subdomain-hosting',
    agencyId: of.agencyId,
    zoneId: of.zoneId,
    application: sampleApplication(label),
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body.ticket
}

function upload(
  browser: Browser,
  of: TestOffice,
  ticket: string,
  kind: string,
  bytes: Uint8Array,
): Promise<Response> {
  return browser.send(`/api/v1${at(of, `/requests/${ticket}/documents?kind=${kind}&filename=surat.pdf`)}`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { origin: browser.origin, 'content-type': 'application/pdf' },
  })
}

async function submitted(of: TestOffice, label: string): Promise<string> {
  const ticket = await drafted(of, label)
  for (const kind of ['application-letter', 'application-form'])
    if (of.sop.steps.some((step) => step.requirements.some((each) => each.document === kind)))
      assert.equal((await upload(as('applicant', of), of, ticket, kind, samplePdf)).status, 201)
  const sent = await call(as('applicant', of), 'POST', at(of, `/requests/${ticket}/submission`))
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  return ticket
}

const read = async (browser: Browser, of: TestOffice, ticket: string): Promise<CaseAnswer> =>
  (await call(browser, 'GET', at(of, `/requests/${ticket}`))).body

describe('the Kukar SOP over the API', () => {
  test('goes from the draft to the provisioning step, telling everybody what they may do', async () => {
    const ticket = await submitted(office, 'perpustakaan')
    const operator = as('operator')
    const first = await read(operator, office, ticket)
    assert.deepEqual([first.step, first.turn], [2, 'office'])
    assert.match(first.status, /Menunggu Administrator pada langkah 2/)
    const offer = first.may.find((each) => each.verb === 'complete')!
    assert.equal(offer.step, 2)
    const step = (no: number) => at(office, `/requests/${ticket}/steps/${no}`)
    const done = await call(operator, 'POST', step(2), { visit: first.visit, form: {} })
    assert.deepEqual([done.status, done.body.step], [200, 3], JSON.stringify(done.body))
    const again = await call(operator, 'POST', step(2), { visit: first.visit, form: {} })
    assert.equal(again.status, 409)
    const head = as('head-of-division')
    const approve = { outcome: 'disetujui', form: { conclusion: 'Disetujui setelah koordinasi.' } }
    assert.equal((await call(operator, 'POST', step(3), approve)).body.reason, 'wrong-actor')
    assert.equal((await call(head, 'POST', step(3), approve)).body.step, 4)
    await call(operator, 'POST', step(4), { form: { conclusion: 'Data lengkap.' } })
    const working = await call(operator, 'POST', step(5), { form: { confirmed: true } })
    assert.deepEqual([working.body.step, working.body.stage, working.body.turn], [5, 'working', 'system'])
    assert.equal((await portal.jobs()).filter((job) => job.name === 'provision-service').length, 1)
    const last = await read(as('auditor'), office, ticket)
    assert.deepEqual(
      last.may.map((each) => each.verb),
      [],
    )
    assert.ok(last.timeline.length > 8)
  })
})

describe('two offices side by side', () => {
  test('see nothing of each other: the other office and its tickets look as if they did not exist', async () => {
    const ticket = await submitted(office, 'arsip')
    const document = (await read(as('operator'), office, ticket)).documents[0]!
    for (const path of [
      at(office, '/requests'),
      at(office, `/requests/${ticket}`),
      at(other, `/requests/${ticket}`),
      at(office, '/request-options'),
      document.href.replace('/api/v1', ''),
      document.href.replace('/api/v1', '').replace('/kukar/', '/katingan/'),
    ]) {
      const { status, body } = await call(as('operator', other), 'GET', path)
      assert.deepEqual([status, body.reason], [404, 'not-found'], path)
    }
    const list = await call(as('operator', other), 'GET', at(other, '/requests'))
    assert.deepEqual(list.body.items, [])
    const move = await call(as('operator', other), 'POST', at(other, `/requests/${ticket}/steps/2`), {
      form: {},
    })
    assert.equal(move.status, 404)
  })
})

describe('creates', () => {
  test('are carried out once per idempotency key', async () => {
    const body = {
      kind: 'subdomain-hosting',
      agencyId: office.agencyId,
      zoneId: office.zoneId,
      application: sampleApplication('sekali'),
    }
    const send = () =>
      call(as('applicant'), 'POST', at(office, '/requests'), body, {
        'idempotency-key': 'sekali-1',
      })
    const [first, second] = [await send(), await send()]
    assert.equal(first.status, 201)
    assert.equal(second.body.ticket, first.body.ticket)
    const changed = await call(
      as('applicant'),
      'POST',
      at(office, '/requests'),
      { ...body, kind: 'subdomain' },
      { 'idempotency-key': 'sekali-1' },
    )
    assert.equal(changed.body.reason, 'idempotency-mismatch')
  })

  for (const [what, change] of Object.entries({
    'an unknown field': { hostile: true },
    'a foreign agency': { agencyId: '11111111-1111-4111-8111-111111111111' },
    'an unknown kind': { kind: 'naga' },
    'an application that is too long': { application: { purpose: 'x'.repeat(5000) } },
  }))
    test(`refuse ${what}`, async () => {
      const { status, body } = await call(as('applicant'), 'POST', at(office, '/requests'), {
        kind: 'subdomain-hosting',
        agencyId: office.agencyId,
        application: {},
        ...change,
      })
      assert.ok([403, 404, 422].includes(status), JSON.stringify(body))
      assert.equal(typeof body.reason, 'string')
    })
})

describe('documents', () => {
  const encrypted = Buffer.concat([samplePdf, Buffer.from('trailer<</Encrypt 5 0 R>>\n%%EOF\n')])
  for (const [what, bytes, reason] of [
    ['an empty file', Buffer.alloc(0), 'document-empty'],
    ['a page of HTML', Buffer.from('<html><script>alert(1)</script></html>'), 'document-not-pdf'],
    ['a PDF that was cut off', Buffer.from('%PDF-1.7\n1 0 obj'), 'document-malformed'],
    ['a locked PDF', encrypted, 'document-encrypted'],
    ['a huge file', Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(11 * 1024 * 1024)]), 'too-large'],
  ] as const)
    test(`refuse ${what} and leave the request as it was`, async () => {
      const ticket = await drafted(office, 'berkas')
      const response = await upload(as('applicant'), office, ticket, 'application-letter', bytes)
      const body = (await response.json()) as Json
      assert.equal(body.reason, reason)
      assert.deepEqual((await read(as('applicant'), office, ticket)).documents, [])
    })

  test('come back under their own type and name, never shown inside the portal', async () => {
    const ticket = await drafted(office, 'unduh')
    const form = new FormData()
    form.set('kind', 'application-letter')
    form.set('file', new File([samplePdf], '../surat "resmi"\u202E é.pdf', { type: 'text/html' }))
    const browser = as('applicant')
    const sent = await browser.send(`/api/v1${at(office, `/requests/${ticket}/documents`)}`, {
      method: 'POST',
      body: form,
      headers: { origin: browser.origin },
    })
    assert.equal(sent.status, 201)
    const [document] = (await read(browser, office, ticket)).documents
    const response = await browser.get(document!.href)
    assert.equal(response.headers.get('content-type'), 'application/pdf')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.match(response.headers.get('content-disposition')!, /^attachment; filename="surat _resmi_ _\.pdf"/)
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), samplePdf)
  })

  test('are told with their pages and what they carry, before somebody opens them', async () => {
    const ticket = await drafted(office, 'skrip')
    const letter = Buffer.from(
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/JS(x)>>>>endobj\n' +
        '2 0 obj<</Type/Pages/Kids[]/Count 3>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    )
    const browser = as('applicant')
    assert.equal((await upload(browser, office, ticket, 'application-letter', letter)).status, 201)
    const [document] = (await read(browser, office, ticket)).documents
    assert.equal(document!.pages, 3)
    assert.deepEqual(
      document!.carries.map(({ code }) => code),
      ['script', 'automatic'],
    )
    const page = await (await browser.get(`/o/${office.slug}/permohonan/${ticket}`)).text()
    assert.match(page, /3 halaman, /)
    assert.match(page, /memuat skrip/)
  })
})

describe('names', () => {
  const check = async (label: string, query = '') =>
    (
      await call(
        as('applicant'),
        'GET',
        at(office, `/name-check?zone=${office.zone}&label=${encodeURIComponent(label)}${query}`),
      )
    ).body

  test('follow the rules and the reserved list', async () => {
    assert.equal((await check('www')).reason, 'name-reserved')
    assert.equal((await check('a_b')).verdict, 'invalid')
    assert.equal((await check('реrpus')).reason, 'name-confusable')
    assert.equal((await check('x'.repeat(64))).reason, 'name-label-too-long')
  })

  test('are never called free while the name server cannot be asked', async () => {
    assert.equal((await check('kosong')).verdict, 'unknown')
  })

  test('are taken while a request holds them, but not for that request', async () => {
    const ticket = await submitted(office, 'dipegang')
    assert.equal((await check('DIPEGANG')).verdict, 'taken')
    assert.equal((await check('dipegang', `&ticket=${ticket}`)).verdict, 'unknown')
  })
})

describe('the way back', () => {
  test('a refusal reaches the applicant with its grounds, an appeal re-opens the step', async () => {
    const ticket = await submitted(office, 'ditolak')
    const path = (rest: string) => at(office, `/requests/${ticket}${rest}`)
    await call(as('operator'), 'POST', path('/steps/2'), { form: {} })
    const grounds = [{ code: 'out-of-scope', text: 'Bukan layanan pemerintah daerah.' }]
    const refused = await call(as('head-of-division'), 'POST', path('/refusal'), { step: 3, grounds })
    assert.deepEqual([refused.body.phase, refused.body.ending], ['ended', 'refused'])
    const seen = await read(as('applicant'), office, ticket)
    assert.deepEqual(
      seen.may.map((each) => each.verb),
      ['appeal', 'message'],
    )
    const appealed = await call(as('applicant'), 'POST', path('/appeal'), {
      reason: 'Ini layanan resmi kami.',
    })
    assert.deepEqual([appealed.body.phase, appealed.body.step], ['running', 3])
    const withdrawn = await call(as('applicant'), 'POST', path('/withdrawal'))
    assert.equal(withdrawn.body.ending, 'withdrawn')
  })

  test('a draft is its agency’s own', async () => {
    const ticket = await drafted(office, 'rahasia')
    for (const role of ['operator', 'head-of-office', 'auditor'] as const)
      assert.equal((await call(as(role), 'GET', at(office, `/requests/${ticket}`))).status, 404)
  })

  test('messages go both ways, and an auditor writes none', async () => {
    const ticket = await submitted(office, 'pesan')
    const path = at(office, `/requests/${ticket}/messages`)
    assert.equal((await call(as('applicant'), 'POST', path, { body: 'Kapan selesai?' })).status, 201)
    portal.clock.now = new Date(portal.clock.now.getTime() + 1000)
    assert.equal((await call(as('operator'), 'POST', path, { body: 'Besok.' })).status, 201)
    assert.equal((await call(as('auditor'), 'POST', path, { body: 'Halo.' })).status, 403)
    const { body } = await call(as('auditor'), 'GET', path)
    assert.deepEqual(
      body.items.map((each) => each.side),
      ['applicant', 'office'],
    )
  })

  test('taking, giving back, and paging through the inbox', async () => {
    const operator = as('operator')
    const open = at(office, '/requests?view=open&limit=2')
    const first = await call(operator, 'GET', open)
    assert.equal(first.body.items.length, 2)
    const second = await call(operator, 'GET', `${open}&cursor=${first.body.next}`)
    const tickets = [...first.body.items, ...second.body.items].map((each) => each.ticket)
    assert.equal(new Set(tickets).size, tickets.length)
    const [ticket] = tickets
    await call(operator, 'POST', at(office, `/requests/${ticket}/take`))
    const mine = await call(operator, 'GET', at(office, '/requests?view=mine'))
    assert.ok(mine.body.items.some((each) => each.ticket === ticket))
    const back = await call(operator, 'POST', at(office, `/requests/${ticket}/give-back`))
    assert.equal(back.status, 200)
  })

  test('live progress starts with where the request stands', async () => {
    const ticket = await submitted(office, 'langsung')
    const response = await as('applicant').get(`/api/v1${at(office, `/requests/${ticket}/events`)}`)
    assert.match(response.headers.get('content-type')!, /^text\/event-stream/)
    const reader = response.body!.getReader()
    const { value } = await reader.read()
    assert.match(Buffer.from(value as Uint8Array).toString(), /^event: standing\ndata: \{"ticket":"KUKAR/)
    await reader.cancel()
  })
})
