import { Buffer } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { FormatError } from './format-error.ts'
import { MAX_MESSAGE_OCTETS, type TsigRecord } from './message.ts'
import { canonicalName, nameToWire } from './names.ts'
import { CLASS, RCODE, TYPE } from './types.ts'

/** Signed messages (RFC 8945). Only the HMACs that are neither old nor truncated. */

export type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512'

export type TsigKey = {
  readonly name: string
  readonly algorithm: TsigAlgorithm
  /** base64, as in a BIND key file */
  readonly secret: string
}

/** How far the clocks of the two sides may differ, in seconds (RFC 8945 section 10). */
export const FUDGE_SECONDS = 300
const BADSIG = 16

const DIGESTS: Readonly<Record<TsigAlgorithm, string>> = {
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
}

export type SignOptions = {
  /** seconds since 1970 */
  readonly nowSeconds: number
  /** of the request when this answers one; of the message before when `timersOnly` */
  readonly priorMac?: Buffer
  /** second and later messages of a transfer (RFC 8945 section 5.3.1) */
  readonly timersOnly?: boolean
  /** a TSIG error that the answer reports, BADTIME only since the others go unsigned */
  readonly error?: number
}

function u16(value: number): Buffer {
  const octets = Buffer.alloc(2)
  octets.writeUInt16BE(value)
  return octets
}

function u48(value: number): Buffer {
  const octets = Buffer.alloc(6)
  octets.writeUIntBE(value, 0, 6)
  return octets
}

type Variables = Pick<TsigRecord, 'keyName' | 'algorithm' | 'timeSigned' | 'fudge' | 'error' | 'other'>

/** What is signed beside the message (RFC 8945 section 4.3.3). */
function variablesOf(tsig: Variables, timersOnly: boolean): Buffer {
  const timers = Buffer.concat([u48(tsig.timeSigned), u16(tsig.fudge)])
  if (timersOnly) return timers
  return Buffer.concat([
    nameToWire(tsig.keyName),
    u16(CLASS.ANY),
    Buffer.alloc(4),
    nameToWire(tsig.algorithm),
    timers,
    u16(tsig.error),
    u16(tsig.other.length),
    tsig.other,
  ])
}

