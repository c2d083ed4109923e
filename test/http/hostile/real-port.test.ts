/** Over a real port: the same thing asked for many times at once, and bodies that lie about themselves. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { checkLogbook } from '../../../src/lookups/logbook.ts'
import { maxDocumentBytes } from '../../../src/actions/requests/keep-document.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import type { HttpListener } from '../../../src/http/listen.ts'
import { listenHttp } from '../../../src/http/listen.ts'
import { asOwner } from '../../support/app.ts'
import { sampleApplication, samplePdf } from '../../support/office.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'
import { sessionCookieOf } from '../../support/session.ts'

type Answer = { status: number; type: string; body: Record<string, unknown> }
type Body = { type: string; bytes: string | Uint8Array<ArrayBuffer> | ReadableStream }

const letters = 'application-letter'
let portal: TestPortal
let listener: HttpListener
let zoneId = ''
let agencyId = ''
const cookies = new Map<Role, string>()

before(async () => {
  portal = await createTestPortal()
  listener = await listenHttp('127.0.0.1', 0)
  listener.serve(portal.app.fetch)
  for (const role of ['applicant', 'operator', 'administrator'] as const) {
    const { personId, agencyIds } = await portal.member(role)
    cookies.set(role, `ranah.session_token=${await sessionCookieOf(portal, personId)}`)
    agencyId = agencyIds[0] ?? agencyId
  }
  const [zone] = await asOwner(portal.database, "update zones set status = 'ready' returning id")
  zoneId = String(zone!.id)
})
after(async () => {
  await listener.close()
  await portal.close()
  assert.deepEqual(portal.faults, [])
})

async function call(
  role: Role,
  method: string,
  path: string,
  body?: Body,
  more: Record<string, string> = {},
): Promise<Answer> {
  const origin = `http://127.0.0.1:${listener.port}`
  const response = await fetch(`${origin}/api/v1/offices/contoh${path}`, {
    method,
    headers: { origin, cookie: cookies.get(role)!, ...(body && { 'content-type': body.type }), ...more },
    body: body?.bytes,
    duplex: 'half',
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  }
}

const json = (value: unknown): Body => ({ type: 'application/json', bytes: JSON.stringify(value) })

const draft = (label: string): Body =>
  json({ kind: 'subdomain-hosting', agencyId, zoneId, application: sampleApplication(label) })

async function drafted(label: string): Promise<string> {
  const { status, body } = await call('applicant', 'POST', '/requests', draft(label))
  assert.equal(status, 201, JSON.stringify(body))
  return String(body.ticket)
}

const handIn = (ticket: string, bytes: Body['bytes']): Promise<Answer> =>
  call('applicant', 'POST', `/requests/${ticket}/documents?kind=${letters}&filename=surat.pdf`, {
    type: 'application/pdf',
    bytes,
  })

async function count(table: string, where = 'true'): Promise<number> {
  const [row] = await asOwner(portal.database, `select count(*)::int as n from ${table} where ${where}`)
  return Number(row!.n)
}

const pdfOf = (length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  bytes.set(samplePdf.subarray(0, 9), 0)
  bytes.set(samplePdf.subarray(9), length - (samplePdf.length - 9))
  return bytes
}

const chunked = (bytes: Uint8Array): ReadableStream =>
  new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.subarray(at, at + 65_536))
      controller.close()
    },
  })

describe('at once', () => {
  test('a hundred requests for one name: one gets it, ninety-nine are told, none is lost', async () => {
    const tickets = await Promise.all(Array.from({ length: 100 }, () => drafted('rebutan')))
    await Promise.all(tickets.map((ticket) => handIn(ticket, new Uint8Array(samplePdf))))
    const answers = await Promise.all(
      tickets.map((ticket) => call('applicant', 'POST', `/requests/${ticket}/submission`)),
    )
    const won = answers.filter((each) => each.status === 200)
    assert.equal(won.length, 1)
    for (const each of answers.filter((answer) => answer !== won[0])) {
      assert.deepEqual([each.status, each.body.reason], [409, 'name-taken'])
      assert.match(each.type, /^application\/problem\+json/)
    }
    assert.equal(await count('held_names'), 1)
    assert.equal(await count('requests', "phase = 'draft' and form->>'label' = 'rebutan'"), 99)
    assert.equal(await count('documents'), 100)
    assert.equal(await count('logbook_entries', 'text like \'%"act":"request.submitted"%\''), 1)
    assert.equal((await checkLogbook(portal.deps.db, portal.id)).ok, true)
  })

  test('one key: one request, one answer; another body under it is refused', async () => {
    const before = await count('requests')
    const key = { 'idempotency-key': 'sekali-saja' }
    const send = () => call('applicant', 'POST', '/requests', draft('berulang'), key)
    const answers = await Promise.all(Array.from({ length: 20 }, send))
    assert.equal(await count('requests'), before + 1)
    const made = answers.filter((each) => each.status === 201)
    assert.equal(new Set(made.map((each) => each.body.ticket)).size, 1)
    for (const each of answers.filter((answer) => answer.status !== 201))
      assert.deepEqual([each.status, each.body.reason], [409, 'idempotency-in-flight'])
    assert.deepEqual((await send()).body, made[0]!.body)
    const other = await call('applicant', 'POST', '/requests', draft('lain'), key)
    assert.deepEqual([other.status, other.body.reason], [422, 'idempotency-mismatch'])
    assert.equal(await count('requests'), before + 1)
  })

  test('a step done ten times at once is done once, and late or foreign acts change nothing', async () => {
    const ticket = await drafted('bersamaan')
    await handIn(ticket, new Uint8Array(samplePdf))
    const { body } = await call('applicant', 'POST', `/requests/${ticket}/submission`)
    const step = (visit: unknown) =>
      call('operator', 'POST', `/requests/${ticket}/steps/2`, json({ visit, form: {} }))
    const answers = await Promise.all(Array.from({ length: 10 }, () => step(body.visit)))
    assert.equal(answers.filter((each) => each.status === 200).length, 1)
    const entries = await count('logbook_entries')
    for (const each of answers.filter((answer) => answer.status !== 200)) assert.equal(each.status, 409)
    const late = [
      await step(body.visit),
      await call('operator', 'POST', `/requests/${ticket}/steps/5`, json({ form: { confirmed: true } })),
      await call('operator', 'POST', `/requests/${ticket}/steps/3`, json({ form: {} })),
      await call('operator', 'POST', `/requests/${ticket}/give-back`),
      await call('applicant', 'POST', `/requests/${ticket}/submission`),
      await call('applicant', 'POST', `/requests/${ticket}/appeal`, json({ reason: 'Mengapa?' })),
      await call('operator', 'POST', `/requests/${ticket}/withdrawal`),
      await call('applicant', 'POST', `/requests/${ticket}/call-off`),
    ]
    for (const each of late) assert.ok([403, 409, 422].includes(each.status), JSON.stringify(each))
    assert.equal(await count('logbook_entries'), entries)
    assert.equal((await call('applicant', 'POST', `/requests/${ticket}/withdrawal`)).status, 200)
    const closed = await count('logbook_entries')
    for (const act of ['take', 'withdrawal', 'submission', 'give-back']) {
      const each = await call('applicant', 'POST', `/requests/${ticket}/${act}`)
      assert.ok([403, 409].includes(each.status), `${act} ${JSON.stringify(each)}`)
    }
    assert.equal(await count('logbook_entries'), closed)
  })
})

describe('bodies', () => {
  test('a document of exactly the limit is taken, one octet more is not, however it is sent', async () => {
    const ticket = await drafted('batas')
    assert.equal((await handIn(ticket, pdfOf(maxDocumentBytes))).status, 201)
    assert.equal((await handIn(ticket, chunked(samplePdf))).status, 201)
    const before = await count('documents')
    for (const bytes of [pdfOf(maxDocumentBytes + 1), chunked(pdfOf(maxDocumentBytes + 1))])
      assert.equal((await handIn(ticket, bytes)).status, 413)
    const huge = await handIn(ticket, chunked(new Uint8Array(12 * 1024 * 1024)))
    assert.deepEqual([huge.status, huge.body.reason], [413, 'too-large'])
    assert.equal(await count('documents'), before)
  })

  test('JSON that is too large is refused by its length and by its chunks', async () => {
    const bytes = new TextEncoder().encode(`{"kind":"${'x'.repeat(2 * 1024 * 1024)}"}`)
    for (const each of [bytes, chunked(bytes)]) {
      const { status, body } = await call('applicant', 'POST', '/requests', {
        type: 'application/json',
        bytes: each,
      })
      assert.deepEqual([status, body.reason], [413, 'too-large'])
    }
  })

  for (const [what, head, body] of [
    ['promises more than it sends', 'content-length: 500', '{"reason":"x"}'],
    ['sends more than it promises', 'content-length: 2', '{}GARBAGE'],
    ['says two lengths', 'content-length: 2\r\ncontent-length: 3', '{}x'],
    ['says a length and chunks', 'content-length: 4\r\ntransfer-encoding: chunked', '0\r\n\r\n'],
    ['breaks its chunks', 'transfer-encoding: chunked', 'zz\r\n{}\r\n'],
    ['says a negative length', 'content-length: -1', '{}'],
  ] as const)
    test(`a request that ${what} changes nothing, and the portal goes on`, async () => {
      const before = await count('requests')
      const socket = connect(listener.port, '127.0.0.1')
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      socket.end(
        `POST /api/v1/offices/contoh/requests HTTP/1.1\r\nhost: 127.0.0.1:${listener.port}\r\n` +
          `origin: http://127.0.0.1:${listener.port}\r\ncookie: ${cookies.get('applicant')!}\r\n` +
          `content-type: application/json\r\n${head}\r\n\r\n${body}`,
      )
      socket.resume()
      await once(socket, 'close')
      assert.equal(await count('requests'), before)
      assert.equal((await call('applicant', 'GET', '/requests')).status, 200)
    })

  test('file names with paths, directions, line ends and ten thousand characters become plain names', async () => {
    const ticket = await drafted('nama')
    const names = [
      '../../etc/passwd',
      'C:\\surat\\izin.pdf',
      'a\r\nSet-Cookie: x=y.pdf',
      '\u202efdp.exe',
      ' ',
    ]
    for (const name of [...names, `${'é'.repeat(10_000)}.pdf`]) {
      const form = new FormData()
      form.set('file', new File([new Uint8Array(samplePdf)], name))
      form.set('kind', letters)
      const request = new Request('http://x', { method: 'POST', body: form })
      const { status } = await call('applicant', 'POST', `/requests/${ticket}/documents`, {
        type: request.headers.get('content-type')!,
        bytes: new Uint8Array(await request.arrayBuffer()),
      })
      assert.equal(status, 201, name.slice(0, 40))
    }
    const { body } = await call('applicant', 'GET', `/requests/${ticket}`)
    for (const each of body.documents as { filename: string; href: string }[]) {
      assert.match(each.filename, /^[^\p{Cc}\p{Cf}/\\]{1,120}$/u)
    }
  })
})
