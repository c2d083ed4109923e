import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { createPdfDriver } from '../../../src/drivers/pdf/driver.ts'
import type { SignWish } from '../../../src/drivers/signature/driver.ts'
import { openP12Driver } from '../../../src/drivers/signature/p12/driver.ts'
import { cmsAt, placesIn } from '../../../src/drivers/signature/placed.ts'
import { readSignedData } from '../../../src/drivers/signature/signed-data.ts'
import { readSignature } from '../../../src/drivers/signature/read-signature.ts'
import { makeSigningKey } from '../../support/signing-key.ts'
import { accepted, handedOver } from '../../../src/domain/letters/samples.ts'

const run = promisify(execFile)
const passphrase = 'kerbau menyeberang tujuh kali'
const name = 'Kepala Dinas Contoh'

describe('signing with a P12 file', () => {
  let directory: string
  let pdf: Buffer
  const wish = (change: Partial<SignWish> = {}): SignWish => ({
    pdf,
    decidedAt: new Date('2026-03-02T02:00:00Z'),
    certificateName: name,
    nik: null,
    passphrase,
    ...change,
  })
  const driver = (file: string, now = new Date()) =>
    openP12Driver({ path: join(directory, file) }, { now: () => now, randomBytes })
  const signed = async (file: string, change: Partial<SignWish> = {}): Promise<Buffer> => {
    const outcome = await driver(file).sign(wish(change))
    assert.equal(outcome.kind, 'signed', JSON.stringify(outcome))
    return (outcome as { pdf: Buffer }).pdf
  }
  const pdfsig = async (file: Buffer): Promise<string> => {
    const path = join(directory, 'judged.pdf')
    await writeFile(path, file)
    return (await run('pdfsig', [path])).stdout
  }

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ranah-p12-'))
    const pdfs = createPdfDriver()
    pdf = (await pdfs.render(accepted)).pdf
    await pdfs.close()
    makeSigningKey(directory, 'rsa.p12', { name, passphrase })
    makeSigningKey(directory, 'lama.p12', { name, passphrase, legacy: true })
    makeSigningKey(directory, 'ec.p12', { name, passphrase, kind: 'ec' })
    makeSigningKey(directory, 'lain.p12', { name: 'Orang Lain', passphrase })
    makeSigningKey(directory, 'terbuka.p12', { name, passphrase, mode: 0o644 })
  })
  after(() => rm(directory, { recursive: true }))

  for (const file of ['rsa.p12', 'lama.p12', 'ec.p12'])
    test(`pdfsig calls the signature of ${file} valid, and the file stays tagged PDF/A without damage`, async () => {
      const file1 = await signed(file)
      const said = await pdfsig(file1)
      assert.match(said, /Signature is Valid/)
      assert.match(said, /ETSI\.CAdES\.detached/)
      assert.match(said, /Total document signed/)
      assert.match(said, /Kepala Dinas Contoh/)
      assert.match(said, /Mar 02 2026/)
      const path = join(directory, 'judged.pdf')
      await run('qpdf', ['--check', path])
      assert.match((await run('pdfinfo', [path])).stdout, /Tagged:\s+yes/)
      const xmp = (await run('pdfinfo', ['-meta', path])).stdout
      assert.match(xmp, /pdfaid:part>2</)
      assert.match(xmp, /pdfaid:conformance>A</)
      assert.ok(file1.subarray(0, pdf.length).equals(pdf), 'what was there is unchanged')
      const report = readSignature(file1)
      assert.ok(report.kind === 'intact')
      assert.equal(report.certificate.commonName, name)
      assert.equal(report.signedAt, '2026-03-02T02:00:00.000Z')
    })

  test('a passphrase may have letters beyond ASCII, in old files and in new ones', async () => {
    const beyond = 'sandi–é ü 漢'
    for (const legacy of [false, true]) {
      makeSigningKey(directory, 'aksara.p12', { name, passphrase: beyond, legacy })
      assert.match(await pdfsig(await signed('aksara.p12', { passphrase: beyond })), /Signature is Valid/)
      const wrong = await driver('aksara.p12').sign(wish({ passphrase: 'sandi–e ü 漢' }))
      assert.deepEqual(wrong, { kind: 'refused', reason: 'wrong-passphrase' }, `legacy ${legacy}`)
    }
  })

  test('a chain of three goes along, whatever its order in the file', async () => {
    const at = (file: string): string => join(directory, file)
    const openssl = (...argv: string[]) => run('/usr/bin/openssl', argv, { cwd: directory })
    const issue = async (file: string, cn: string, by: string | null, ca: boolean): Promise<void> => {
      await openssl(
        'req',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${file}.key`,
        '-out',
        `${file}.csr`,
        '-subj',
        `/CN=${cn}`,
      )
      await writeFile(at('ext'), `basicConstraints=CA:${ca ? 'TRUE' : 'FALSE'}\n`)
      const signing = by
        ? ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial']
        : ['-signkey', `${file}.key`]
      await openssl(
        'x509',
        '-req',
        '-in',
        `${file}.csr`,
        ...signing,
        '-days',
        '30',
        '-extfile',
        'ext',
        '-out',
        `${file}.crt`,
      )
    }
    await issue('akar', 'CA Akar Contoh', null, true)
    await issue('antara', 'CA Antara Contoh', 'akar', true)
    await issue('pejabat', name, 'antara', false)
    await writeFile(
      at('rantai'),
      Buffer.concat([await readFile(at('akar.crt')), await readFile(at('antara.crt'))]),
    )
    const from = ['-inkey', 'pejabat.key', '-in', 'pejabat.crt', '-certfile', 'rantai']
    await openssl('pkcs12', '-export', ...from, '-out', 'rantai.p12', '-passout', `pass:${passphrase}`)
    await chmod(at('rantai.p12'), 0o600)
    const file = await signed('rantai.p12')
    assert.match(await pdfsig(file), /Signature is Valid/)
    const report = readSignature(file)
    assert.ok(report.kind === 'intact')
    assert.deepEqual([report.certificate.commonName, report.certificate.issuer], [name, 'CA Antara Contoh'])
    const { certificates } = readSignedData(cmsAt(file, placesIn(file).at(-1)!))!
    assert.equal(certificates.length, 3)
  })

  test('one changed octet anywhere in what was signed is detected, by us and by pdfsig', async () => {
    const file = await signed('rsa.p12')
    const [, open = 0, close = 0] = /ByteRange \[\s*0\s+(\d+)\s+(\d+)/
      .exec(file.toString('latin1'))!
      .map(Number)
    for (let at = 7; at < file.length; at += 997) {
      if (at >= open && at < close) continue
      const changed = Buffer.from(file)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      assert.notEqual(readSignature(changed).kind, 'intact', `octet ${at}`)
    }
    const changed = Buffer.from(file)
    changed.writeUInt8(changed.readUInt8(3000) ^ 1, 3000)
    assert.match(await pdfsig(changed), /Digest Mismatch/)
    assert.equal(readSignature(Buffer.concat([file, Buffer.from('\n%%EOF\n')])).kind, 'broken')
    assert.equal(readSignature(pdf).kind, 'none')
  })

  test('nothing may hide in the place of the signature', async () => {
    const file = await signed('rsa.p12')
    const close = Number(/ByteRange \[\s*0\s+\d+\s+(\d+)/.exec(file.toString('latin1'))![1])
    const changed = Buffer.from(file)
    changed.write('41', close - 20, 'latin1')
    assert.equal(readSignature(changed).kind, 'broken')
  })

  test('the same decision gives the same octets, another letter others', async () => {
    assert.ok((await signed('rsa.p12')).equals(await signed('rsa.p12')))
    const pdfs = createPdfDriver()
    const other = (await pdfs.render(handedOver)).pdf
    await pdfs.close()
    assert.match(await pdfsig(await signed('rsa.p12', { pdf: other })), /Signature is Valid/)
  })

  test('a wrong passphrase, another person, an old certificate and a missing or open file are refused', async () => {
    const refusals = {
      'wrong-passphrase': await driver('rsa.p12').sign(wish({ passphrase: 'salah' })),
      'other-certificate': await driver('lain.p12').sign(wish()),
      'certificate-expired': await driver('rsa.p12', new Date('2060-01-01')).sign(wish()),
      'certificate-not-yet-valid': await driver('rsa.p12', new Date('2020-01-01')).sign(wish()),
      'key-missing': await driver('tiada.p12').sign(wish()),
    }
    for (const [reason, outcome] of Object.entries(refusals))
      assert.deepEqual(outcome, { kind: 'refused', reason }, reason)
    for (const empty of ['lama.p12', 'ec.p12'])
      assert.deepEqual(await driver(empty).sign(wish({ passphrase: '' })), {
        kind: 'refused',
        reason: 'wrong-passphrase',
      })
    assert.deepEqual(await driver('terbuka.p12').sign(wish()), { kind: 'refused', reason: 'key-unusable' })
    assert.deepEqual(await driver('terbuka.p12').check(), [
      { ok: true, what: 'key-found' },
      { ok: false, what: 'key-open-to-others' },
    ])
    await chmod(join(directory, 'terbuka.p12'), 0o600)
    assert.deepEqual(await driver('terbuka.p12').check(), [{ ok: true, what: 'key-found' }])
  })

  test('a file that is no P12 is unusable and never a fault', async () => {
    for (const content of ['', 'bukan kunci', '\x30\x82\xff\xff', '\x30\x03\x02\x01\x03']) {
      await writeFile(join(directory, 'rusak.p12'), Buffer.from(content, 'latin1'), { mode: 0o600 })
      const outcome = await driver('rusak.p12').sign(wish())
      assert.deepEqual(outcome, { kind: 'refused', reason: 'key-unusable' }, content)
    }
  })

  test('a signed PDF is not signed again, and one of another form is refused whole', async () => {
    await assert.rejects(signed('rsa.p12', { pdf: await signed('rsa.p12') }), /was changed after/)
    await assert.rejects(
      signed('rsa.p12', { pdf: Buffer.from('%PDF-1.7\nbukan apa-apa') }),
      /cross-reference/,
    )
  })

  test('hostile octets that look like a signature are broken, never a fault', async () => {
    const file = await signed('rsa.p12')
    for (const text of [
      '/ByteRange [0 1 2 3]',
      '/ByteRange [0 10 20 9999999999]',
      '/ByteRange [0 0 0 0] <>',
      `/ByteRange [${' '.repeat(5000)}`,
    ])
      assert.notEqual(
        readSignature(Buffer.concat([file, Buffer.from(text)])).kind,
        'intact',
        text.slice(0, 30),
      )
    for (let at = 0; at < 400; at += 1) {
      const open = file.indexOf('/Contents <') + 11
      const changed = Buffer.from(file)
      changed.write('f', open + at, 'latin1')
      readSignature(changed)
    }
  })
})