function macOf(key: TsigKey, prior: Buffer | undefined, parts: readonly Buffer[]): Buffer {
  const hmac = createHmac(DIGESTS[key.algorithm], Buffer.from(key.secret, 'base64'))
  if (prior) hmac.update(u16(prior.length)).update(prior)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** Appends a TSIG record to an encoded message and counts it. */
function appendTsig(octets: Buffer, tsig: Variables, mac: Buffer): Buffer {
  const rdata = Buffer.concat([
    nameToWire(tsig.algorithm),
    u48(tsig.timeSigned),
    u16(tsig.fudge),
    u16(mac.length),
    mac,
    octets.subarray(0, 2),
    u16(tsig.error),
    u16(tsig.other.length),
    tsig.other,
  ])
  const head = Buffer.concat([nameToWire(tsig.keyName), u16(TYPE.TSIG), u16(CLASS.ANY), Buffer.alloc(4)])
  const signed = Buffer.concat([octets, head, u16(rdata.length), rdata])
  if (signed.length > MAX_MESSAGE_OCTETS) throw new FormatError('the signed message exceeds 65535 octets')
  signed.writeUInt16BE(signed.readUInt16BE(10) + 1, 10)
  return signed
}

/**
 * Signs an encoded message.
 * @returns the octets to send, and the MAC that the answer or the next message is bound to
 */
export function signMessage(
  octets: Buffer,
  key: TsigKey,
  options: SignOptions,
): { octets: Buffer; mac: Buffer } {
  const isBadTime = options.error === RCODE.BADTIME
  const tsig: Variables = {
    keyName: canonicalName(key.name),
    algorithm: key.algorithm,
    timeSigned: options.nowSeconds,
    fudge: FUDGE_SECONDS,
    error: options.error ?? 0,
    other: isBadTime ? u48(options.nowSeconds) : Buffer.alloc(0),
  }
  const mac = macOf(key, options.priorMac, [octets, variablesOf(tsig, options.timersOnly ?? false)])
  return { octets: appendTsig(octets, tsig, mac), mac }
}

/** An answer that reports BADKEY or BADSIG: it carries a TSIG record without a MAC (RFC 8945 section 5.3.2). */
export function appendTsigError(octets: Buffer, request: TsigRecord, error: number): Buffer {
  const { keyName, algorithm, timeSigned, fudge } = request
  const tsig = { keyName, algorithm, timeSigned, fudge, error, other: Buffer.alloc(0) }
  return appendTsig(octets, tsig, Buffer.alloc(0))
}

/** The octets that were signed: without the TSIG record, with the original id and one record fewer. */
function signedPart(octets: Uint8Array, tsig: TsigRecord): Buffer {
  const part = Buffer.from(octets.subarray(0, tsig.offset))
  part.writeUInt16BE(tsig.originalId, 0)
  part.writeUInt16BE(part.readUInt16BE(10) - 1, 10)
  return part
}

export type Verification =
  | { readonly ok: true; readonly key: TsigKey; readonly mac: Buffer }
  /** `error` is the TSIG error to report; `key` is known when the MAC was right and only the time is wrong */
  | { readonly ok: false; readonly error: number; readonly key?: TsigKey; readonly mac?: Buffer }

export type VerifyOptions = {
  /** seconds since 1970 */
  readonly nowSeconds: number
  readonly priorMac?: Buffer
  readonly timersOnly?: boolean
  /** unsigned messages that came before this one in a transfer, signed along with it */
  readonly unsignedBefore?: readonly Buffer[]
}

/**
 * Checks the signature of a received message: first the key, then the MAC, then the time (RFC 8945 section 5.2).
 * @param tsig the record that `decodeMessage` found in the same octets
 */
export function verifyMessage(
  octets: Uint8Array,
  tsig: TsigRecord,
  keys: readonly TsigKey[],
  options: VerifyOptions,
): Verification {
  const key = keys.find(
    (candidate) => canonicalName(candidate.name) === tsig.keyName && candidate.algorithm === tsig.algorithm,
  )
  if (!key) return { ok: false, error: RCODE.BADKEY }
  const parts = [
    ...(options.unsignedBefore ?? []),
    signedPart(octets, tsig),
    variablesOf(tsig, options.timersOnly ?? false),
  ]
  const expected = macOf(key, options.priorMac, parts)
  if (tsig.mac.length !== expected.length || !timingSafeEqual(tsig.mac, expected)) {
    return { ok: false, error: BADSIG }
  }
  if (Math.abs(options.nowSeconds - tsig.timeSigned) > tsig.fudge) {
    return { ok: false, error: RCODE.BADTIME, key, mac: tsig.mac }
  }
  return { ok: true, key, mac: tsig.mac }
}

/** Longest run of unsigned messages inside a signed transfer (RFC 8945 section 5.3.1). */
const MAX_UNSIGNED_RUN = 99

/**
 * Checks the messages of a transfer one after the other, as TSIG binds each to the one before.
 * `accept` throws FormatError for a message that breaks the chain; `finish` when the last one was not signed.
 */
export class TransferVerifier {
  #priorMac: Buffer
  #unsigned: Buffer[] = []
  #isFirst = true
  readonly #key: TsigKey

  constructor(key: TsigKey, requestMac: Buffer) {
    this.#key = key
    this.#priorMac = requestMac
  }

  /** @param tsig the record that `decodeMessage` found in the octets */
  accept(octets: Buffer, tsig: TsigRecord | null, nowSeconds: number): void {
    if (!tsig) {
      if (this.#isFirst) throw new FormatError('the first message of the transfer is not signed')
      this.#unsigned.push(octets)
      if (this.#unsigned.length > MAX_UNSIGNED_RUN) throw new FormatError('too many unsigned messages')
      return
    }
    const result = verifyMessage(octets, tsig, [this.#key], {
      nowSeconds,
      priorMac: this.#priorMac,
      timersOnly: !this.#isFirst,
      unsignedBefore: this.#unsigned,
    })
    if (!result.ok) throw new FormatError(`the signature of the transfer fails (TSIG error ${result.error})`)
    this.#priorMac = result.mac
    this.#unsigned = []
    this.#isFirst = false
  }

  finish(): void {
    if (this.#isFirst || this.#unsigned.length > 0) throw new FormatError('the transfer does not end signed')
  }
}
