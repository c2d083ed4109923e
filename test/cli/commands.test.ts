import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { listenHttp } from '../../src/http/listen.ts'
import type { HttpListener } from '../../src/http/listen.ts'
import { writeApiToken } from '../../src/domain/access/tokens.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal } from '../support/portal.ts'
import { ranah } from '../support/ranah.ts'

let here: string
let portal: TestPortal
let http: HttpListener
let access: Record<string, string>

before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-cli-'))
  portal = await createTestPortal()
  http = await listenHttp('127.0.0.1', 0)
  http.serve(portal.app.fetch)
  const applicant = await portal.as('applicant')
  const made = await applicant.api('POST', `/offices/${portal.slug}/tokens`, { name: 'uji', days: 1 })
  const { token } = (await made.json()) as { token: string }
  access = { RANAH_URL: `http://127.0.0.1:${http.port}`, RANAH_TOKEN: token }
})

after(async () => {
  await http?.close()
  await portal?.close()
  await rm(here, { recursive: true, force: true })
})

const call = (...args: string[]) => ranah(join(here, 'data'), args, access)

test('a wrong call is a sentence, the usage and exit code 2', async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['sop', 'chek'], /"sop chek" tidak dikenal/],
    [['stop', '--jsno'], /--jsno tidak dikenal[^]*Pemakaian: ranah stop/],
    [['stop', '--json=1'], /--json tidak memakai nilai/],
    [['sop', 'check'], /FILE belum ditulis/],
    [['sop', 'print', 'a', '-o', 'b', '--paper', 'a3'], /--paper memerlukan nilai: --paper a4\|f4/],
    [['sop', 'check', 'a', 'b'], /"b" terlalu banyak/],
    [['logbook', 'export', '--office'], /--office memerlukan nilai/],
    [['logbook', 'export', '--office', 'a'], /--output wajib diisi/],
    [['status', '--lang', 'fr'], /--lang memerlukan nilai/],
    [['status', '--lang', 'en', '--nope'], /There is no option --nope/],
  ]
  for (const [args, sentence] of wrong) {
    const { code, stdout, stderr } = await call(...args)
    assert.equal(code, 2, args.join(' '))
    assert.match(stderr, sentence)
    assert.equal(stdout, '')
  }
})

test('sop check names file, line and column, and says by its exit code whether the file may be published', async () => {
  const good = 'sops/katingan-subdomain-hosting.yaml'
  assert.equal((await call('sop', 'check', good)).code, 0)
  const text = await readFile(new URL(`../../${good}`, import.meta.url), 'utf8')
  const bad = join(here, 'bad.yaml')
  await writeFile(bad, text.replace('actor: ', 'actor: tidak-ada-'))
  const said = await call('sop', 'check', bad)
  assert.equal(said.code, 1)
  assert.ok(
    said.stdout
      .split('\n')
      .some((line) => line.startsWith(`${bad}:`) && /^.*:\d+:\d+ salah [a-z-]+ \S/.test(line)),
    said.stdout,
  )
  const json = await call('sop', 'check', bad, '--json')
  assert.equal(json.code, 1)
  assert.equal((JSON.parse(json.stdout) as { ok: boolean }).ok, false)
})

test('an SOP is printed and exported whole, or not at all', async () => {
  const good = 'sops/katingan-subdomain-hosting.yaml'
  const bad = join(here, 'no-actor.yaml')
  const text = await readFile(new URL(`../../${good}`, import.meta.url), 'utf8')
  await writeFile(bad, text.replace('actor: ', 'actor: tidak-ada-'))
  const out = join(here, 'sop.pdf')
  const refused = await call('sop', 'print', bad, '-o', out)
  assert.equal(refused.code, 1)
  assert.match(refused.stdout, new RegExp(`^${bad}:\\d+:\\d+ salah [a-z-]+ \\S`))
  assert.ok(!(await readdir(here)).some((each) => each.includes('sop.pdf')))
  assert.equal((await call('sop', 'print', good, '-o', out, '--paper', 'f4')).code, 0)
  const printed = await readFile(out)
  assert.equal(printed.toString('latin1', 0, 5), '%PDF-')
  const twice = await call('sop', 'bpmn', good, '-o', out)
  assert.equal(twice.code, 1)
  assert.match(twice.stderr, /tidak ditimpa/)
  assert.deepEqual(await readFile(out), printed)
  const bpmn = join(here, 'sop.bpmn')
  assert.equal((await call('sop', 'bpmn', good, '-o', bpmn)).code, 0)
  assert.match(await readFile(bpmn, 'utf8'), /^<\?xml[^]*<bpmn:task id="Step_7"/)
})

