import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { openCheckpoint, trust } from '../../../src/cli/logbook-verifier/note.ts'
import {
  checkpointText,
  cosignatureLine,
  privateKeyOf,
  readCheckpoint,
  readNote,
  readVkey,
  signatureLine,
  signedBy,
  vkeyOf,
} from '../../../src/domain/logbook/note.ts'

const seed = (fill: number): Buffer => Buffer.alloc(32, fill)
const office = { name: 'desk.example/o/contoh/buku-log/1', key: privateKeyOf(seed(1)) }
const witness = { name: 'witness.example/w1', key: privateKeyOf(seed(2)) }
const officeVkey = vkeyOf(office.name, 'note', office.key)
const witnessVkey = vkeyOf(witness.name, 'cosignature', witness.key)
const root = createHash('sha256').update('root').digest()
const text = checkpointText({ origin: office.name, size: 42, root })
const at = new Date('2026-03-02T02:00:00Z')
const signed = `${text}\n${signatureLine(office.name, office.key, text)}`
const cosigned = signed + cosignatureLine(witness.name, witness.key, text, at)

test('the example of the reference implementation of signed notes is read and reproduced', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const words =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
  const note = readNote(`${words}\n${line}`)!
  const key = readVkey(vkey)!
  assert.equal(note.text, words)
  assert.ok(signedBy(note, key))
  assert.equal(readVkey(vkey.replace('ARpc', 'BRpc')), undefined)
  assert.equal(readVkey(vkey.replace('Peter', 'Petra')), undefined)
})

test('the example checkpoint of the specification is read', () => {
  const note = readNote(
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
  )!
  const checkpoint = readCheckpoint(note.text)!
  assert.deepEqual([checkpoint.origin, checkpoint.size], ['example.com/behind-the-sofa', 20_852_163])
  const [log, cosigner] = note.signatures
  assert.deepEqual([log!.id, log!.signature.length], ['033de0ae', 64])
  assert.deepEqual([cosigner!.id, cosigner!.signature.length], ['8d66cf3f', 72])
  assert.equal(cosigner!.signature.readBigUInt64BE(), 1_679_315_147n)
})

test('a checkpoint and its cosignature are accepted by both sides, with the time of the cosignature', () => {
  const note = readNote(cosigned)!
  assert.ok(signedBy(note, readVkey(officeVkey)!))
  assert.deepEqual(signedBy(note, readVkey(witnessVkey)!)?.at, at)
  const opened = openCheckpoint(cosigned, [officeVkey, witnessVkey].map(trust))
  assert.deepEqual([opened.origin, opened.size, opened.root], [office.name, 42, root])
  assert.deepEqual(opened.cosigned, [{ name: witness.name, at: at.toISOString() }])
  assert.deepEqual(openCheckpoint(cosigned, [trust(officeVkey)]).cosigned, [])
})

const refusal = (note: string, ...vkeys: string[]): string => {
  try {
    openCheckpoint(note, vkeys.map(trust))
    return 'accepted'
  } catch (error) {
    return (error as { why: string }).why
  }
}

describe('refused', () => {
  const thief = privateKeyOf(seed(9))
  test('a checkpoint signed by another key under the same name, or by a witness alone', () => {
    const forged = `${text}\n${signatureLine(office.name, thief, text)}`
    assert.equal(refusal(forged, officeVkey), 'unsigned')
    assert.equal(signedBy(readNote(forged)!, readVkey(officeVkey)!), undefined)
    const alone = `${text}\n${cosignatureLine(witness.name, witness.key, text, at)}`
    assert.equal(refusal(alone, officeVkey, witnessVkey), 'unsigned')
    // a witness that calls itself like the office cannot sign for it
    const twin = vkeyOf(office.name, 'cosignature', thief)
    assert.equal(refusal(`${text}\n${cosignatureLine(office.name, thief, text, at)}`, twin), 'unsigned')
  })

  test('a checkpoint of another name, with a good signature of that other name', () => {
    const other = checkpointText({ origin: 'other.example/log', size: 42, root })
    assert.equal(
      refusal(`${other}\n${signatureLine(office.name, office.key, other)}`, officeVkey),
      'unsigned',
    )
  })

  test('any flipped bit', () =>
    fc.assert(
      fc.property(fc.nat(), fc.nat(7), (place, bit) => {
        const octets = Buffer.from(cosigned)
        octets[place % octets.length]! ^= 1 << bit
        const changed = octets.toString('utf8')
        fc.pre(changed !== cosigned)
        const found = refusal(changed, officeVkey, witnessVkey)
        if (found !== 'accepted') return
        // what a reader does not know is ignored: then nothing is said in the witness's name
        assert.deepEqual(openCheckpoint(changed, [officeVkey, witnessVkey].map(trust)).cosigned, [])
        assert.ok(changed.startsWith(signed))
      }),
      { numRuns: 400 },
    ))

  test('another way to write the same, and what is no checkpoint', () => {
    const sign = (body: string) => `${body}\n${signatureLine(office.name, office.key, body)}`
    const b64 = root.toString('base64')
    for (const body of [
      `${office.name}\n042\n${b64}\n`,
      `${office.name}\n+42\n${b64}\n`,
      `${office.name}\n4e1\n${b64}\n`,
      `${office.name}\n99999999999999999999\n${b64}\n`,
      `${office.name}\n42\n${b64.replace('=', '')}\n`,
      `${office.name}\n42\n${b64} \n`,
      `${office.name}\n42\n`,
      `\n42\n${b64}\n`,
    ]) {
      assert.equal(refusal(sign(body), officeVkey), 'note-form', JSON.stringify(body))
      assert.equal(readCheckpoint(body), undefined)
    }
    for (const whole of [
      '',
      '\n\n',
      signed.slice(0, -1),
      signed.replace('\n', '\r\n'),
      `${signed}x\n`,
      'x'.repeat(30_000),
    ])
      assert.equal(refusal(whole, officeVkey), 'note-form', JSON.stringify(whole.slice(0, 40)))
  })

  test('what is no vkey', () => {
    for (const vkey of [
      '',
      'a+b',
      officeVkey.slice(1),
      `${officeVkey}=`,
      officeVkey.replace('+', ' +'),
      officeVkey.replace(/\+A/, '+B'),
    ]) {
      assert.throws(() => trust(vkey), /no public key/)
      assert.equal(readVkey(vkey), undefined, vkey)
    }
  })
})
