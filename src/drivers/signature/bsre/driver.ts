import * as z from 'zod'
import type { SignRefusal } from '../../../domain/letters/signing.ts'
import { NotAllowed, placeOf, reachingFetch, wayTo } from '../../outgoing.ts'
import type { StampReport } from '../../../domain/letters/time-stamp.ts'
import type { SignatureDriver, SignOutcome, SignWish } from '../driver.ts'
import { readSignature } from '../read-signature.ts'
import { sameName } from '../signer-certificate.ts'

/** The service waits for a hardware key; measured replies are not to be had, so this is generous. */
const REPLY_TIMEOUT_MS = 60_000
const CHECK_TIMEOUT_MS = 10_000
/** Largest answer that is read, in octets. */
const ANSWER_MAX_OCTETS = 32 * 1024 * 1024
/** The name under which the service keeps a signed file. */
const DOCUMENT_ID = /^[A-Za-z0-9._-]{1,100}$/

const configSchema = z.strictObject({
  url: z.url(),
  username: z.string(),
  password: z.string(),
  timeoutMs: z.int().default(REPLY_TIMEOUT_MS),
})
type Config = z.output<typeof configSchema>

/**
 * Signs through BSrE's esign client service in the office's own network: `POST /api/sign/pdf` with HTTP Basic, the PDF
 * or the header `id_dokumen` as answer, `GET /api/sign/download/{id}` for what was signed before.
 */
export function openBsreDriver(given: unknown): SignatureDriver {
  const config = configSchema.parse(given)
  return {
    sign: (wish) => sign(config, wish),
    fetch: (documentId, wish) => download(config, documentId, wish),
    stamp: (signed) => Promise.resolve({ pdf: signed, stamping: { kind: 'done', report: stampIn(signed) } }),
    check: () => check(config),
  }
}

const refused = (reason: SignRefusal): SignOutcome => ({ kind: 'refused', reason })

async function sign(config: Config, wish: SignWish): Promise<SignOutcome> {
  if (wish.nik === null) return refused('signer-unknown')
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(wish.pdf)], { type: 'application/pdf' }), 'surat.pdf')
  form.set('nik', wish.nik)
  form.set('passphrase', wish.passphrase)
  // the letter shows itself who signs, with its QR code
  form.set('tampilan', 'invisible')
  const reply = await ask(config, '/api/sign/pdf', { method: 'POST', body: form })
  if (!(reply instanceof Response)) return reply
  const documentId = documentIdOf(reply)
  if (reply.status >= 400 && reply.status < 500) return refused(await reasonOf(reply))
  if (!reply.ok) return unknown(documentId)
  const body = await octetsOf(reply)
  if (body && isPdf(body)) return judged(body, wish, documentId)
  if (body && documentId !== undefined) return download(config, documentId, wish)
  return unknown(documentId)
}

async function download(
  config: Config,
  documentId: string,
  wish: Pick<SignWish, 'pdf' | 'certificateName'>,
): Promise<SignOutcome> {
  if (!DOCUMENT_ID.test(documentId)) return unknown()
  const reply = await ask(config, `/api/sign/download/${documentId}`, { method: 'GET' })
  if (!(reply instanceof Response) || !reply.ok) return unknown(documentId)
  const body = await octetsOf(reply)
  return body ? judged(body, wish, documentId) : unknown(documentId)
}

const unknown = (documentId?: string): SignOutcome => ({
  kind: 'unknown',
  ...(documentId === undefined ? {} : { documentId }),
})

/** Believes no answer: it must be our letter, unchanged, with an intact signature of the person who was asked for. */
function judged(
  pdf: Buffer,
  wish: Pick<SignWish, 'pdf' | 'certificateName'>,
  documentId: string | undefined,
): SignOutcome {
  const report = readSignature(pdf)
  const isOurs = pdf.length > wish.pdf.length && pdf.subarray(0, wish.pdf.length).equals(wish.pdf)
  if (report.kind !== 'intact' || !isOurs) return unknown(documentId)
  if (!sameName(report.certificate.commonName, wish.certificateName)) return refused('other-certificate')
  return {
    kind: 'signed',
    pdf,
    certificate: report.certificate,
    // the service stamps by itself or not at all
    stamping: { kind: 'done', report: report.timeStamp },
    ...(documentId !== undefined && { documentId }),
  }
}

function stampIn(signed: Buffer): StampReport {
  const report = readSignature(signed)
  return report.kind === 'intact' ? report.timeStamp : { kind: 'none' }
}

const isPdf = (octets: Buffer): boolean => octets.subarray(0, 5).toString('latin1') === '%PDF-'

function documentIdOf(reply: Response): string | undefined {
  const id = reply.headers.get('id_dokumen')
  return id !== null && DOCUMENT_ID.test(id) ? id : undefined
}

/** Asks; a connection that never came about is a "no", anything after that is unknown. */
async function ask(config: Config, path: string, init: RequestInit): Promise<Response | SignOutcome> {
  const basic = Buffer.from(`${config.username}:${config.password}`).toString('base64')
  try {
    const reply = await reachingFetch(
      `${config.url}${path}`,
      { ...init, headers: { authorization: `Basic ${basic}` } },
      { timeoutMs: config.timeoutMs, maxOctets: ANSWER_MAX_OCTETS },
    )
    return reply.status >= 300 && reply.status < 400 ? unknown() : reply
  } catch (error) {
    return error instanceof NotAllowed || neverConnected(error) ? refused('service-unreachable') : unknown()
  }
}

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return typeof cause?.code === 'string' && NOT_CONNECTED.includes(cause.code)
}

/** The whole body; nothing when it breaks off or is too long. */
async function octetsOf(reply: Response): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of reply.body ?? []) parts.push(part)
    return Buffer.concat(parts)
  } catch {
    return undefined
  }
}

/** What a refusal is about. Its words are read and passed on to nobody: they may repeat what was sent. */
async function reasonOf(reply: Response): Promise<SignRefusal> {
  if (reply.status === 401 || reply.status === 403) return 'service-credentials'
  const words = ((await octetsOf(reply)) ?? Buffer.alloc(0)).toString('utf8')
  if (/passphrase/i.test(words)) return 'wrong-passphrase'
  if (/expired|kedaluwarsa|kadaluarsa|masa berlaku/i.test(words)) return 'certificate-expired'
  if (/\bnik\b|not found|tidak ditemukan|belum (?:ter)?daftar|belum registrasi/i.test(words))
    return 'signer-unknown'
  return 'service-refused'
}

async function check(config: Config): ReturnType<SignatureDriver['check']> {
  await wayTo(placeOf(new URL(config.url))).catch((error: unknown) => {
    if (error instanceof NotAllowed) throw error
  })
  // no address of the service is documented for a trial; one that does not exist tells whether the account is known
  const reply = await ask({ ...config, timeoutMs: CHECK_TIMEOUT_MS }, '/api/sign/download/ranah-check', {
    method: 'GET',
  })
  if (!(reply instanceof Response)) return [{ ok: false, what: 'unreachable' }]
  await reply.body?.cancel()
  if (reply.status === 401 || reply.status === 403) return [{ ok: false, what: 'credentials' }]
  return [{ ok: reply.status < 500, what: reply.status < 500 ? 'answers' : 'unreachable' }]
}
