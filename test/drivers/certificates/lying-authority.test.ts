import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { CertificateFailure, type CertificateWish } from '../../../src/drivers/certificates/driver.ts'
import { makeRequest, startAuthority, startProofHost } from '../../support/authority.ts'
import { change, startLyingAuthority, type Lie, type LyingAuthority } from '../../support/lying-authority.ts'
import { testZone as zone } from '../../support/dns-server.ts'

/** Nothing that an authority says is believed without need, and every "no" has its sentence. */

const name = `dinas.${zone}`
const names = [name]

type Scene = {
  readonly liar: LyingAuthority
  readonly wish: CertificateWish
  readonly shown: Map<string, string>
}

async function scene(t: TestContext): Promise<Scene> {
  const authority = await startAuthority(t)
  const liar = await startLyingAuthority(t, authority)
  const { proof, shown } = await startProofHost(t, authority.httpPort)
  return { liar, wish: { names, csr: await makeRequest(t, names), proof }, shown }
}

async function failureOf({ liar, wish }: Scene, lie: Lie, more: object = {}): Promise<CertificateFailure> {
  liar.lie = lie
  const failure = await liar
    .driver(more)
    .issue(wish)
    .then(
      () => assert.fail('it was believed'),
      (error: unknown) => error,
    )
  assert.ok(failure instanceof CertificateFailure, String(failure))
  assert.match(failure.text.id, /Sertifikat yang sedang dipakai tidak berubah\.$/)
  assert.match(failure.text.en, /A certificate in use is unchanged\.$/)
  return failure
}

const at =
  (path: RegExp, say: Lie): Lie =>
  (asked, said, answer) =>
    path.test(asked.path) ? say(asked, said, answer) : undefined

const problem = (status: number, type: string, headers: Record<string, string> = {}): Lie => {
  const body = JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: 'Kata otoritas.' })
  return (_asked, said) =>
    void Object.assign(said, { status, body, headers: { ...said.headers, ...headers } })
}

test('no answer that can be used: each kind has its failure and its reason', async (t) => {
  const stage = await scene(t)
  const table: readonly (readonly [string, Lie, CertificateFailure['kind'], RegExp, object?])[] = [
    [
      'a page',
      at(/dir$/, (_a, said) => void (said.body = '<html>Selamat datang</html>')),
      'wrong-answer',
      /no ACME/,
    ],
    ['an empty list', at(/dir$/, (_a, said) => void (said.body = '[]')), 'wrong-answer', /no ACME/],
    ['down', at(/dir$/, (_a, said) => void (said.status = 503)), 'unreachable', /error 503/],
    [
      'silent',
      at(/dir$/, () => true),
      'unreachable',
      /no answer came in time/,
      { limits: { answerMs: 300, workMs: 5_000, pollMs: 50 } },
    ],
    [
      'without end',
      at(/dir$/, (_a, _s, answer) => {
        const more = (): void =>
          void (answer.write('x'.repeat(64 * 1024)) ? setImmediate(more) : answer.once('drain', more))
        answer.once('close', () => answer.removeAllListeners('drain'))
        more()
        return true
      }),
      'wrong-answer',
      /does not end/,
    ],
    [
      'another server',
      at(/dir$/, (_a, said) => change(said, { newOrder: 'https://192.0.2.1/order' })),
      'wrong-answer',
      /another server/,
    ],
    [
      'no TLS',
      at(/dir$/, (_a, said) => change(said, { newNonce: 'http://127.0.0.1:1/nonce' })),
      'wrong-answer',
      /another server/,
    ],
    [
      'no nonce',
      at(/nonce/, (_a, said) => void delete said.headers['replay-nonce']),
      'wrong-answer',
      /no ACME/,
    ],
    [
      'no account',
      at(/sign-me-up/, (_a, said) => void delete said.headers['location']),
      'wrong-answer',
      /no ACME/,
    ],
    ['closed', at(/sign-me-up/, problem(403, 'unauthorized')), 'refused', /Kata otoritas\. A cert/],
    [
      'no order',
      at(/order-plz/, (_a, said) => void delete said.headers['location']),
      'wrong-answer',
      /no ACME/,
    ],
    ['CAA forbids', at(/order-plz/, problem(403, 'caa')), 'refused', /refused the request: Kata otoritas\./],
  ]
  for (const [what, lie, kind, sentence, more] of table) {
    const failure = await failureOf(stage, lie, more)
    assert.equal(failure.kind, kind, what)
    assert.match(failure.text.en, sentence, what)
  }
})

