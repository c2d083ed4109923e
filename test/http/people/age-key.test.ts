import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeAgeKey } from '../../support/age.ts'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPassword } from '../../support/portal.ts'
import { tablesOf } from '../../support/secret-search.ts'

const path = '/akun/kunci-age'
const password = testPassword

/** What is no recipient, and a word of the sentence that says so. */
const hostile: readonly (readonly [string, RegExp])[] = [
  ['', /bukan kunci publik/],
  ['age1', /bukan kunci publik/],
  [`age1${'q'.repeat(58)}`, /tidak dapat dipakai/],
  // Points of small order: whoever sees the file would know its key.
  ['age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z', /tidak dapat dipakai/],
  ['age1ur4h5lpmgxu2u9jku0a0r87ydtdqnr0tnsetrlvxvgz3vh6fhqqqzyt4v9', /tidak dapat dipakai/],
  ['age1anlllllllllllllllllllllllllllllllllllllllllllllllals4n2t7m', /tidak dapat dipakai/],
  ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN', /belum didukung/],
  ['age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t', /belum didukung/],
  [`age1pq1${'q'.repeat(60)}`, /belum didukung/],
  ['../../etc/passwd\u0000', /bukan kunci publik/],
  ['<script>alert(1)</script>', /bukan kunci publik/],
]

describe('the age key of an account', () => {
  let portal: TestPortal
  let contact: Browser
  const key = makeAgeKey()
  before(async () => {
    portal = await createTestPortal()
    contact = await portal.as('applicant')
  })
  after(() => portal.close())

  const kept = async (): Promise<string | null> => {
    const { ageRecipient } = (await (await contact.api('GET', '/me')).json()) as {
      ageRecipient: string | null
    }
    return ageRecipient
  }
  const acts = async (): Promise<readonly string[]> => {
    const rows = await asOwner(
      portal.database,
      "select act from logbook_entries where act like 'account.age-%' order by seq",
    )
    return rows.map((row) => (row as { act: string }).act)
  }

  test('is kept with the password, shown, told by mail and noted', async () => {
    assert.match(await (await contact.get('/akun')).text(), /Tambahkan kunci age/)
    const answer = await contact.post(path, { act: 'save', recipient: ` ${key.recipient}\n`, password })
    assert.equal(answer.status, 303, await answer.text())
    assert.equal(await kept(), key.recipient)
    assert.ok((await (await contact.get('/akun')).text()).includes(key.recipient))
    const mail = (await portal.jobs()).at(-1)!
    assert.equal(mail.name, 'send-mail')
    assert.match(JSON.stringify(mail.data), new RegExp(key.recipient))
    assert.deepEqual(await acts(), ['account.age-key-set'])
  })

  test('a wrong password, or none, changes nothing', async () => {
    const other = makeAgeKey().recipient
    for (const act of ['save', 'remove']) {
      const answer = await contact.post(path, { act, recipient: other, password: 'bukan kata sandinya' })
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), /Kata sandi sekarang tidak cocok/)
    }
    assert.equal((await contact.api('PUT', '/me/age-recipient', { recipient: other })).status, 422)
    assert.equal((await contact.api('DELETE', '/me/age-recipient', { password: 'salah' })).status, 422)
    assert.equal(
      (await portal.visit().api('PUT', '/me/age-recipient', { recipient: other, password })).status,
      401,
    )
    assert.equal(await kept(), key.recipient)
  })

  test('what cannot be encrypted to is refused in a sentence', async () => {
    for (const [recipient, sentence] of hostile) {
      const page = await contact.post(path, { act: 'save', recipient, password })
      assert.equal(page.status, 422, recipient)
      assert.match(await page.text(), sentence, recipient)
      const answer = await contact.api('PUT', '/me/age-recipient', { recipient, password })
      assert.equal(answer.status, 422, recipient)
      assert.match(await answer.text(), /bad-recipient/, recipient)
    }
    const long = await contact.api('PUT', '/me/age-recipient', { recipient: 'a'.repeat(1000), password })
    assert.equal(long.status, 422)
    assert.equal(await kept(), key.recipient)
    assert.deepEqual(await acts(), ['account.age-key-set'])
    assert.deepEqual(portal.faults, [])
  })

  test('a secret key that was pasted is neither shown again nor kept anywhere', async () => {
    const lost = makeAgeKey().identity
    for (const recipient of [lost, lost.toLowerCase(), `# secret ${lost}`]) {
      const page = await contact.post(path, { act: 'save', recipient, password })
      const html = await page.text()
      assert.equal(page.status, 422)
      assert.match(html, /jangan dipakai lagi/)
      assert.ok(!html.toUpperCase().includes(lost))
      const answer = await contact.api('PUT', '/me/age-recipient', { recipient, password })
      assert.ok(!(await answer.text()).toUpperCase().includes(lost))
    }
    const tables = await tablesOf(portal.database.ownerUrl)
    assert.ok(
      tables.some((each) => each.octets.includes(key.recipient)),
      'the tables were searched',
    )
    assert.ok(tables.every((each) => !each.octets.toString('latin1').toUpperCase().includes(lost)))
  })

  test('is removed over the API, and again is no harm', async () => {
    for (let round = 0; round < 2; round += 1)
      assert.equal((await contact.api('DELETE', '/me/age-recipient', { password })).status, 204)
    assert.equal(await kept(), null)
    assert.equal((await acts()).at(-1), 'account.age-key-removed')
  })
})
