import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Provider } from 'oidc-provider'
import { providerFetch } from '../../../src/drivers/identity/openid.ts'
import { isPublicAddress } from '../../../src/drivers/outgoing.ts'
import type { FactorTrust } from '../../../src/domain/access/sign-on.ts'
import { signOnStandsMs } from '../../../src/domain/access/second-factor.ts'
import { signOnTexts } from '../../../src/domain/text/sign-on.ts'
import type { Role } from '../../../src/domain/access/roles.ts'
import { asOwner, setProven, testConfig } from '../../support/app.ts'
import type { Browser } from '../../support/browse.ts'
import type { Lie } from '../../support/lying-provider.ts'
import { startLyingProvider } from '../../support/lying-provider.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal, kukarSop, testPassword } from '../../support/portal.ts'
import { signedIn } from '../../support/session.ts'
import { codeAt } from '../../support/totp.ts'

const origin = 'http://localhost'
const clientId = 'ranah'
const clientSecret = 'rahasia klien hanya untuk uji coba'

const sentences = {
  'sign-on-refused': signOnTexts.notAccepted,
  'no-account': signOnTexts.noAccount,
  'linked-elsewhere': signOnTexts.linkedElsewhere,
}

async function connect(
  portal: TestPortal,
  issuer: string,
  trust: { readonly secondFactor?: FactorTrust; readonly strongAcr?: string } = {},
): Promise<void> {
  const admin = await signedIn(portal, await portal.member('administrator'))
  const body = { label: 'Akun Contoh', issuer, clientId, clientSecret, ...trust }
  const answer = await admin.api('PUT', '/offices/contoh/identity-provider', body)
  assert.equal(answer.status, 204, await answer.text())
}

async function start(browser: Browser, back = '/akun'): Promise<URL> {
  const answer = await browser.get(`/masuk/kantor/contoh?kembali=${encodeURIComponent(back)}`)
  assert.equal(answer.status, 303, await answer.clone().text())
  return new URL(answer.headers.get('location')!)
}

