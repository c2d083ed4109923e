/** `ranah request case-file` against a portal on a port of its own, and against one that is slow or lies. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Role } from '../../src/domain/access/roles.ts'
import type { TestApp } from '../support/app.ts'
import { asOwner, createTestApp } from '../support/app.ts'
import type { TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile } from '../support/office.ts'
import { ranah } from '../support/ranah.ts'
import type { Served } from '../support/serving.ts'
import { serving } from '../support/serving.ts'
import { signedIn } from '../support/session.ts'
import { requestsIn } from '../support/walk-request.ts'

let here: string
let portal: TestApp
let office: TestOffice
let served: Served
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-berkas-'))
  portal = await createTestApp()
  office = await createTestOffice(
    portal.deps,
    'contoh',
    await readSopFile('sops/katingan-subdomain-hosting.yaml'),
  )
  served = await serving(portal)
})
after(async () => {
  await served?.close()
  await portal?.close()
  await rm(here, { recursive: true, force: true })
})

async function tokenOf(role: Role): Promise<string> {
  const browser = await signedIn(portal, office.member(role))
  const made = await browser.api('POST', '/offices/contoh/tokens', { name: `berkas ${role}`, days: 1 })
  return ((await made.json()) as { token: string }).token
}

/** The form of a token, and nobody's. */
const strange = `ranah_contoh_${'a'.repeat(43)}`

const take = (url: string, token: string, ticket: string, out: string) =>
  ranah(join(here, 'data'), ['request', 'case-file', ticket, '-o', join(here, out)], {
    RANAH_URL: url,
    RANAH_TOKEN: token,
  })

test('saves everything of the request that its caller sees, once, and notes that it was taken', async () => {
  const { submitted } = requestsIn(() => ({ deps: portal.deps, drain: () => Promise.resolve() }))
  const ticket = await submitted(office, 'berkas')
  const [desk, applicant] = [await tokenOf('operator'), await tokenOf('applicant')]
  const done = await take(served.url, desk, ticket, 'desk.pdf')
  assert.equal(done.code, 0, done.stderr)
  const pdf = await readFile(join(here, 'desk.pdf'))
  const textOf = (file: string) =>
    execFileSync('/usr/bin/pdftotext', ['-layout', join(here, file), '-']).toString()
  for (const words of ['BERKAS PERMOHONAN', ticket, 'Kutipan buku log'])
    assert.ok(textOf('desk.pdf').includes(words))
  const noted = await asOwner(
    portal.database,
    `select text::json -> 'details' ->> 'sha256' as sha256 from logbook_entries
     where act = 'request.case-file-taken'`,
  )
  assert.deepEqual(noted, [{ sha256: createHash('sha256').update(pdf).digest('hex') }])

  assert.equal((await take(served.url, applicant, ticket, 'own.pdf')).code, 0)
  assert.ok(!textOf('own.pdf').includes('Kutipan buku log'))
  const again = await take(served.url, desk, ticket, 'desk.pdf')
  assert.equal(again.code, 1)
  assert.match(again.stderr, /tidak ditimpa/)
  assert.deepEqual(await readFile(join(here, 'desk.pdf')), pdf)
  const after = await asOwner(
    portal.database,
    "select 1 from logbook_entries where act = 'request.case-file-taken'",
  )
  assert.equal(after.length, 2, 'what could not be saved was not taken')

  const unknown = await take(served.url, desk, 'CONTOH-2026-999999', 'none.pdf')
  const stranger = await take(served.url, strange, ticket, 'none.pdf')
  for (const refused of [unknown, stranger]) {
    assert.equal(refused.code, 1)
    assert.notEqual(refused.stderr.trim(), '')
  }
  assert.deepEqual((await readdir(here)).filter((name) => name.endsWith('.pdf')).toSorted(), [
    'desk.pdf',
    'own.pdf',
  ])
})

/** A portal that takes its time: so many looks before it is ready; then it sends this file, or breaks off in it. */
async function slowPortal(looks: number, breaksOff: boolean) {
  let asked = 0
  const server = createServer((request, response) => {
    const answer = (body: object) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (request.method === 'POST') return void answer({ id: 'satu' })
    if (!request.url!.endsWith('/pdf')) {
      asked += 1
      return void answer({ status: asked > looks ? 'ready' : 'working', done: asked, of: looks + 1 })
    }
    response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': '9' })
    if (!breaksOff) return void response.end('%PDF-1.7\n')
    response.write('%PDF')
    setTimeout(() => response.destroy(), 50)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

test('shows how far it is from the first look on; a file that breaks off is not saved', async () => {
  const whole = await slowPortal(3, false)
  const done = await take(whole.url, strange, 'T-1', 'slow.pdf')
  whole.close()
  assert.equal(done.code, 0, done.stderr)
  const bars = done.stderr.split('\n').flatMap((line) => /^\[(#*\.*)\] .*(\d+) .*(\d+)/.exec(line) ?? [])
  assert.equal(bars.length / 4, 3, done.stderr)
  assert.match(done.stderr, /^\[#{6}\.{18}\] /)
  assert.equal((await readFile(join(here, 'slow.pdf'))).toString(), '%PDF-1.7\n')
  const broken = await slowPortal(0, true)
  const cut = await take(broken.url, strange, 'T-1', 'cut.pdf')
  broken.close()
  assert.equal(cut.code, 1, cut.stderr)
  assert.ok(!(await readdir(here)).some((name) => name.includes('cut.pdf')))
})
