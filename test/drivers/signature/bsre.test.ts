import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { openBsreDriver } from '../../../src/drivers/signature/bsre/driver.ts'
import type { SignWish } from '../../../src/drivers/signature/driver.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import { readSignature } from '../../../src/drivers/signature/read-signature.ts'
import type { Conduct, EsignService } from '../../support/esign-service.ts'
import { startEsignService } from '../../support/esign-service.ts'
import { makeSigningKey } from '../../support/signing-key.ts'
import { accepted } from '../../../src/domain/letters/samples.ts'

const passphrase = 'sandi-pejabat-#2026'
const nik = '9999012345678901'
const name = 'Kepala Dinas Contoh'

describe("BSrE's esign client service", () => {
  let directory: string
  let service: EsignService
  let pdf: Buffer
  /** An address at which nothing listens. */
  let nobody: string
  const wish = (change: Partial<SignWish> = {}): SignWish => ({
    pdf,
    decidedAt: new Date(),
    certificateName: name,
    nik,
    passphrase,
    ...change,
  })
  const driver = (change: Record<string, unknown> = {}) =>
    openBsreDriver({ url: service.url, username: service.username, password: service.password, ...change })
  const under = (conduct: Conduct, change: Partial<SignWish> = {}, timeoutMs = 10_000) => {
    service.conduct = conduct
    return driver({ timeoutMs }).sign(wish(change))
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ranah-bsre-'))
    const pdfs = createPdfDriver()
    pdf = (await pdfs.render(accepted)).pdf
    await pdfs.close()
    const key = makeSigningKey(directory, 'bsre.p12', { name, passphrase: 'x' })
    nobody = `http://127.0.0.1:${await freePort('127.0.0.1')}`
    service = await startEsignService(key, { nik, passphrase })
  })
  beforeEach(() => {
    service.asked.length = 0
    service.signed = 0
    service.conduct = 'pdf'
  })
  after(async () => {
    await service.close()
    await rm(directory, { recursive: true })
  })

  for (const conduct of ['pdf', 'pdf-with-id', 'id'] as const)
    test(`signs, with ${conduct} as answer, from exactly the documented fields`, async () => {
      const outcome = await under(conduct)
      assert.equal(outcome.kind, 'signed', JSON.stringify(outcome))
      assert.ok(outcome.kind === 'signed')
      assert.equal(readSignature(outcome.pdf).kind, 'intact')
      assert.equal(outcome.certificate.commonName, name)
      assert.deepEqual(service.asked, [{ nik, passphrase, tampilan: 'invisible' }])
      assert.equal(outcome.documentId !== undefined, conduct !== 'pdf')
    })

  test('every refusal says surely that nothing was signed', async () => {
    const refusals = {
      'wrong-passphrase': await under('pdf', { passphrase: 'salah' }),
      'signer-unknown': await under('pdf', { nik: '1111111111111111' }),
      'certificate-expired': await under('expired'),
      'service-refused': await under('error-400'),
      'service-credentials': await driver({ password: 'salah' }).sign(wish()),
      'service-unreachable': await driver({ url: nobody }).sign(wish()),
    }
    for (const [reason, outcome] of Object.entries(refusals))
      assert.deepEqual(outcome, { kind: 'refused', reason }, reason)
    assert.deepEqual(await driver().sign(wish({ nik: null })), { kind: 'refused', reason: 'signer-unknown' })
    assert.equal(service.signed, 0)
  })

  test('5xx, silence, garbage, an unsigned or another PDF and a lost reply are unknown, never done and never a no', async () => {
    for (const conduct of ['error-500', 'garbage', 'unsigned', 'other-letter', 'lost'] as const)
      assert.deepEqual(await under(conduct), { kind: 'unknown' }, conduct)
    assert.deepEqual(await under('silent', {}, 300), { kind: 'unknown' })
  })

  test('a reply that breaks off after its header is fetched by its id, and not signed again', async () => {
    const outcome = await under('cut')
    assert.ok(outcome.kind === 'unknown' && outcome.documentId !== undefined, JSON.stringify(outcome))
    const fetched = await driver().fetch(outcome.documentId, wish())
    assert.equal(fetched.kind, 'signed')
    assert.equal(service.signed, 1)
    assert.deepEqual(await driver().fetch('tidak-ada', wish()), { kind: 'unknown', documentId: 'tidak-ada' })
    assert.deepEqual(await driver().fetch('../../x', wish()), { kind: 'unknown' })
  })

  test('a signature of somebody else is refused', async () => {
    assert.deepEqual(await under('pdf', { certificateName: 'Orang Lain' }), {
      kind: 'refused',
      reason: 'other-certificate',
    })
  })

  test('the trial tells whether the service answers and knows the account, and signs nothing', async () => {
    assert.deepEqual(await driver().check(), [{ ok: true, what: 'answers' }])
    assert.deepEqual(await driver({ password: 'x' }).check(), [{ ok: false, what: 'credentials' }])
    assert.deepEqual(await driver({ url: nobody }).check(), [{ ok: false, what: 'unreachable' }])
    assert.equal(service.signed, 0)
  })
})