describe('single sign-on with a real provider', () => {
  let portal: TestPortal
  let close: () => Promise<void>
  let issuer: string
  before(async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const config = { ...testConfig(), publicUrl: origin, identityProviders: [issuer] }
    portal = await createTestPortal(kukarSop, { config })
    const provider = new Provider(issuer, {
      clients: [
        { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${origin}/masuk/kembali`] },
      ],
      claims: { openid: ['sub', 'amr', 'acr'], email: ['email', 'email_verified'] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@contoh.test`, email_verified: true }),
      }),
      cookies: { keys: ['only for the test'] },
    })
    const callback = provider.callback()
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
      void consent(provider, request, response)
    })
    await connect(portal, issuer)
    await setProven(portal.database, false)
    close = () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve())))
  })
  after(async () => {
    await close()
    await portal.close()
  })

  type Handler = Parameters<Provider['interactionFinished']>
  async function consent(provider: Provider, request: Handler[0], response: Handler[1]): Promise<void> {
    const { params, prompt } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login') {
      const login = { accountId: who, ...proof }
      return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
    }
    const grant = new provider.Grant({ accountId: who, clientId: String(params.client_id) })
    grant.addOIDCScope('openid email profile')
    const grantId = await grant.save()
    return provider.interactionFinished(request, response, { consent: { grantId } })
  }

  let who = 'applicant'
  /** What the provider says of how they proved it. */
  let proof: { amr?: string[]; acr?: string } = {}
  /** Goes through the provider as a browser would. @returns the address back at the portal */
  async function through(url: URL): Promise<string> {
    const cookies = new Map<string, string>()
    let at = url
    for (let hop = 0; hop < 12; hop += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: cookie ? { cookie } : {} })
      for (const line of answer.headers.getSetCookie()) {
        const [name, value] = line.split(';')[0]!.split('=') as [string, string]
        cookies.set(name, value)
      }
      const next = answer.headers.get('location')
      assert.ok(next, `${at.href}: ${answer.status} ${await answer.text()}`)
      at = new URL(next, at)
      if (at.origin === origin) return `${at.pathname}${at.search}`
    }
    throw new Error('the provider leads nowhere')
  }

  test('an applicant with a verified address comes in; the code and the way back work once', async () => {
    who = 'applicant'
    await portal.member('applicant')
    const page = await (await portal.visit().get('/masuk')).text()
    assert.match(page, /href="\/masuk\/kantor\/contoh"[^>]*>Masuk lewat Akun Contoh/)
    const browser = portal.visit()
    const url = await start(browser)
    assert.equal(url.origin, issuer)
    for (const name of ['code_challenge', 'state', 'nonce']) assert.ok(url.searchParams.get(name), name)
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
    const back = await through(url)
    const stolen = portal.visit()
    assert.equal((await stolen.get(back)).status, 410, 'another browser has no ticket')
    const kept = browser.cookies.get('ranah_masuk')!
    const answer = await browser.get(back)
    assert.equal(answer.headers.get('location'), '/akun', await answer.clone().text())
    assert.equal((await browser.get('/akun')).status, 200)
    const again = portal.visit()
    again.cookies.set('ranah_masuk', kept)
    const replayed = await again.get(back)
    assert.equal(replayed.status, 403, 'a replayed code')
    assert.match(await replayed.text(), /tidak dapat diterima/)
    const links = await asOwner(portal.database, 'select * from sign_on_links')
    assert.equal(links.length, 1)
    const [row] = await asOwner(portal.database, 'select client_secret from identity_providers')
    assert.ok(!(row!.client_secret as Buffer).includes(clientSecret), 'the secret is sealed')
    const administrator = await portal.as('administrator')
    await enrol(administrator)
    const shown = await (await administrator.get('/o/contoh/masuk-tunggal')).text()
    assert.ok(!shown.includes(clientSecret))
  })

  test('who has no account here is not let in, and none is made', async () => {
    who = 'tidak.ada'
    const browser = portal.visit()
    const answer = await browser.get(await through(await start(browser)))
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /Belum ada akun di kantor ini/)
    assert.equal((await browser.get('/akun')).status, 303)
    const other = await portal.addOffice('tetangga')
    await asOwner(portal.database, 'update auth_user set email = $1 where id = $2', [
      'orang.lain@contoh.test',
      (await other.member('operator')).personId,
    ])
    who = 'orang.lain'
    const foreign = portal.visit()
    assert.equal((await foreign.get(await through(await start(foreign)))).status, 403, 'a member elsewhere')
  })

  /** Sets an app up in whatever session this is. @returns its key */
  async function enrol(browser: Browser, password: string | undefined = testPassword): Promise<string> {
    const begun = await browser.api('POST', '/me/second-factor', { password })
    assert.equal(begun.status, 201, await begun.clone().text())
    const { secret } = (await begun.json()) as { secret: string }
    const confirmed = await browser.api('PUT', '/me/second-factor', { code: codeAt(secret, Date.now()) })
    assert.equal(confirmed.status, 200, await confirmed.clone().text())
    return secret
  }
  async function come(back = '/akun'): Promise<Browser> {
    const browser = portal.visit()
    const answer = await browser.get(await through(await start(browser, back)))
    assert.equal(answer.status, 303, await answer.clone().text())
    assert.equal(answer.headers.get('location'), back)
    return browser
  }
  /** Where somebody who came from the provider ends up when they open the office. */
  async function led(role: Role, said: typeof proof): Promise<string> {
    await portal.member(role)
    ;[who, proof] = [role, said]
    const browser = portal.visit()
    const answer = await browser.get(await through(await start(browser, '/o/contoh')))
    if (answer.headers.get('location') !== '/o/contoh') return answer.headers.get('location') ?? ''
    const office = await browser.get('/o/contoh')
    return office.headers.get('location') ?? String(office.status)
  }
  async function trust(given: Parameters<typeof connect>[2]): Promise<void> {
    await setProven(portal.database, true)
    await asOwner(
      portal.database,
      `update auth_user set "twoFactorEnabled" = false where email like 'administrator%'`,
    )
    await connect(portal, issuer, given)
    await setProven(portal.database, false)
  }
  const setUp = '/akun/kode?kembali=%2Fo%2Fcontoh'

  test('staff without a second factor are led to its set-up, without a password they may not know; then a code is asked', async () => {
    ;[who, proof] = ['operator', { amr: ['pwd', 'mfa'] }]
    await portal.member('operator')
    const browser = await come('/o/contoh')
    const first = browser.cookies.get('ranah.session_token')
    assert.equal((await browser.get('/o/contoh')).headers.get('location'), setUp)
    assert.equal((await browser.api('GET', '/offices/contoh/requests')).status, 403)
    const page = await (await browser.get(setUp)).text()
    assert.match(page, /Kata sandi tidak diminta/)
    assert.doesNotMatch(page, /type="password"/)
    const begun = await (await browser.post(setUp, { act: 'start' })).text()
    const secret = /<code class="mono">([A-Z2-7]+)<\/code>/.exec(begun)![1]!
    const done = await browser.post(setUp, { act: 'confirm', code: codeAt(secret, Date.now()) })
    assert.match(await done.text(), /recovery-codes.*href="\/o\/contoh"/s)
    assert.equal((await browser.get('/o/contoh')).status, 200)
    assert.notEqual(browser.cookies.get('ranah.session_token'), first, 'another session')
    const again = await browser.api('POST', '/me/passkeys', { name: 'x', response: '{}' })
    assert.equal(again.status, 422, 'a second one takes the password')
    const owing = portal.visit()
    const answer = await owing.get(await through(await start(owing)))
    assert.equal(answer.headers.get('location'), '/masuk/kode?kembali=%2Fakun')
    assert.equal((await owing.get('/akun')).status, 303, 'the provider alone is not enough')
    const code = codeAt(secret, Date.now() + 30_000)
    assert.equal((await owing.post('/masuk/kode', { code })).status, 303)
    assert.equal((await owing.get('/akun')).status, 200)
  })

  test('the sign-in at the provider stands for the password for fifteen minutes, and never for the link of a reset', async () => {
    ;[who, proof] = ['auditor', {}]
    const { email } = await portal.member('auditor')
    const browser = await come()
    await asOwner(
      portal.database,
      `update auth_user set "enrolmentHash" = 'x', "enrolmentUntil" = now() + interval '1 day' where email = $1`,
      [email],
    )
    const reset = await browser.api('POST', '/me/second-factor', {})
    assert.equal(((await reset.json()) as { reason: string }).reason, 'enrolment-link-needed')
    await asOwner(portal.database, 'update auth_user set "enrolmentHash" = null where email = $1', [email])
    const { now } = portal.clock
    portal.clock.now = new Date(now.getTime() + signOnStandsMs)
    assert.equal((await browser.api('POST', '/me/second-factor', {})).status, 422)
    assert.match(await (await browser.get('/akun/kode')).text(), /type="password"/)
    await enrol(browser)
    portal.clock.now = now
    const byPassword = await portal.as('head-of-division')
    const without = await byPassword.api('POST', '/me/second-factor', {})
    assert.equal(without.status, 422, 'a session of a password takes the password')
  })

  test('a second factor at the provider counts only when the office trusts it with that, and no longer than it does', async () => {
    const two = { amr: ['pwd', 'otp'] }
    assert.equal(await led('head-of-office', two), setUp, 'nobody was asked to trust it')
    await trust({ secondFactor: 'said', strongAcr: 'urn:contoh:dua' })
    assert.equal(await led('head-of-office', {}), setUp, 'it did not say so')
    assert.equal(await led('head-of-office', { amr: ['pwd'] }), setUp)
    assert.equal(await led('head-of-office', { acr: 'urn:contoh:dua' }), '200')
    assert.equal(await led('head-of-office', two), '200')
    assert.equal(await led('operator', two), '200', 'also who has one here')
    const open = await come('/o/contoh')
    const made = await open.api('POST', '/offices/contoh/tokens', { name: 'skrip', days: 7 })
    const headers = { authorization: `Bearer ${((await made.json()) as { token: string }).token}` }
    const byToken = async () =>
      (await portal.visit().api('GET', '/offices/contoh/requests', undefined, headers)).status
    assert.deepEqual([(await open.get('/o/contoh')).status, await byToken()], [200, 200])
    await trust({ secondFactor: 'always' })
    assert.equal(await led('head-of-office', {}), '200')
    await trust({ secondFactor: 'portal' })
    assert.equal(await led('head-of-office', two), setUp)
    assert.equal((await open.get('/o/contoh')).headers.get('location'), '/masuk?kembali=%2Fo%2Fcontoh')
    assert.equal(await byToken(), 403)
  })

  test('the provider of one office opens no other office, nor sets up a second factor there', async () => {
    await trust({ secondFactor: 'always' })
    ;[who, proof] = ['applicant', {}]
    const { personId } = await portal.member('applicant')
    const other = await portal.addOffice('sebelah')
    const alone = await come('/o/contoh')
    await asOwner(
      portal.database,
      `insert into memberships (office_id, person_id, role, since) values ($1, $2, 'auditor', now())`,
      [other.id, personId],
    )
    const browser = await come('/o/contoh')
    for (const session of [alone, browser]) {
      assert.equal((await session.get('/o/contoh')).status, 200)
      assert.equal((await session.get('/o/sebelah')).status, 404)
      const me = (await (await session.api('GET', '/me')).json()) as { offices: unknown[] }
      assert.equal(me.offices.length, 1)
    }
    assert.equal((await browser.api('POST', '/me/second-factor', {})).status, 422)
    const byPassword = await portal.as('applicant')
    const theirs = await byPassword.get('/o/sebelah')
    assert.equal(theirs.headers.get('location'), '/akun/kode?kembali=%2Fo%2Fsebelah')
    await enrol(browser)
    assert.equal(
      (await browser.get('/o/sebelah')).status,
      200,
      'with password and factor it is their session',
    )
  })
})

