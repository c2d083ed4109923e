import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { accepted } from '../../../src/domain/letters/samples.ts'
import type { StampTrouble } from '../../../src/domain/letters/time-stamp.ts'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import { openP12Driver } from '../../../src/drivers/signature/p12/driver.ts'
import { cmsAt, placesIn, withCms } from '../../../src/drivers/signature/placed.ts'
import { signDetached, STAMP_ATTRIBUTE } from '../../../src/drivers/signature/cms.ts'
import { readSignedData, valueOf } from '../../../src/drivers/signature/signed-data.ts'
import { readSignature } from '../../../src/drivers/signature/read-signature.ts'
import { addSignature } from '../../support/second-signature.ts'
import { askStamp } from '../../../src/drivers/signature/time-stamp/authority.ts'
import type { StampPlace } from '../../../src/drivers/signature/time-stamp/authority.ts'
import { makeSigningKey } from '../../support/signing-key.ts'
import { startStampAuthority, stampPolicy } from '../../support/stamp-authority.ts'
import type { StampAuthority, StampConduct } from '../../support/stamp-authority.ts'

const run = promisify(execFile)
const passphrase = 'kerbau menyeberang tujuh kali'
const name = 'Kepala Dinas Contoh'

describe('time stamps of signatures', () => {
  let directory: string
  let pdf: Buffer
  let authority: StampAuthority
  const driver = (
    change: Partial<StampPlace> & { required?: boolean } = {},
    file = 'rsa.p12',
    now = () => new Date(),
  ) => {
    const { url, root } = authority
    const stamps = { url, root, policy: stampPolicy, required: true, timeoutMs: 30_000, ...change }
    return openP12Driver({ path: join(directory, file), stamps }, { now, randomBytes })
  }
  const sign = async (way = driver()) => {
    const outcome = await way.sign({
      pdf,
      decidedAt: new Date(),
      certificateName: name,
      nik: null,
      passphrase,
    })
    assert.ok(outcome.kind === 'signed', JSON.stringify(outcome))
    return outcome
  }
  const written = async (file: Buffer): Promise<string> => {
    const path = join(directory, 'judged.pdf')
    await writeFile(path, file)
    return path
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ranah-tsa-'))
    authority = await startStampAuthority(join(directory, 'tsa'))
    const pdfs = createPdfDriver()
    pdf = (await pdfs.render(accepted)).pdf
    await pdfs.close()
    makeSigningKey(directory, 'rsa.p12', { name, passphrase })
    makeSigningKey(directory, 'ec.p12', { name, passphrase, kind: 'ec' })
  })
  after(async () => {
    await authority.close()
    await rm(directory, { recursive: true })
  })
  beforeEach(() => (authority.conduct = 'stamp'))

  for (const file of ['rsa.p12', 'ec.p12'])
    test(`a token of openssl lies in the signature of ${file}, which others go on calling valid`, async () => {
      const { pdf: signed, stamping } = await sign(driver({}, file))
      assert.ok(stamping.kind === 'done' && stamping.report.kind === 'good', JSON.stringify(stamping))
      assert.deepEqual(
        [stamping.report.authority, stamping.report.issuer, stamping.report.policy],
        ['TSA Contoh', 'CA Stempel Contoh', stampPolicy],
      )
      assert.ok(Math.abs(Date.parse(stamping.report.at) - Date.now()) < 60_000)
      const path = await written(signed)
      const { stdout } = await run('pdfsig', [path])
      assert.match(stdout, /Signature is Valid/)
      assert.match(stdout, /Total document signed/)
      await run('qpdf', ['--check', path])
      const report = readSignature(signed)
      assert.ok(report.kind === 'intact')
      assert.deepEqual(report.timeStamp, stamping.report)
    })

  test('openssl itself verifies the token against the signature', async () => {
    const { pdf: signed } = await sign()
    const { token, signature } = partsOf(signed)
    const [at, data] = [join(directory, 'token.der'), join(directory, 'nilai')]
    await writeFile(at, token)
    await writeFile(data, signature)
    const trust = [
      '-CAfile',
      join(directory, 'tsa/akar.crt.pem'),
      '-untrusted',
      join(directory, 'tsa/antara.crt.pem'),
    ]
    const { stdout, stderr } = await run('openssl', [
      'ts',
      '-verify',
      '-data',
      data,
      '-in',
      at,
      '-token_in',
      ...trust,
    ])
    assert.match(stdout + stderr, /Verification: OK/)
  })

  test('every changed octet of the token is told: none leaves a time that counts but in what nobody signed', async () => {
    const { pdf: signed } = await sign()
    const whole = readSignature(signed)
    assert.ok(whole.kind === 'intact' && whole.timeStamp.kind === 'good')
    const { token } = partsOf(signed)
    const place = placesIn(signed).at(-1)!
    const cms = cmsAt(signed, place)
    const start = cms.indexOf(token)
    const silent: number[] = []
    for (let at = 0; at < token.length; at += 5) {
      const changed = Buffer.from(cms)
      changed.writeUInt8(changed.readUInt8(start + at) ^ 1, start + at)
      const report = readSignature(withCms(signed, place, changed)!)
      if (report.kind === 'intact' && report.timeStamp.kind === 'good') silent.push(at)
    }
    // the intermediate certificate travels beside what is signed
    assert.ok(silent.length < token.length / 5 / 2, `${silent.length} of ${token.length / 5}`)
    const [, info] = [0, token.indexOf(Buffer.from('Z'))]
    assert.ok(!silent.some((at) => Math.abs(at - info) < 20), 'the time itself')
  })

  test('a token that belongs to another signature proves nothing', async () => {
    const [one, two] = [await sign(), await sign(driver({}, 'ec.p12'))]
    const stolen = partsOf(one.pdf).token
    const place = placesIn(two.pdf).at(-1)!
    const own = partsOf(two.pdf).token
    const cms = cmsAt(two.pdf, place)
    assert.equal(own.length, stolen.length, 'so that it can be put in place of the other')
    const at = cms.indexOf(own)
    const swapped = Buffer.concat([cms.subarray(0, at), stolen, cms.subarray(at + own.length)])
    const report = readSignature(withCms(two.pdf, place, swapped)!)
    assert.ok(report.kind === 'intact')
    assert.deepEqual(report.timeStamp, { kind: 'bad', why: 'other-digest' })
  })

  const lies: Readonly<Record<Exclude<StampConduct, 'stamp'>, StampTrouble>> = {
    refuse: 'refused',
    silent: 'slow',
    drip: 'slow',
    'error-500': 'unreachable',
    password: 'credentials',
    redirect: 'garbage',
    garbage: 'garbage',
    half: 'garbage',
    endless: 'unreachable',
    'other-nonce': 'other-nonce',
    'no-nonce': 'other-nonce',
    'other-digest': 'other-digest',
    'other-authority': 'other-authority',
    expired: 'expired',
    'not-for-stamping': 'not-for-stamping',
    'far-off': 'clock',
    changed: 'forged',
    bloated: 'too-long',
  }
  for (const [conduct, trouble] of Object.entries(lies))
    test(`"${conduct}" leaves a whole signature without a time stamp, and says ${trouble}`, async () => {
      authority.conduct = conduct as StampConduct
      const timeoutMs = trouble === 'unreachable' ? 400 : 30_000
      const { pdf: signed, stamping } = await sign(driver({ timeoutMs }))
      assert.deepEqual(stamping, { kind: 'missing', trouble, required: true })
      const report = readSignature(signed)
      assert.ok(report.kind === 'intact')
      assert.equal(report.timeStamp.kind, 'none')
      assert.match((await run('pdfsig', [await written(signed)])).stdout, /Signature is Valid/)
      if (trouble !== 'too-long')
        assert.deepEqual((await driver({ timeoutMs }).check()).at(-1), { ok: false, stamps: trouble })
    })

  test('an authority that is away, a wrong policy, a wrong root and a wrong clock are told apart', async () => {
    const found = async (...given: Parameters<typeof driver>) =>
      (await driver(...given).check()).find((each) => 'stamps' in each)?.stamps
    assert.equal(await found({ url: 'http://127.0.0.1:9/' }), 'unreachable')
    assert.equal(await found({ url: 'http://192.0.2.7/tsr' }), 'not-allowed')
    assert.equal(await found({ policy: '1.2.3' }), 'refused')
    assert.equal(await found({ root: authority.strangerRoot }), 'other-authority')
    assert.equal(await found({}, 'rsa.p12', () => new Date(Date.now() + 6 * 60_000)), 'clock')
    const good = await found({ user: 'kantor', password: 'sandi: aneh' })
    assert.equal((good as { authority: string }).authority, 'TSA Contoh')
    assert.equal(authority.authorization, `Basic ${Buffer.from('kantor:sandi: aneh').toString('base64')}`)
  })

  test('a stamp over the whole file is no broken signature, and one that was put on another file is', async () => {
    const way = openP12Driver({ path: join(directory, 'rsa.p12') }, { now: () => new Date(), randomBytes })
    const { pdf: plain } = await sign(way)
    const stamp = async (covered: Buffer): Promise<Buffer> => {
      const answer = await askStamp({ url: authority.url, root: authority.root }, covered, {
        now: () => new Date(),
        randomBytes,
      })
      assert.ok(answer.kind === 'stamped')
      return answer.token
    }
    const archived = readSignature(await addSignature(plain, 'ETSI.RFC3161', stamp))
    assert.ok(archived.kind === 'intact' && archived.timeStamp.kind === 'good', JSON.stringify(archived))
    assert.equal(archived.certificate.commonName, name)
    const stolen = await addSignature(plain, 'ETSI.RFC3161', () => stamp(Buffer.from('lain')))
    assert.equal(readSignature(stolen).kind, 'broken')
    const key = makeSigningKey(directory, 'kedua.p12', { name: 'Orang Kedua', passphrase })
    const second = await addSignature(plain, 'ETSI.CAdES.detached', (covered) =>
      signDetached(covered, createPrivateKey(key.key), [new X509Certificate(key.certificate).raw]),
    )
    const two = readSignature(second)
    assert.ok(two.kind === 'intact')
    assert.deepEqual(
      [two.certificate.commonName, ...two.earlier.map(({ certificate }) => certificate.commonName)],
      ['Orang Kedua', name],
    )
    const torn = Buffer.from(second)
    torn.writeUInt8(torn.readUInt8(3000) ^ 1, 3000)
    assert.equal(readSignature(torn).kind, 'broken')
  })

  test('the stamp comes later for the same signature, without a passphrase', async () => {
    authority.conduct = 'silent'
    const { pdf: signed } = await sign(driver({ timeoutMs: 200 }))
    const before = partsOf(signed).signature
    authority.conduct = 'stamp'
    const later = await driver().stamp(signed)
    assert.ok(later.stamping.kind === 'done' && later.stamping.report.kind === 'good')
    assert.ok(partsOf(later.pdf).signature.equals(before), 'it is not signed again')
    const place = placesIn(signed).at(-1)!
    assert.ok(later.pdf.subarray(0, place.open).equals(signed.subarray(0, place.open)))
    assert.ok(later.pdf.subarray(place.close).equals(signed.subarray(place.close)))
  })
})

/** The value of a file's last signature, and the token beside it. */
function partsOf(pdf: Buffer) {
  const data = readSignedData(cmsAt(pdf, placesIn(pdf).at(-1)!))!
  return {
    signature: data.signature,
    token: data.unsigned ? valueOf(data.unsigned, STAMP_ATTRIBUTE)!.whole : Buffer.alloc(0),
  }
}
