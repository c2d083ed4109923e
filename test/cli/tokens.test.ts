/** `ranah token create | list | revoke` on the machine of the installation, with the portal of that database beside it. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { runCommand } from '../../src/cli/commands.ts'
import type { CommandDeps } from '../../src/cli/installation.ts'
import { loadSecrets } from '../../src/secrets.ts'
import { asOwner } from '../support/app.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal } from '../support/portal.ts'

let here: string
let portal: TestPortal
before(async () => {
  here = await mkdtemp(join(tmpdir(), 'ranah-tokens-'))
  portal = await createTestPortal()
  await loadSecrets(here)
  process.env.RANAH_DATA = here
  delete process.env.RANAH_TOKEN
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
  const deps = { servers: { openDatabase } } as unknown as CommandDeps
  try {
    return { code: await runCommand(args, deps), ...said }
  } finally {
    log.mock.restore()
    error.mock.restore()
  }
}
const emailOf = async (id: string): Promise<string> =>
  String((await asOwner(portal.database, 'select email from auth_user where id = $1', [id]))[0]!.email)
const ask = (token: string, path: string) =>
  portal.app.fetch(new Request(`http://portal${path}`, { headers: { authorization: `Bearer ${token}` } }))

test('a token is made with its limits, shown once, used, listed and revoked', async (t) => {
  const { personId } = await portal.member('operator')
  const email = await emailOf(personId)
  const made = await run(
    t,
    'token',
    'create',
    '--office',
    portal.slug,
    '--person',
    email.toUpperCase(),
    '--name',
    'skrip malam',
    '--scope',
    'requests:read',
    '--days',
    '7',
  )
  assert.equal(made.code, 0, made.err)
  const token = made.out.trim()
  assert.match(made.err, /hanya ditampilkan sekali/)
  const without = await ask(token, `/api/v1/offices/${portal.slug}/requests`)
  assert.equal(without.status, 403, 'its owner is staff and has no second factor')
  assert.match(await without.text(), /second-factor-needed/)
  await asOwner(portal.database, 'update auth_user set "twoFactorEnabled" = true where id = $1', [personId])
  assert.equal((await ask(token, `/api/v1/offices/${portal.slug}/requests`)).status, 200)
  assert.equal((await ask(token, `/api/v1/offices/${portal.slug}/services`)).status, 403, 'outside its areas')
  const list = await run(t, 'token', 'list', '--office', portal.slug)
  const line = list.out.split('\n').find((each) => each.includes('skrip malam'))!
  assert.match(line, /requests:read$/)
  assert.ok(!list.out.includes(token))
  const [entry] = await asOwner(
    portal.database,
    `select text from logbook_entries where act = 'token.created'`,
  )
  const noted = JSON.parse(String(entry!.text)) as { actor: { role: string }; details: { owner: string } }
  assert.deepEqual([noted.actor.role, noted.details.owner], ['system', personId])
  assert.ok(!String(entry!.text).includes(token))
  const id = line.split('  ')[0]!
  assert.equal((await run(t, 'token', 'revoke', id, '--office', portal.slug)).code, 0)
  assert.equal((await ask(token, `/api/v1/offices/${portal.slug}/requests`)).status, 401)
  assert.equal((await run(t, 'token', 'revoke', id, '--office', portal.slug)).code, 1, 'twice')
})

test('nothing is made for a stranger, a person who left, a wrong limit or an office that is none', async (t) => {
  const other = await portal.addOffice('tetangga')
  const own = await emailOf((await portal.member('operator')).personId)
  const neighbour = await emailOf((await other.member('operator')).personId)
  const left = (await portal.member('auditor')).personId
  await asOwner(portal.database, 'update memberships set active = false where person_id = $1', [left])
  const before_ = await asOwner(portal.database, 'select count(*) as n from api_tokens')
  const create = (office: string, person: string, ...more: string[]) =>
    run(t, 'token', 'create', '--office', office, '--person', person, '--name', 'x', ...more)
  for (const [office, person, more, code] of [
    [portal.slug, neighbour, [], 1],
    [portal.slug, await emailOf(left), [], 1],
    [portal.slug, "x' or true --", [], 1],
    ['tidakada', own, [], 1],
    ["contoh'; drop table offices --", own, [], 1],
    [portal.slug, own, ['--days', '9999'], 2],
    [portal.slug, own, ['--days', '0'], 2],
    [portal.slug, own, ['--scope', 'semua'], 2],
    [portal.slug, own, ['--network', '0.0.0.0/99'], 2],
    [portal.slug, own, ['--only', '*'], 2],
    [portal.slug, own, ['--record-type', 'ANY'], 2],
  ] as const) {
    const answer = await create(office, person, ...more)
    assert.equal(answer.code, code, `${office} ${person} ${more.join(' ')} ${answer.err}`)
    assert.equal(answer.out, '')
    assert.notEqual(answer.err, '')
  }
  assert.deepEqual(await asOwner(portal.database, 'select count(*) as n from api_tokens'), before_)
  const theirs = await create('tetangga', neighbour)
  assert.equal(theirs.code, 0, theirs.err)
  const [row] = await asOwner(portal.database, 'select id from api_tokens where office_id = $1', [other.id])
  assert.equal(
    (await run(t, 'token', 'revoke', String(row!.id), '--office', portal.slug)).code,
    1,
    'of another office',
  )
  assert.equal((await run(t, 'token', 'revoke', 'bukan-id', '--office', portal.slug)).code, 2)
})
