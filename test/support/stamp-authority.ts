import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import forge from 'node-forge'
import { derItems } from '../../src/drivers/certificates/der.ts'
import { der, INTEGER, OCTETS, SEQUENCE } from '../../src/drivers/signature/asn1.ts'
import { readSignedData } from '../../src/drivers/signature/signed-data.ts'
import './own-networks.ts'

const run = promisify(execFile)
const OPENSSL = '/usr/bin/openssl'
export const stampPolicy = '1.3.6.1.4.1.99999.1.1'
const TSTINFO = '1.2.840.113549.1.9.16.1.4'
const hour = 3_600_000

/** What the authority does with the next requests. `stamp` is what openssl makes of the request, and nothing else. */
export type StampConduct =
  | 'stamp'
  | 'refuse'
  | 'silent'
  | 'drip'
  | 'error-500'
  | 'password'
  | 'redirect'
  | 'garbage'
  | 'half'
  | 'endless'
  | 'other-nonce'
  | 'no-nonce'
  | 'other-digest'
  | 'other-authority'
  | 'expired'
  | 'not-for-stamping'
  | 'far-off'
  | 'changed'
  | 'bloated'

export type StampAuthority = {
  readonly url: string
  /** PEM of the certificate under which its own stands, and of another authority's. */
  readonly root: string
  readonly strangerRoot: string
  conduct: StampConduct
  asked: number
  /** The Authorization header of the last request. */
  authorization: string | undefined
  readonly close: () => Promise<void>
}

type Issued = { readonly key: string; readonly certificate: string }
type Wish = { name: string; ca?: boolean; stamping?: boolean; from?: number; to?: number; issuer?: Issued }

/** A certificate with its key, as files of PEM. Keys are made by openssl, which is quicker than forge. */
function issue(directory: string, file: string, wish: Wish): Issued {
  const path = (kind: string): string => join(directory, `${file}.${kind}.pem`)
  execFileSync(OPENSSL, ['genrsa', '-traditional', '-out', path('key'), '2048'], { stdio: 'ignore' })
  const key = forge.pki.privateKeyFromPem(readFileSync(path('key'), 'utf8'))
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = `0${Math.floor(Math.random() * 1e12).toString(16)}`
  certificate.validity.notBefore = new Date(Date.now() + (wish.from ?? -24 * hour))
  certificate.validity.notAfter = new Date(Date.now() + (wish.to ?? 24 * 365 * hour))
  const subject = [{ name: 'commonName', value: wish.name }]
  const issuer = wish.issuer && forge.pki.certificateFromPem(readFileSync(wish.issuer.certificate, 'utf8'))
  certificate.setSubject(subject)
  certificate.setIssuer(issuer ? issuer.subject.attributes : subject)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: wish.ca === true, critical: true },
    wish.ca
      ? { name: 'keyUsage', keyCertSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, critical: true },
    ...(wish.stamping ? [{ name: 'extKeyUsage', timeStamping: true, critical: true }] : []),
  ])
  const signing = wish.issuer ? forge.pki.privateKeyFromPem(readFileSync(wish.issuer.key, 'utf8')) : key
  certificate.sign(signing, forge.md.sha256.create())
  writeFileSync(path('crt'), forge.pki.certificateToPem(certificate))
  return { key: path('key'), certificate: path('crt') }
}

/**
 * A real authority for time stamps: openssl's `ts` behind HTTP, under a root and an intermediate certificate. Its lies
 * are signed with its real key, so that only what they say is wrong.
 */