test('rate limited: it says when to come back, in seconds, as a date, or not at all', async (t) => {
  const stage = await scene(t)
  const before = Date.now()
  const inSeconds = await failureOf(
    stage,
    at(/order-plz/, problem(429, 'rateLimited', { 'retry-after': '120' })),
  )
  assert.equal(inSeconds.kind, 'rate-limited')
  const wait = inSeconds.retryAt!.getTime()
  assert.ok(wait >= before + 120_000 && wait <= Date.now() + 120_000)
  const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 7_200_000)
  const onDate = await failureOf(
    stage,
    at(/order-plz/, problem(429, 'rateLimited', { 'retry-after': date.toUTCString() })),
  )
  assert.equal(onDate.retryAt!.toISOString(), date.toISOString())
  const open = await failureOf(stage, at(/order-plz/, problem(400, 'rateLimited')))
  assert.ok(open.retryAt!.getTime() >= before + 3_600_000)
  const absurd = await failureOf(
    stage,
    at(/order-plz/, problem(429, 'rateLimited', { 'retry-after': '99999999999' })),
  )
  assert.ok(absurd.retryAt!.getTime() <= Date.now() + 7 * 86_400_000, 'never longer than a week')
})

test('every nonce is refused: it gives up after a bounded number of tries', async (t) => {
  const stage = await scene(t)
  const failure = await failureOf(stage, at(/order-plz/, problem(400, 'badNonce')))
  assert.equal(failure.kind, 'refused')
  assert.equal(stage.liar.asked.filter(({ path }) => path === '/order-plz').length, 20)
})

test('a nonce that is refused once or twice costs nothing', async (t) => {
  const { liar, wish } = await scene(t)
  let left = 2
  liar.lie = at(/order-plz/, (asked, said, answer) =>
    left-- > 0 ? problem(400, 'badNonce')(asked, said, answer) : undefined,
  )
  assert.deepEqual((await liar.driver().issue(wish)).names, names)
})

test('a token that is no token reaches neither the DNS nor the host', async (t) => {
  const stage = await scene(t)
  let published = 0
  const proof = { ...stage.wish.proof, publish: async () => void (published += 1) }
  for (const token of ['../../../etc/passwd', 'a b', '', 'x"\n', 'ü']) {
    const failure = await failureOf(
      { ...stage, wish: { ...stage.wish, proof } },
      at(/authZ/, (_asked, said) => {
        const { challenges } = JSON.parse(said.body) as { challenges: object[] }
        change(said, { challenges: challenges.map((each) => ({ ...each, token })) })
      }),
    )
    assert.equal(failure.kind, 'wrong-answer', token)
  }
  assert.equal(published, 0)
})

test('work that never ends is given up, and the proof goes', async (t) => {
  const stage = await scene(t)
  const limits = { limits: { answerMs: 20_000, workMs: 400, pollMs: 50 } }
  const failure = await failureOf(
    stage,
    at(/authZ/, (_a, said) => change(said, { status: 'pending' })),
    limits,
  )
  assert.match(failure.text.en, /does not come to an end/)
  assert.equal(stage.shown.size, 0)
  const signing = at(/finalize|my-order/, (_a, said) => {
    if (said.body.includes('"valid"') || said.body.includes('"processing"'))
      change(said, { status: 'processing' })
  })
  assert.match((await failureOf(stage, signing, limits)).text.en, /does not come to an end/)
})

