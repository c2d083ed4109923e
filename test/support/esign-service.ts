import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signDetached } from '../../src/drivers/signature/cms.ts'
import { placeSignature } from '../../src/drivers/signature/place-signature.ts'
import type { SigningKey } from './signing-key.ts'
import './own-networks.ts'

/** What the service does with the next requests to sign. */
export type Conduct =
  | 'pdf'
  | 'id'
  | 'pdf-with-id'
  | 'error-500'
  | 'error-400'
  | 'expired'
  | 'silent'
  | 'lost'
  | 'cut'
  | 'garbage'
  | 'unsigned'
  | 'other-letter'

export type EsignService = {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly nik: string
  conduct: Conduct
  /** Fields of every request to sign, without the file. */
  readonly asked: Record<string, string>[]
  /** How many signatures were made. */
  signed: number
  /** What was signed, by id_dokumen. */
  readonly kept: Map<string, Buffer>
  readonly close: () => Promise<void>
}

/**
 * A server of ours that behaves as BSrE's esign client service is documented: HTTP Basic, multipart fields, the PDF or
 * the header id_dokumen as answer, and errors as JSON. What it does next is told by `conduct`.
 */
export async function startEsignService(
  key: SigningKey,
  signer: { nik: string; passphrase: string },
): Promise<EsignService> {
  const state = {
    url: '',
    username: 'ranah',
    password: 'sandi-layanan-uji',
    nik: signer.nik,
    conduct: 'pdf' as Conduct,
    asked: [] as Record<string, string>[],
    signed: 0,
    kept: new Map<string, Buffer>(),
  }
  const basic = `Basic ${Buffer.from(`${state.username}:${state.password}`).toString('base64')}`
  const signedOf = (pdf: Buffer): Buffer => {
    state.signed += 1
    const chain = [new X509Certificate(key.certificate).raw]
    return placeSignature(
      pdf,
      { name: 'BSrE uji', at: new Date(), reason: 'uji', stamped: false },
      (octets) => signDetached(octets, createPrivateKey(key.key), chain),
    )
  }
  const fail = (response: ServerResponse, status: number, error: string): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))

  const sign = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const headers = { 'content-type': request.headers['content-type']! }
    const form = await new Response(new Uint8Array(body), { headers }).formData()
    const fields = Object.fromEntries([...form].filter(([name]) => name !== 'file')) as Record<string, string>
    state.asked.push(fields)
    const file = form.get('file')
    if (!(file instanceof File)) return fail(response, 400, 'Parameter file tidak ditemukan')
    const pdf = Buffer.from(await file.arrayBuffer())
    if (fields['nik'] !== signer.nik) return fail(response, 400, 'NIK belum terdaftar')
    if (fields['passphrase'] !== signer.passphrase)
      return fail(response, 400, `Passphrase ${fields['passphrase']} salah`)
    answer(state.conduct, pdf, response)
  }

  const answer = (conduct: Conduct, pdf: Buffer, response: ServerResponse): void => {
    if (conduct === 'silent') return
    if (conduct === 'error-500') return fail(response, 500, 'Internal Server Error')
    if (conduct === 'error-400') return fail(response, 400, 'Permintaan tidak dapat diproses')
    if (conduct === 'expired') return fail(response, 400, 'Masa berlaku sertifikat telah habis')
    if (conduct === 'garbage') return void response.writeHead(200).end('<html>proxy</html>')
    const type = { 'content-type': 'application/pdf' }
    if (conduct === 'unsigned') return void response.writeHead(200, type).end(pdf)
    if (conduct === 'other-letter') {
      const other = Buffer.from(pdf)
      other.writeUInt8(other.readUInt8(9) ^ 1, 9)
      return void response.writeHead(200, type).end(signedOf(other))
    }
    const signed = signedOf(pdf)
    if (conduct === 'lost') return void response.destroy()
    const id = randomUUID()
    state.kept.set(id, signed)
    if (conduct === 'cut') {
      response.writeHead(200, { ...type, id_dokumen: id, 'content-length': String(signed.length) })
      response.write(signed.subarray(0, 1000), () => response.destroy())
      return
    }
    if (conduct === 'id')
      return void response
        .writeHead(200, { 'content-type': 'application/json', id_dokumen: id })
        .end(JSON.stringify({ message: 'Proses berhasil' }))
    const named = conduct === 'pdf-with-id' ? { id_dokumen: id } : {}
    response.writeHead(200, { ...type, ...named }).end(signed)
  }

  const server = createServer((request, response) => {
    if (request.headers.authorization !== basic) return fail(response, 401, 'Unauthorized')
    if (request.method === 'POST' && request.url === '/api/sign/pdf')
      return void sign(request, response).catch(() => response.destroy())
    const id = /^\/api\/sign\/download\/([\w.-]+)$/.exec(request.url ?? '')?.[1]
    const known = id === undefined ? undefined : state.kept.get(id)
    if (request.method === 'GET' && known)
      return void response.writeHead(200, { 'content-type': 'application/pdf' }).end(known)
    return fail(response, 404, 'Data tidak ditemukan')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(state, {
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