describe('single sign-on with a provider that lies', () => {
  let portal: TestPortal
  let provider: Awaited<ReturnType<typeof startLyingProvider>>
  let attempts = 0
  before(async () => {
    const subject = { sub: 's-1', email: 'auditor@contoh.test', email_verified: true, amr: ['pwd', 'otp'] }
    provider = await startLyingProvider({ clientId, subject })
    const config = { ...testConfig(), publicUrl: origin, identityProviders: [provider.issuer] }
    portal = await createTestPortal(kukarSop, { config })
    await portal.member('auditor')
    await connect(portal, provider.issuer, { secondFactor: 'said' })
  })
  after(async () => {
    await provider.close()
    await portal.close()
  })

  /** Sets off each time from another network, unless told. */
  async function attempt(
    lie: Lie,
    change: (back: URLSearchParams) => void = () => {},
    from = `198.51.100.${(attempts += 1)}`,
  ): Promise<string> {
    provider.state.lie = {}
    const browser = portal.visit(from)
    const url = await start(browser)
    provider.state.nonces.set('code-1', url.searchParams.get('nonce')!)
    provider.state.lie = lie
    const back = new URLSearchParams({ code: 'code-1', state: url.searchParams.get('state')! })
    change(back)
    const answer = await browser.get(`/masuk/kembali?${back.toString()}`)
    const isIn = (await browser.get('/akun')).status === 200
    assert.equal(isIn, answer.status === 303, 'in, if and only if it says so')
    if (isIn) return 'in'
    const page = await answer.text()
    const said = Object.entries(sentences).find(([, { id }]) => page.includes(id.replaceAll('"', '&quot;')))
    return said?.[0] ?? page
  }

  test('is not believed', async () => {
    const lies: Record<string, Lie> = {
      'another issuer': { claims: (right) => ({ ...right, iss: 'https://evil.example' }) },
      'another nonce': { claims: (right) => ({ ...right, nonce: 'x' }) },
      'no nonce': { claims: ({ nonce: _nonce, ...rest }) => rest },
      'another audience': { claims: (right) => ({ ...right, aud: 'somebody-else' }) },
      'a token that is over': { claims: (right) => ({ ...right, exp: 1 }) },
      'alg none': { signature: 'none' },
      'a forged signature': { signature: 'forged' },
      'an issuer of discovery that is another': {
        metadata: (right) => ({ ...right, issuer: 'https://evil.example' }),
      },
      'keys from a place that may not be asked': {
        metadata: (right) => ({ ...right, jwks_uri: 'http://127.0.0.1:9/jwks' }),
      },
      'tokens from the metadata service': {
        metadata: (right) => ({ ...right, token_endpoint: 'http://169.254.169.254/token' }),
      },
    }
    for (const [what, lie] of Object.entries(lies)) assert.equal(await attempt(lie), 'sign-on-refused', what)
    assert.equal(await attempt({}, (back) => back.set('state', 'x')), 'sign-on-refused', 'another state')
    assert.equal(await attempt({}, (back) => back.set('code', 'x')), 'sign-on-refused', 'another code')
    assert.equal(
      await attempt({}, (back) => back.set('iss', 'https://evil.example')),
      'sign-on-refused',
      'mixed up',
    )
    const unverified: Lie = { claims: (right) => ({ ...right, email_verified: false }) }
    assert.equal(await attempt(unverified), 'no-account', 'an address that nobody verified is nobody')
    const links = await asOwner(portal.database, 'select 1 from sign_on_links')
    assert.equal(links.length, 0)
  })

  test('garbage, too much, and no answer at all leave nobody signed in and everything else as it was', async () => {
    const html = '<!doctype html><title>Bad gateway</title>'
    const answers = [html, '', '{"issuer":', 'x'.repeat(300 * 1024), undefined]
    const tried = answers.flatMap((text) => ['/token', '/jwks'].map((path) => ({ path, text })))
    for (const garbage of tried)
      assert.equal(
        await attempt({ garbage }),
        'sign-on-refused',
        `${garbage.path} ${garbage.text?.slice(0, 9)}`,
      )
    for (const text of answers) {
      provider.state.lie = { garbage: { path: '/.well-known/', text } }
      const answer = await portal.visit().get('/masuk/kantor/contoh')
      assert.equal(answer.status, 503, text?.slice(0, 9))
      assert.match(await answer.text(), /masuk dengan kata sandi, atau coba lagi nanti/)
    }
    assert.deepEqual(portal.faults, [])
  })

  test('a whole office behind one address comes in; who only sets off again and again is held up', async () => {
    const from = '203.0.113.7'
    for (let one = 0; one < 35; one += 1) assert.equal(await attempt({}, undefined, from), 'in', String(one))
    const stubborn = portal.visit(from)
    const statuses: number[] = []
    for (let one = 0; one < 32; one += 1) statuses.push((await stubborn.get('/masuk/kantor/contoh')).status)
    assert.deepEqual(statuses, [...Array<number>(30).fill(303), 429, 429])
  })

  test('an address that somebody else has at the provider now does not bring the account along', async () => {
    assert.equal(await attempt({}), 'in')
    const other: Lie = { claims: (right) => ({ ...right, sub: 's-2' }) }
    assert.equal(await attempt(other), 'linked-elsewhere')
    const links = await asOwner(portal.database, 'select subject from sign_on_links')
    assert.deepEqual(links, [{ subject: 's-1' }])
  })

  test('whom a subject was linked to stays, whatever address the provider says next', async () => {
    assert.equal(await attempt({}), 'in')
    const moved: Lie = { claims: (right) => ({ ...right, email: 'administrator@contoh.test' }) }
    assert.equal(await attempt(moved), 'in')
    const entries = await asOwner(portal.database, 'select person_id from sign_on_links')
    assert.deepEqual(entries, [{ person_id: (await portal.member('auditor')).personId }])
  })
})

