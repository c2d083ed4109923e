import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { asOwner } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { TestOffice, TestPortal } from '../../support/portal.ts'
import { createTestPortal, testPaper, testPassword } from '../../support/portal.ts'

type Problem = { reason: string; status: number; detail: string; issues?: { field: string }[] }

async function problem(response: Response): Promise<Problem> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  return (await response.json()) as Problem
}

describe('people of an office', () => {
  let portal: TestPortal
  let other: TestOffice
  let admin: Browser
  before(async () => {
    portal = await createTestPortal()
    other = await portal.addOffice('tetangga')
    admin = await portal.as('administrator')
  })
  after(() => portal.close())

  const lastMail = async (): Promise<string> => {
    const mails = (await portal.jobs()).flatMap((job) => (job.name === 'send-mail' ? [job.data.text] : []))
    return mails.at(-1)!
  }
  const invite = async (fields: Record<string, string>): Promise<string> => {
    const answer = await admin.post('/o/contoh/undangan', fields)
    assert.equal(answer.status, 303, await answer.text())
    return /http:\/\/portal\.test(\/undangan\/\S+)/.exec(await lastMail())![1]!
  }

  test('an invitation makes an account and a membership, once, even for two at once', async () => {
    const link = await invite({ name: 'Budi Contoh', email: 'Budi@contoh.test', role: 'operator' })
    const fields = { name: 'Budi Contoh', password: testPassword }
    const both = await Promise.all([portal.visit(), portal.visit()].map((each) => each.post(link, fields)))
    assert.deepEqual(
      both.map((each) => each.status).sort((a, b) => a - b),
      [303, 410],
    )
    assert.equal((await portal.visit().post(link, fields)).status, 410)
    const rows = await asOwner(
      portal.database,
      "select m.role from memberships m join auth_user u on u.id = m.person_id where u.email = 'budi@contoh.test'",
    )
    assert.deepEqual(rows, [{ role: 'operator' }])
    const browser = portal.visit()
    await browser.post('/masuk', { email: 'budi@contoh.test', password: testPassword })
    assert.equal((await browser.get('/o/contoh')).status, 200)
  })

  test('the database keeps the hash of a link, never the link', async () => {
    const link = await invite({ name: 'Citra', email: 'citra@contoh.test', role: 'auditor' })
    const token = link.split('/').at(-1)!
    const told = await portal.visit().api('GET', `/invitations/${token}`)
    assert.partialDeepStrictEqual(await told.json(), { name: 'Citra', role: 'auditor', office: 'contoh' })
    const guessed = await portal.visit().api('GET', `/invitations/${token.slice(0, -1)}`)
    assert.equal(guessed.status, 404)
    const [row] = await asOwner(portal.database, 'select * from invitations order by created_at desc limit 1')
    assert.ok(!JSON.stringify(row).includes(token.slice(token.indexOf('-') + 1)))
  })

  test('a link is over after seven days, and a revoked one at once', async () => {
    const late = await invite({ name: 'Dewi', email: 'dewi@contoh.test', role: 'auditor' })
    const started = portal.clock.now
    portal.clock.now = new Date(started.getTime() + 7 * 24 * 3_600_000)
    const answer = await portal.visit().post(late, { name: 'Dewi', password: testPassword })
    portal.clock.now = started
    assert.equal(answer.status, 410)
    const page = await (await admin.get('/o/contoh/undangan')).text()
    const revoke = /\/o\/contoh\/undangan\/[0-9a-f-]+\/cabut/.exec(page)![0]
    assert.equal((await admin.post(revoke)).status, 303)
    assert.equal((await admin.post(revoke)).status, 404, 'revoking twice')
  })

  test('a link with a weak password keeps the name that was entered and stays good', async () => {
    const link = await invite({ name: 'Eko', email: 'eko@contoh.test', role: 'auditor' })
    const weak = await portal.visit().post(link, { name: 'Eko Kedua', password: 'password1234' })
    const own = await portal.visit().post(link, { name: 'Eko Kedua', password: 'lima perahu kedua biru' })
    assert.match(await own.text(), /memuat &quot;kedua&quot;/)
    assert.equal(weak.status, 422)
    assert.match(await weak.text(), /value="Eko Kedua"/)
    assert.equal((await portal.visit().post(link, { name: 'Eko', password: testPassword })).status, 303)
  })

  test('an address with an account joins only when its owner is signed in', async () => {
    const applicant = await portal.member('applicant')
    const link = await invite({ name: 'Orang', email: applicant.email, role: 'auditor', ...testPaper })
    const stranger = await portal.visit().post(link, { name: 'Pencuri', password: testPassword })
    assert.equal(stranger.status, 409)
    const owner = await portal.as('applicant')
    assert.equal((await owner.post(link)).status, 303)
    const me = (await (await owner.api('GET', '/me')).json()) as { offices: { roles: string[] }[] }
    assert.deepEqual(me.offices[0]!.roles, ['applicant', 'auditor'])
  })

  test('two offices invite one address: of two acceptances at once one makes the account', async () => {
    const fields = { name: 'Kartika', email: 'kartika@contoh.test', role: 'auditor' }
    const here = await invite(fields)
    await (await other.as('administrator')).post('/o/tetangga/undangan', fields)
    const there = /http:\/\/portal\.test(\/undangan\/\S+)/.exec(await lastMail())![1]!
    const given = { name: 'Kartika', password: testPassword }
    const both = await Promise.all([here, there].map((link) => portal.visit().post(link, given)))
    assert.deepEqual(
      both.map((each) => each.status).sort((a, b) => a - b),
      [303, 409],
    )
    const owner = portal.visit()
    await owner.post('/masuk', { email: fields.email, password: testPassword })
    const left = both[0]!.status === 409 ? here : there
    assert.equal((await owner.post(left)).status, 303)
    const me = (await (await owner.api('GET', '/me')).json()) as { offices: unknown[] }
    assert.equal(me.offices.length, 2)
  })

  test('an operator invites applicants, nobody else', async () => {
    const operator = await portal.as('operator')
    const base = { name: 'Fajar', email: 'fajar@contoh.test' }
    const admins = await operator.post('/o/contoh/undangan', { ...base, role: 'administrator' })
    assert.equal(admins.status, 403)
    const applicant = { ...base, role: 'applicant', agency: 'Dinas Contoh' }
    assert.equal((await operator.post('/o/contoh/undangan', applicant)).status, 303)
  })

  for (const [role, path] of [
    ['operator', '/o/contoh/pengguna'],
    ['applicant', '/o/contoh/undangan'],
    ['head-of-office', '/o/contoh/pendaftaran'],
    ['auditor', '/o/contoh/kantor-baru'],
  ] as const) {
    test(`${role} may not open ${path}`, async () => {
      assert.equal((await (await portal.as(role)).get(path)).status, 403)
    })
  }

  test('a foreign office looks like one that does not exist, on pages and API', async () => {
    const answers = await Promise.all(
      ['/o/tetangga/pengguna', '/o/tidakada/pengguna'].map(async (path) => {
        const answer = await admin.get(path)
        return [answer.status, (await answer.text()).replaceAll(path, 'P')]
      }),
    )
    assert.equal(answers[0]![0], 404)
    assert.deepEqual(answers[0], answers[1])
    const api = await problem(await admin.api('GET', '/offices/tetangga/people'))
    assert.equal(api.status, 404)
    const person = (await other.member('operator')).personId
    const path = `/offices/contoh/people/${person}/active`
    assert.equal((await admin.api('PUT', path, { active: false })).status, 404)
    const roles = await admin.api('PUT', `/offices/contoh/people/${person}/roles`, { roles: ['auditor'] })
    assert.equal(roles.status, 404)
  })

  test('nobody promotes themselves, and an administrator cannot change their own roles', async () => {
    const operator = await portal.member('operator')
    const browser = await portal.as('operator')
    const path = (id: string) => `/offices/contoh/people/${id}/roles`
    const up = await browser.api('PUT', path(operator.personId), { roles: ['administrator'] })
    assert.equal((await problem(up)).reason, 'not-allowed')
    const administrator = await portal.member('administrator')
    const own = await admin.api('PUT', path(administrator.personId), { roles: ['administrator', 'operator'] })
    assert.equal((await problem(own)).reason, 'own-roles')
    const page = await admin.post(`/o/contoh/pengguna/${administrator.personId}/status`, { active: 'no' })
    assert.equal(page.status, 403)
  })

  test('a role is taken back at once and given by its appointment only; the logbook says both', async () => {
    const person = await portal.member('head-of-division')
    const path = `/o/contoh/pengguna/${person.personId}/peran`
    const added = { roles: ['head-of-division', 'auditor'] }
    assert.equal((await admin.post(path, added)).status, 409, 'without its appointment')
    const paper = { ...testPaper, personId: person.personId, role: 'auditor' }
    assert.equal((await admin.post('/o/contoh/penugasan/baru', paper)).status, 303)
    assert.equal((await admin.post(path, added)).status, 303, 'kept')
    assert.equal((await admin.post(path, { roles: 'head-of-division' })).status, 303)
    assert.equal((await admin.post(path, added)).status, 409, 'its appointment went with it')
    assert.equal((await admin.post(path, { roles: 'penguasa' })).status, 422)
    assert.equal((await admin.post(path, {})).status, 422, 'no role would be left')
    const rows = await asOwner(
      portal.database,
      "select text::jsonb -> 'details' as details from logbook_entries where act = 'person.roles-changed' order by seq",
    )
    assert.deepEqual(rows, [{ details: { removed: [] } }, { details: { removed: ['auditor'] } }])
  })

  test('an applicant registers, is approved by one of two at once, and joins with their agency', async () => {
    const form = {
      name: 'Gita Contoh',
      email: 'gita@contoh.test',
      post: 'Kepala Seksi',
      agency: 'Kecamatan Contoh',
      reason: 'Subdomain layanan kecamatan.',
    }
    const visitor = portal.visit()
    assert.equal((await visitor.post('/o/contoh/daftar', form)).status, 303)
    assert.equal((await visitor.post('/o/contoh/daftar', form)).status, 303, 'asking twice answers the same')
    const { items: list } = (await (await admin.api('GET', '/offices/contoh/registrations')).json()) as {
      items: { id: string }[]
    }
    assert.equal(list.length, 1)
    const path = `/o/contoh/pendaftaran/${list[0]!.id}`
    const operator = await portal.as('operator')
    assert.equal((await admin.post(path, { decision: 'refuse', text: '' })).status, 422)
    const both = await Promise.all([admin, operator].map((each) => each.post(path, { decision: 'approve' })))
    assert.deepEqual(
      both.map((each) => each.status).sort((a, b) => a - b),
      [303, 409],
    )
    const link = /http:\/\/portal\.test(\/undangan\/\S+)/.exec(await lastMail())![1]!
    assert.equal((await portal.visit().post(link, { name: form.name, password: testPassword })).status, 303)
    const page = await (await admin.get('/o/contoh/pengguna')).text()
    assert.match(page, /Kecamatan Contoh/)
  })

  test('hostile and broken input is refused with a sentence and changes nothing', async () => {
    const count = async () => (await asOwner(portal.database, 'select 1 from invitations')).length
    const earlier = await count()
    const good = { name: 'Hadi', email: 'hadi@contoh.test', role: 'auditor' }
    const bad: Record<string, string | string[]>[] = [
      { ...good, name: '' },
      { ...good, name: 'Ha\u0000di' },
      { ...good, name: '\u202Eidah' },
      { ...good, name: 'x'.repeat(200) },
      { ...good, name: ['Hadi', 'Hadi'] },
      { ...good, email: 'bukan surel' },
      { ...good, email: 'hadi@contoh.test\r\nBcc: x@contoh.test' },
      { ...good, role: 'root' },
      { ...good, role: 'applicant' },
      { ...good, agency: 'Badan Contoh' },
    ]
    for (const fields of bad) {
      const answer = await admin.post('/o/contoh/undangan', fields)
      assert.equal(answer.status, 422, JSON.stringify(fields))
    }
    const huge = await admin.post('/o/contoh/undangan', { ...good, name: 'x'.repeat(300_000) })
    assert.equal(huge.status, 413)
    assert.equal(await count(), earlier)
    const script = await admin.post('/o/contoh/undangan', { ...good, email: '"><script>alert(1)</script>' })
    assert.ok(!(await script.text()).includes('<script>alert'))
    assert.equal((await admin.get('/o/%00/pengguna')).status, 404)
    assert.equal((await admin.post('/o/contoh/undangan/bukan-id/cabut')).status, 404)
    assert.equal((await admin.post('/o/contoh/pengguna/%00/status', { active: 'no' })).status, 422)
    assert.deepEqual(portal.faults, [])
  })

  describe('over the API', () => {
    const newToken = async (browser: Browser): Promise<string> => {
      const answer = await browser.api('POST', '/offices/contoh/tokens', { name: 'skrip', days: 7 })
      assert.equal(answer.status, 201)
      return ((await answer.json()) as { token: string }).token
    }
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

    test('a token acts as its owner in its office, until it is revoked or over', async () => {
      const operator = await portal.as('operator')
      const token = await newToken(operator)
      const script = portal.visit()
      const call = () => script.api('GET', '/offices/contoh/invitations', undefined, bearer(token))
      assert.equal((await call()).status, 200)
      const people = await script.api('GET', '/offices/contoh/people', undefined, bearer(token))
      assert.equal(people.status, 403, 'with the roles of its owner')
      const elsewhere = await script.api('GET', '/offices/tetangga/invitations', undefined, bearer(token))
      assert.equal(elsewhere.status, 404)
      const password = { current: testPassword, password: 'sandi dari token curian' }
      assert.equal((await script.api('PUT', '/me/password', password, bearer(token))).status, 403)
      const another = { name: 'lebih lama', days: 365 }
      const grown = await script.api('POST', '/offices/contoh/tokens', another, bearer(token))
      assert.equal(grown.status, 403)
      assert.equal((await problem(grown)).reason, 'session-needed')
      const stored = await asOwner(portal.database, 'select * from api_tokens')
      assert.ok(!JSON.stringify(stored).includes(token))
      const started = portal.clock.now
      portal.clock.now = new Date(started.getTime() + 8 * 24 * 3_600_000)
      assert.equal((await problem(await call())).reason, 'bad-token')
      portal.clock.now = started
      const { items: list } = (await (await operator.api('GET', '/offices/contoh/tokens')).json()) as {
        items: { id: string }[]
      }
      const stranger = await portal.as('auditor')
      const path = `/offices/contoh/tokens/${list[0]!.id}`
      assert.equal((await stranger.api('DELETE', path)).status, 404)
      assert.equal((await operator.api('DELETE', path)).status, 204)
      assert.equal((await call()).status, 401)
    })

    test('a session cookie needs the own origin to change something', async () => {
      const body = { name: 'Indah', email: 'indah@contoh.test', role: 'auditor' }
      const path = '/offices/contoh/invitations'
      const foreign = await admin.api('POST', path, body, { origin: 'https://evil.example' })
      assert.equal((await problem(foreign)).reason, 'cross-origin')
      assert.equal((await admin.api('GET', path, undefined, { origin: 'https://evil.example' })).status, 200)
    })

    test('a create with an Idempotency-Key happens once', async () => {
      const body = { name: 'Joko', email: 'joko@contoh.test', role: 'auditor' }
      const key = { 'idempotency-key': 'undangan-1' }
      const call = (sent: unknown) => admin.api('POST', '/offices/contoh/invitations', sent, key)
      const both = await Promise.all([call(body), call(body)])
      const statuses = both.map((each) => each.status).sort((a, b) => a - b)
      assert.ok(statuses[0] === 201 && [201, 409].includes(statuses[1]!), statuses.join())
      const again = await call(body)
      assert.equal(again.status, 201)
      assert.equal(again.headers.get('idempotency-replayed'), 'true')
      const rows = await asOwner(
        portal.database,
        "select id from invitations where email = 'joko@contoh.test'",
      )
      assert.equal(rows.length, 1)
      assert.deepEqual(await again.json(), { id: rows[0]!.id })
      const different = await call({ ...body, name: 'Lain' })
      assert.equal((await problem(different)).reason, 'idempotency-mismatch')
    })

    test('an answer with a secret is not kept for a repeated key', async () => {
      const key = { 'idempotency-key': 'token-1' }
      const call = () => admin.api('POST', '/offices/contoh/tokens', { name: 'sekali', days: 1 }, key)
      assert.equal((await call()).status, 201)
      assert.equal((await problem(await call())).reason, 'idempotency-answer-not-kept')
    })

    test('problem documents name the fields, in the language asked for', async () => {
      const body = { name: '', email: 'x', role: 'auditor' }
      const path = '/offices/contoh/invitations'
      const english = await problem(await admin.api('POST', path, body, { 'accept-language': 'en-GB, id' }))
      assert.equal(english.status, 422)
      assert.match(english.detail, /Nothing was lost/)
      assert.deepEqual(english.issues!.map((issue) => issue.field).sort(), ['email', 'name'])
      const indonesian = await problem(await admin.api('POST', path, body))
      assert.match(indonesian.detail, /Tidak ada yang hilang/)
      const broken = await admin.send(`/api/v1${path}`, {
        method: 'POST',
        body: '{"name":',
        headers: { 'content-type': 'application/json', origin: admin.origin },
      })
      assert.equal((await problem(broken)).reason, 'malformed-body')
    })

    test('a body of another media type is refused, not taken as empty', async () => {
      for (const path of ['/session', '/setup', '/offices/contoh/invitations']) {
        const answer = await admin.send(`/api/v1${path}`, {
          method: 'POST',
          body: JSON.stringify({ email: 'a@contoh.test', password: testPassword }),
          headers: { 'content-type': 'text/plain', origin: admin.origin },
        })
        assert.ok([400, 404].includes(answer.status), `${path} ${answer.status}`)
        await problem(answer)
      }
      assert.deepEqual(portal.faults, [])
    })

    test('every route stands in the OpenAPI document with its parameters and problem answer', async () => {
      type Operation = { parameters?: { name: string; in: string }[]; responses: Record<string, unknown> }
      const document = (await (await admin.api('GET', '/openapi.json')).json()) as {
        paths: Record<string, Record<string, Operation>>
      }
      assert.ok(Object.keys(document.paths).length > 15)
      for (const [path, operations] of Object.entries(document.paths))
        for (const [method, operation] of Object.entries(operations)) {
          const declared = (operation.parameters ?? []).flatMap((each) =>
            each.in === 'path' ? [each.name] : [],
          )
          const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
          assert.deepEqual(declared.sort(), named.sort(), `${method} ${path}`)
          assert.ok(operation.responses.default, `${method} ${path}`)
        }
    })
  })
})
