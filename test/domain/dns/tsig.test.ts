import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { FormatError } from '../../../src/domain/dns/format-error.ts'
import { decodeMessage, encodeMessage, messageOf } from '../../../src/domain/dns/message.ts'
import {
  TransferVerifier,
  signMessage,
  verifyMessage,
  type TsigKey,
  type Verification,
} from '../../../src/domain/dns/tsig.ts'

/** A key for tests only: the words "secret" and "12345678" in base64. */
const secret = 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MTIzNDU2Nzg='
const key: TsigKey = { name: 'desk.contoh', algorithm: 'hmac-sha256', secret }
const nowSeconds = 1_795_290_000

/** Queries for Situs.contohkab.go.id A as Debian's dig 9.18 signed them with the key above (November 2026). */
const FROM_DIG = {
  'hmac-sha256':
    '4bac0120000100000000000205536974757309636f6e746f686b616202676f026964000001000100002904d0000000000000046465736b' +
    '06636f6e746f680000fa00ff00000000003d0b686d61632d7368613235360000006b01f950012c002023b56b4e37660e93f5e3de40a9a6' +
    'dd846bd190eb4e9c55711000b99dd353ed3f4bac00000000',
  'hmac-sha512':
    '17640120000100000000000205536974757309636f6e746f686b616202676f026964000001000100002904d0000000000000046465736b' +
    '06636f6e746f680000fa00ff00000000005d0b686d61632d7368613531320000006b01f951012c0040eab052eec049c5f438469c279463' +
    '012ac7e8f4afffba6a9d3bbfc4de77b37204eb5337613054b0b88d74bc1f2336a50ee778d65cc8311e485a48b570f6ff373c1764000000' +
    '00',
} as const

function verify(octets: Buffer, keys: readonly TsigKey[] = [key], now = nowSeconds): Verification {
  const { tsig } = decodeMessage(octets)
  assert.ok(tsig)
  return verifyMessage(octets, tsig, keys, { nowSeconds: now })
}

const plain = encodeMessage(
  messageOf({ id: 77, questions: [{ name: 'contohkab.go.id', type: 6, class: 1 }] }),
)

test("the signatures of Debian's dig are right, and only with its key", () => {
  for (const [algorithm, hex] of Object.entries(FROM_DIG)) {
    const octets = Buffer.from(hex, 'hex')
    const digKey = { ...key, algorithm: algorithm as TsigKey['algorithm'] }
    const signedAt = decodeMessage(octets).tsig!.timeSigned
    assert.equal(verify(octets, [digKey], signedAt).ok, true)
    assert.deepEqual(verify(octets, [{ ...digKey, secret: secret.replace('c', 'd') }], signedAt), {
      ok: false,
      error: 16,
    })
    assert.deepEqual(verify(octets, [{ ...digKey, name: 'other' }], signedAt), { ok: false, error: 17 })
    assert.deepEqual(verify(octets, [{ ...digKey, algorithm: 'hmac-sha384' }], signedAt), {
      ok: false,
      error: 17,
    })
  }
})

test('any flipped bit of a signed message is found', () => {
  const { octets } = signMessage(plain, key, { nowSeconds })
  fc.assert(
    fc.property(fc.nat(octets.length * 8 - 1), (bit) => {
      const copy = Buffer.from(octets)
      copy[bit >> 3]! ^= 1 << (bit & 7)
      try {
        const { tsig } = decodeMessage(copy)
        // The id of the header may change on its way (RFC 8945 section 5.1), case in the key name does not count.
        const isHarmless = bit >> 3 < 2 || (tsig && tsig.keyName === key.name && sameButCase(copy, octets))
        if (tsig && !isHarmless) assert.equal(verifyMessage(copy, tsig, [key], { nowSeconds }).ok, false)
      } catch (error) {
        assert.ok(error instanceof FormatError, String(error))
      }
    }),
    { numRuns: 1500 },
  )
})

/** Whether two messages differ in the case of their TSIG record's names only. */
function sameButCase(a: Buffer, b: Buffer): boolean {
  const cut = plain.length
  return (
    a.subarray(0, cut).equals(b.subarray(0, cut)) &&
    a.toString('latin1').toLowerCase() === b.toString('latin1').toLowerCase()
  )
}

test('a right signature outside the time is told apart from a wrong one', () => {
  const { octets } = signMessage(plain, key, { nowSeconds })
  assert.equal(verify(octets, [key], nowSeconds + 300).ok, true)
  for (const now of [nowSeconds + 301, nowSeconds - 301]) {
    const result = verify(octets, [key], now)
    assert.equal(result.ok, false)
    assert.equal(!result.ok && result.error, 18)
  }
})

test('an answer is bound to its request', () => {
  const request = signMessage(plain, key, { nowSeconds })
  const answer = signMessage(plain, key, { nowSeconds, priorMac: request.mac })
  const { tsig } = decodeMessage(answer.octets)
  const other = signMessage(plain, key, { nowSeconds: nowSeconds + 1 })
  assert.equal(verifyMessage(answer.octets, tsig!, [key], { nowSeconds, priorMac: request.mac }).ok, true)
  assert.equal(verifyMessage(answer.octets, tsig!, [key], { nowSeconds, priorMac: other.mac }).ok, false)
})

function chain(requestMac: Buffer, signed: readonly boolean[]): Buffer[] {
  let priorMac = requestMac
  let isFirst = true
  let unsigned: Buffer[] = []
  return signed.map((isSigned, index) => {
    const octets = encodeMessage(messageOf({ id: 77, isResponse: true, rcode: index % 2 }))
    if (!isSigned) {
      unsigned.push(octets)
      return octets
    }
    // Unsigned messages are signed along with the next one: sign the run, then keep the last message's record.
    const timersOnly = !isFirst
    const run = Buffer.concat([...unsigned, octets])
    const { mac } =
      unsigned.length > 0
        ? macOnly(run, priorMac)
        : signMessage(octets, key, { nowSeconds, priorMac, timersOnly })
    const sealed = signMessage(octets, key, { nowSeconds, priorMac, timersOnly }).octets
    mac.copy(sealed, sealed.length - 6 - mac.length)
    priorMac = mac
    isFirst = false
    unsigned = []
    return sealed
  })
}

function macOnly(run: Buffer, priorMac: Buffer): { mac: Buffer } {
  return signMessage(run, key, { nowSeconds, priorMac, timersOnly: true })
}

test('a transfer is accepted only whole, in order and signed to the end', () => {
  const { mac } = signMessage(plain, key, { nowSeconds })
  const run = (messages: readonly Buffer[]): void => {
    const verifier = new TransferVerifier(key, mac)
    for (const message of messages) verifier.accept(message, decodeMessage(message).tsig, nowSeconds)
    verifier.finish()
  }
  const whole = chain(mac, [true, true, false, false, true])
  assert.doesNotThrow(() => run(whole))
  assert.throws(() => run(whole.slice(1)), FormatError)
  assert.throws(() => run(whole.slice(0, 4)), FormatError)
  assert.throws(() => run([whole[0]!, ...whole.slice(2)]), FormatError)
  assert.throws(() => run([whole[1]!, whole[0]!, ...whole.slice(2)]), FormatError)
  assert.throws(() => run(chain(mac, [false, true])), FormatError)
  assert.throws(() => run([]), FormatError)
  const longRun = chain(mac, [true, ...Array.from({ length: 100 }, () => false), true])
  assert.throws(() => run(longRun), /too many unsigned/)
})