export async function startStampAuthority(directory: string): Promise<StampAuthority> {
  mkdirSync(directory, { recursive: true })
  const root = issue(directory, 'akar', { name: 'CA Akar Contoh', ca: true })
  const between = issue(directory, 'antara', { name: 'CA Stempel Contoh', ca: true, issuer: root })
  const stamping = { name: 'TSA Contoh', stamping: true }
  const own = issue(directory, 'tsa', { ...stamping, issuer: between })
  const strangerRoot = issue(directory, 'asing', { name: 'CA Lain Contoh', ca: true })
  const signers = {
    own,
    stranger: issue(directory, 'tsa-asing', { ...stamping, issuer: strangerRoot }),
    expired: issue(directory, 'tsa-lama', { ...stamping, issuer: between, from: -48 * hour, to: -hour }),
    plain: issue(directory, 'tsa-biasa', { name: 'TSA Contoh', issuer: between }),
  }
  const config = join(directory, 'tsa.cnf')
  writeFileSync(join(directory, 'nomor'), '01\n')
  writeFileSync(
    config,
    `[tsa]\ndefault_tsa = t\n[t]\nserial = ${join(directory, 'nomor')}\ncrypto_device = builtin
signer_digest = sha256\ndefault_policy = ${stampPolicy}\ndigests = sha256, sha384, sha512
accuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n`,
  )
  let turn = Promise.resolve()
  let count = 0

  /** The answer of openssl; one at a time, for the file of its serial numbers. */
  const answer = async (query: Buffer): Promise<Buffer> => {
    const before = turn
    let done = (): void => {}
    turn = new Promise((resolve) => (done = resolve))
    await before
    const file = join(directory, `minta-${(count += 1)}`)
    try {
      writeFileSync(`${file}.tsq`, query)
      const signer = ['-signer', own.certificate, '-inkey', own.key, '-chain', between.certificate]
      await run(OPENSSL, [
        'ts',
        '-reply',
        '-queryfile',
        `${file}.tsq`,
        ...signer,
        '-config',
        config,
        '-out',
        `${file}.tsr`,
      ])
      return readFileSync(`${file}.tsr`)
    } finally {
      done()
    }
  }

  /** An answer whose statement was changed before it was signed. */
  const lie = async (query: Buffer, signer: Issued, change: (info: Buffer) => Buffer = (same) => same) => {
    const [, token] = derItems(derItems(await answer(query))[0]!.content)
    const info = change(Buffer.from(readSignedData(token!.whole)!.content!))
    const file = join(directory, `dusta-${(count += 1)}`)
    writeFileSync(file, info)
    const kind = ['-econtent_type', TSTINFO, '-nodetach', '-binary', '-cades', '-md', 'sha256', '-nosmimecap']
    const by = ['-signer', signer.certificate, '-inkey', signer.key, '-certfile', between.certificate]
    await run(OPENSSL, [
      'cms',
      '-sign',
      '-in',
      file,
      ...kind,
      ...by,
      '-outform',
      'DER',
      '-out',
      `${file}.der`,
    ])
    return granted(readFileSync(`${file}.der`))
  }

  const state: StampAuthority = {
    url: '',
    root: readFileSync(root.certificate, 'utf8'),
    strangerRoot: readFileSync(strangerRoot.certificate, 'utf8'),
    conduct: 'stamp',
    asked: 0,
    authorization: undefined,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      state.asked += 1
      state.authorization = request.headers.authorization
      void reply(response, Buffer.concat(parts)).catch((error: unknown) => response.destroy(error as Error))
    })
  })
  const reply = async (response: ServerResponse, query: Buffer): Promise<void> => {
    const send = (body: Buffer | string): void =>
      void response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(body)
    switch (state.conduct) {
      case 'stamp':
        return send(await answer(query))
      case 'refuse':
        // openssl refuses a digest that it does not take
        return send(await answer(replaced(query, '608648016503040201', '608648016503040204')))
      case 'silent':
        return
      case 'drip': {
        response.writeHead(200)
        const timer = setInterval(() => response.write('0'), 50)
        response.on('close', () => clearInterval(timer))
        return
      }
      case 'error-500':
        return void response.writeHead(503).end('sedang pemeliharaan')
      case 'password':
        return void response.writeHead(401, { 'www-authenticate': 'Basic' }).end()
      case 'redirect':
        return void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
      case 'garbage':
        return send('<html>Selamat datang</html>')
      case 'half':
        return send((await answer(query)).subarray(0, 700))
      case 'endless':
        return send(Buffer.alloc(200_000))
      case 'other-nonce':
        return send(await lie(query, own, (info) => flipped(info, der(INTEGER, nonceOf(query)))))
      case 'no-nonce':
        return send(await answer(withoutNonce(query)))
      case 'other-digest':
        return send(await lie(query, own, (info) => flipped(info, digestOf(query))))
      case 'other-authority':
        return send(await lie(query, signers.stranger))
      case 'expired':
        return send(await lie(query, signers.expired))
      case 'not-for-stamping':
        return send(await lie(query, signers.plain))
      case 'far-off':
        return send(await lie(query, own, anHourOff))
      case 'changed': {
        const [, token] = derItems(derItems(await answer(query))[0]!.content)
        return send(granted(flipped(token!.whole, digestOf(query))))
      }
      case 'bloated': {
        // more certificates than there is room for
        const [, token] = derItems(derItems(await answer(query))[0]!.content)
        return send(granted(bloated(token!.whole)))
      }
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsr` })
}

const granted = (token: Buffer): Buffer => der(SEQUENCE, der(SEQUENCE, der(INTEGER, Buffer.from([0]))), token)

const fieldsOf = (query: Buffer) => derItems(derItems(query)[0]!.content)
const nonceOf = (query: Buffer): Buffer => fieldsOf(query).filter(({ tag }) => tag === INTEGER)[1]!.content
const digestOf = (query: Buffer): Buffer =>
  derItems(fieldsOf(query)[1]!.content).find(({ tag }) => tag === OCTETS)!.content
const withoutNonce = (query: Buffer): Buffer =>
  der(
    SEQUENCE,
    ...fieldsOf(query)
      .filter(({ tag }, at) => at === 0 || tag !== INTEGER)
      .map(({ whole }) => whole),
  )

const replaced = (octets: Buffer, from: string, to: string): Buffer =>
  Buffer.from(octets.toString('hex').replace(from, to), 'hex')

/** The last octet of what is found there, changed. */
function flipped(octets: Buffer, part: Buffer): Buffer {
  const at = octets.indexOf(part) + part.length - 1
  const changed = Buffer.from(octets)
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
  return changed
}

function anHourOff(info: Buffer): Buffer {
  const said = /\d{14}Z/.exec(info.toString('latin1'))![0]
  const off = new Date(Date.now() - hour).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
  return replaced(info, Buffer.from(said).toString('hex'), Buffer.from(`${off}Z`).toString('hex'))
}

/** The same token with certificates of its own repeated; they are not covered by its signature. */
function bloated(token: Buffer): Buffer {
  const [type, wrapped] = derItems(derItems(token)[0]!.content)
  const fields = derItems(derItems(wrapped!.content)[0]!.content)
  const more = fields.map(({ tag, whole, content }) =>
    tag === 0xa0 ? der(0xa0, ...Array.from({ length: 30 }, () => content)) : whole,
  )
  return der(SEQUENCE, type!.whole, der(0xa0, der(SEQUENCE, ...more)))
}
