/** `ranah person reset-second-factor` on the machine of the installation: for an only administrator, in all their offices. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { runCommand } from '../../src/cli/commands.ts'
import type { CommandDeps } from '../../src/cli/installation.ts'
import { createQueues, openQueue } from '../../src/db/queue.ts'
import { enrolmentLink } from '../../src/http/links.ts'
import { loadSecrets } from '../../src/secrets.ts'
import { asOwner, setProven } from '../support/app.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal, testPassword as password } from '../support/portal.ts'
import { codeAt } from '../support/totp.ts'

const reason = 'Datang sendiri dengan KTP dan surat tugas kepala dinas.'

let here: string
let portal: TestPortal
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-person-'))
  portal = await createTestPortal()
  await setProven(portal.database, false)
  await loadSecrets(here)
  process.env.RANAH_DATA = here
  const boss = openQueue(portal.database.appUrl, () => {})
  await boss.start()
  await createQueues(boss, ['send-mail'])
  await boss.stop({ graceful: false })
})
after(async () => {
  await portal.close()
  await rm(here, { recursive: true, force: true })
})

async function run(t: TestContext, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const log = t.mock.method(console, 'log', (text: string) => void (said.out += `${text}\n`))
  const error = t.mock.method(console, 'error', (text: string) => void (said.err += `${text}\n`))
  // the database of the tests has a password of its own for the application's role
  const ownerUrl = `${portal.database.ownerUrl}?password=${new URL(portal.database.appUrl).password}`
  const openDatabase = async () => ({ ownerUrl, close: async () => {} })
  const deps = { servers: { openDatabase }, enrolmentLink } as unknown as CommandDeps
  try {
    return { code: await runCommand(['person', 'reset-second-factor', ...args], deps), ...said }
  } finally {
    log.mock.restore()
    error.mock.restore()
  }
}

const mails = () =>
  asOwner(portal.database, `select data from pgboss.job where name = 'send-mail' order by created_on`)
const entries = () =>
  asOwner(
    portal.database,
    `select office_id, text from logbook_entries where act = 'person.second-factors-forgotten'`,
  )

test('the only administrator comes back by the mailed link and the password, and every office of theirs says so', async (t) => {
  const { email, personId } = await portal.member('administrator')
  const other = await portal.addOffice('tetangga')
  await asOwner(
    portal.database,
    `insert into memberships (office_id, person_id, role, since) values ($1, $2, 'auditor', now())`,
    [other.id, personId],
  )
  const open = await portal.as('administrator')
  const begun = await open.api('POST', '/me/second-factor', { password })
  const { secret } = (await begun.json()) as { secret: string }
  const confirmed = await open.api('PUT', '/me/second-factor', { code: codeAt(secret, Date.now()) })
  const { recoveryCodes } = (await confirmed.json()) as { recoveryCodes: string[] }

  const asked = await run(t, email, '--reason', reason)
  assert.equal(asked.code, 1)
  assert.match(asked.err, /Administrator[^]*Belum ada yang diubah/)
  assert.equal((await open.get('/o/contoh')).status, 200)
  assert.deepEqual([(await mails()).length, (await entries()).length], [0, 0])

  const done = await run(t, email.toUpperCase(), '--reason', reason, '--yes')
  assert.equal(done.code, 0, done.err)
  assert.equal(done.out, '', 'the link is not printed unless asked for')
  assert.equal((await open.get('/o/contoh')).status, 303, 'sessions end')
  const written = await entries()
  assert.deepEqual(
    new Set(written.map((entry) => entry.office_id)),
    new Set([portal.id, other.id]),
    'in each office',
  )
  for (const { text } of written) {
    assert.match(text as string, /"onMachine":true/)
    assert.match(text as string, /"role":"system"/)
    assert.doesNotMatch(text as string, /KTP/, 'the reason stands behind a commitment')
  }
  const back = portal.visit()
  const signedIn = await back.api('POST', '/session', { email, password })
  assert.deepEqual(await signedIn.json(), { next: 'signed-in' })
  assert.equal((await back.get('/o/contoh')).headers.get('location'), '/akun/kode?kembali=%2Fo%2Fcontoh')
  assert.equal((await back.api('POST', '/me/second-factor', { password })).status, 403, 'the password alone')
  const [mail] = (await mails()).map(({ data }) => data as { to: string; text: string })
  assert.equal(mail!.to, email)
  assert.match(mail!.text, /Pengelola server portal ini/)
  const link = /\?tautan=([\w-]+)/.exec(mail!.text)![1]!
  const again = await back.api('POST', '/me/second-factor', { password, link })
  const fresh = ((await again.json()) as { secret: string }).secret
  const code = codeAt(fresh, Date.now())
  assert.equal((await back.api('PUT', '/me/second-factor', { code, link })).status, 200)
  assert.equal((await back.get('/o/contoh')).status, 200)
  const door = portal.visit()
  await door.api('POST', '/session', { email, password })
  const old = await door.api('POST', '/session/code', { code: recoveryCodes[0] })
  assert.equal(old.status, 401, 'the old codes are gone')

  const shown = await run(t, email, '--reason', reason, '--yes', '--show-link')
  assert.match(shown.out, /^http\S+\/akun\/kode\?tautan=[\w-]{43}\n$/)
  assert.equal((await mails()).length, 2)
})

test('nobody, somebody who left, somebody without a factor, and no reason are told so and change nothing', async (t) => {
  const before = [(await mails()).length, (await entries()).length]
  const { email, personId } = await portal.member('operator')
  const unknown = await run(t, 'tidak.ada@contoh.test', '--reason', reason, '--yes')
  assert.equal(unknown.code, 1)
  assert.match(unknown.err, /Tidak ada orang aktif/)
  const none = await run(t, email, '--reason', reason, '--yes')
  assert.equal(none.code, 1)
  assert.match(none.err, /tidak punya verifikasi dua langkah/)
  for (const bad of [['--reason', 'lupa'], []])
    assert.equal((await run(t, email, ...bad, '--yes')).code, 2, bad.join(' '))
  await asOwner(portal.database, 'update memberships set active = false where person_id = $1', [personId])
  assert.equal((await run(t, email, '--reason', reason, '--yes')).code, 1)
  assert.deepEqual([(await mails()).length, (await entries()).length], before)
})