test('drafts, lists and refusals go over the API as in the portal', async () => {
  const options = JSON.parse((await call('api', 'GET', '/offices/{office}/request-options')).stdout) as {
    kinds: { id: string }[]
    agencies: { id: string }[]
  }
  const draft = {
    kind: options.kinds[0]!.id,
    agencyId: options.agencies[0]!.id,
    application: { purpose: 'Uji' },
  }
  const file = join(here, 'draft.json')
  await writeFile(file, JSON.stringify(draft))
  const started = await call('request', 'draft', '--data', `@${file}`, '--key', 'satu', '--json')
  assert.equal(started.code, 0, started.stderr)
  const { ticket } = JSON.parse(started.stdout) as { ticket: string }
  const again = await call('request', 'draft', '--data', `@${file}`, '--key', 'satu', '--json')
  assert.equal((JSON.parse(again.stdout) as { ticket: string }).ticket, ticket)

  assert.match((await call('request', 'list')).stdout, new RegExp(`^${ticket}  .*Draf`, 'm'))
  const shown = await call('request', 'show', ticket)
  assert.equal((JSON.parse(shown.stdout) as { ticket: string }).ticket, ticket)
  assert.match((await call('office', 'list')).stdout, new RegExp(`^${portal.slug}  `, 'm'))

  const incomplete = await call('request', 'submit', ticket)
  assert.equal(incomplete.code, 1)
  assert.notEqual(incomplete.stderr.trim(), '')
  const missing = await call('request', 'show', 'TIDAK-ADA')
  assert.equal(missing.code, 1)
  assert.equal(missing.stdout, '')
  const foreign = await call('request', 'list', '--office', 'lain')
  assert.equal(foreign.code, 1)
})

test('a token is never printed, and never sent in clear', async () => {
  const cases: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ RANAH_TOKEN: '' }, /RANAH_TOKEN belum diisi/],
    [{ RANAH_TOKEN: 'bukan token\nrahasia' }, /bukan token Ranah/],
    [{ RANAH_TOKEN: writeApiToken('contoh', Buffer.alloc(32)) }, /\S/],
    [{ RANAH_URL: 'http://192.0.2.1' }, /tanpa HTTPS/],
    [{ RANAH_URL: 'http://127.0.0.1:1' }, /tidak dapat dihubungi/],
  ]
  for (const [more, sentence] of cases) {
    const environment = { ...access, ...more }
    const { code, stderr } = await ranah(join(here, 'data'), ['request', 'list'], environment)
    assert.equal(code, 1)
    assert.match(stderr, sentence)
    assert.ok(!stderr.includes(environment.RANAH_TOKEN || 'ranah_') && !stderr.includes('rahasia'), stderr)
  }
})

test('where nothing was installed, commands that keep an installation say so', async () => {
  for (const args of [
    ['status'],
    ['backup', join(here, 'b')],
    ['logbook', 'export', '--office', 'a', '-o', 'x'],
  ]) {
    const { code, stderr } = await call(...args)
    assert.equal(code, 1)
    assert.match(stderr, /Tidak ada instalasi/)
  }
  const stopped = await call('stop')
  assert.deepEqual([stopped.code, /Tidak ada layanan/.test(stopped.stdout)], [0, true])
})