test('a certificate for another name, another key, another time, or a chain that is no chain', async (t) => {
  const stage = await scene(t)
  const { liar, wish } = stage
  const honest = await liar.driver().issue(wish)
  const other = [`lama.${zone}`]
  const otherChain = await liar
    .driver()
    .issue({ names: other, csr: await makeRequest(t, other), proof: wish.proof })
  const fresh = { ...stage, wish: { ...wish, csr: await makeRequest(t, names) } }
  const give =
    (body: string): Lie =>
    (asked, said) =>
      void (/certZ/.test(asked.path) && (said.body = body))
  const leaf = /-----BEGIN[^]+?-----END CERTIFICATE-----\n/.exec(honest.chain)![0]
  const said = async (body: string, stage: Scene): Promise<string> =>
    (await failureOf(stage, give(body))).text.en
  assert.match(await said(otherChain.chain, fresh), /for other names/)
  assert.match(await said(honest.chain, fresh), /for another key/)
  assert.match(await said(leaf + otherChain.chain, stage), /chain of certificates is broken/)
  assert.match(await said('', fresh), /no ACME/)
  assert.match(await said('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', fresh), /no ACME/)
})

test('renewal information: the window, the certificate that is replaced, and answers that are no use', async (t) => {
  const { liar, wish } = await scene(t)
  const first = await liar.driver().issue(wish)
  let info: object | string = {}
  liar.lie = (asked, said) => {
    if (asked.path === '/dir') change(said, { renewalInfo: `${liar.url}/ari` })
    if (asked.path.startsWith('/ari/'))
      Object.assign(said, {
        status: 200,
        headers: { 'retry-after': '7200' },
        body: typeof info === 'string' ? info : JSON.stringify(info),
      })
    const { replaces } = (asked.payload ?? {}) as { replaces?: string }
    if (asked.path === '/order-plz' && replaces) change(said, { replaces })
  }
  const driver = liar.driver()
  info = { suggestedWindow: { start: '2027-01-02T03:04:05Z', end: '2027-01-03T03:04:05+07:00' } }
  assert.deepEqual(await driver.renewalWindow(first.chain), {
    start: new Date('2027-01-02T03:04:05Z'),
    end: new Date('2027-01-02T20:04:05Z'),
    askAgainSeconds: 7200,
  })
  const path = liar.asked.at(-1)!.path
  assert.match(path, /^\/ari\/[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
  const [, serial = ''] = path.split('.')
  assert.equal(BigInt(`0x${Buffer.from(serial, 'base64url').toString('hex')}`), BigInt(`0x${first.serial}`))

  const renewed = await driver.issue({ ...wish, csr: await makeRequest(t, names), replaces: first.chain })
  assert.equal(renewed.isExempt, true)
  const order = liar.asked.findLast((asked) => asked.path === '/order-plz')
  assert.equal((order!.payload as { replaces: string }).replaces, path.slice('/ari/'.length))

  for (const garbage of ['', '[]', '{}', '{"suggestedWindow":{"start":"besok","end":"lusa"}}']) {
    info = garbage
    await assert.rejects(driver.renewalWindow(first.chain), { kind: 'wrong-answer' })
  }
})

test('the certificate was replaced already: it is signed as a new one', async (t) => {
  const { liar, wish } = await scene(t)
  const first = await liar.driver().issue(wish)
  liar.lie = (asked, said, answer) => {
    if (asked.path === '/dir') change(said, { renewalInfo: `${liar.url}/ari` })
    const { replaces } = (asked.payload ?? {}) as { replaces?: string }
    if (replaces) return problem(409, 'alreadyReplaced')(asked, said, answer)
  }
  const renewed = await liar
    .driver()
    .issue({ ...wish, csr: await makeRequest(t, names), replaces: first.chain })
  assert.equal(renewed.isExempt, false)
  assert.notEqual(renewed.serial, first.serial)
})