describe('where a provider may be', () => {
  test('only administrators connect one, over https unless its origin was allowed', async () => {
    const portal = await createTestPortal()
    try {
      const admin = await signedIn(portal, await portal.member('administrator'))
      const body = (issuer: string) => ({ label: 'A', issuer, clientId, clientSecret, strongAcr: '' })
      const put = (browser: Browser, issuer: string) =>
        browser.api('PUT', '/offices/contoh/identity-provider', body(issuer))
      assert.equal((await put(admin, 'http://127.0.0.1:9')).status, 422)
      assert.equal((await put(admin, 'javascript:alert(1)')).status, 422)
      const operator = await signedIn(portal, await portal.member('operator'))
      assert.equal((await put(operator, 'https://sso.contoh.example')).status, 403)
      assert.equal((await portal.visit().get('/masuk/kantor/contoh')).status, 404)
      for (const issuer of ['https://127.0.0.1:9', 'https://[::1]:9', 'https://localhost:9']) {
        assert.equal((await put(admin, issuer)).status, 204)
        assert.equal((await portal.visit().get('/masuk/kantor/contoh')).status, 503, issuer)
      }
      assert.equal((await admin.post('/o/contoh/masuk-tunggal/lepas')).status, 303)
      assert.equal((await portal.visit().get('/masuk/kantor/contoh')).status, 404)
    } finally {
      await portal.close()
    }
  })

  test('no request goes to this machine or its networks', async () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.1.1',
      '::1',
      '::ffff:127.0.0.1',
      'fd00::1',
      'fe80::1',
      '0.0.0.0',
      'x',
    ])
      assert.equal(isPublicAddress(address), false, address)
    for (const address of ['8.8.8.8', '2606:4700::1']) assert.equal(isPublicAddress(address), true, address)
    const fetch = providerFetch(['http://127.0.0.1:9'])
    for (const url of [
      'http://8.8.8.8/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'https://2130706433/',
    ])
      await assert.rejects(fetch(url), /not https|not on the public internet/, url)
    await assert.rejects(
      fetch('http://127.0.0.1:9/'),
      ({ cause }: Error) => /ECONNREFUSED/.test(String(cause)),
      'allowed, and nobody there',
    )
  })
})
