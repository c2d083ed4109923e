import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { verifyFile } from '../../../src/cli/logbook-verifier.ts'
import { verdictExitCode } from '../../../src/cli/logbook-verifier/describe.ts'
import type { Node, Parts } from '../../../src/domain/logbook/tree.ts'
import {
  consistencyParts,
  grow,
  inclusionParts,
  leafHash,
  rootParts,
} from '../../../src/domain/logbook/tree.ts'
import { checkpointText, privateKeyOf, signatureLine, vkeyOf } from '../../../src/domain/logbook/note.ts'
import { writeConsistency, writeReceipt } from '../../../src/domain/logbook/receipt.ts'
import { sampleChain, sampleExport } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'proofs-'))
after(() => rmSync(folder, { recursive: true }))

const origin = 'desk.example/o/contoh/buku-log/00000001'
const key = privateKeyOf(Buffer.alloc(32, 7))
const vkey = vkeyOf(origin, 'note', key)
const chain = sampleChain(9)

/** The tree over entries, all nodes of it at hand. */
function treeOf(texts: readonly string[]) {
  const nodes = new Map(
    grow(0, [], texts.map(leafHash)).map(({ level, index, hash }: Node) => [`${level} ${index}`, hash]),
  )
  const join_ = ({ join: put }: Parts) => put(({ level, index }) => nodes.get(`${level} ${index}`)!)
  const checkpoint = (size: number, signer = key): string => {
    const text = checkpointText({ origin, size, root: join_(rootParts(size))[0]! })
    return `${text}\n${signatureLine(origin, signer, text)}`
  }
  return {
    checkpoint,
    receipt: (seq: number, size: number) =>
      writeReceipt({
        text: texts[seq - 1]!,
        seq,
        hashes: join_(inclusionParts(seq - 1, size)),
        checkpoint: checkpoint(size),
      }),
    consistency: (from: number, to: number) =>
      writeConsistency({ from, hashes: join_(consistencyParts(from, to)), checkpoint: checkpoint(to) }),
  }
}
const texts = chain.map(({ text }) => text)
const tree = treeOf(texts)
const forged = treeOf(texts.with(3, texts[3]!.replace('request.submitted', 'request.withdrawn')))

let files = 0
const put = (content: string): string => {
  const path = join(folder, `${(files += 1)}`)
  writeFileSync(path, content)
  return path
}
async function check(
  content: string,
  held: { checkpoints?: string[]; vkeys?: string[] } = {},
): Promise<string> {
  const { verdict } = await verifyFile(put(content), {
    heads: [],
    checkpoints: (held.checkpoints ?? []).map(put),
    vkeys: held.vkeys ?? [vkey],
  })
  assert.equal(verdictExitCode(verdict) === 0, verdict.verdict === 'ok')
  return verdict.verdict === 'ok' ? 'ok' : verdict.why
}

describe('a receipt', () => {
  test('of every entry in every later tree is good, and needs a key', async () => {
    for (let size = 1; size <= 9; size += 1)
      for (let seq = 1; seq <= size; seq += 1) assert.equal(await check(tree.receipt(seq, size)), 'ok')
    assert.equal(await check(tree.receipt(2, 5), { vkeys: [] }), 'no-vkey')
    assert.equal(
      await check(tree.receipt(2, 5), { vkeys: [vkeyOf(origin, 'note', privateKeyOf(Buffer.alloc(32, 8)))] }),
      'unsigned',
    )
  })

  test('with another entry, number, proof or checkpoint is refused', async () => {
    const receipt = tree.receipt(4, 7)
    const lines = receipt.split('\n')
    const swapped = lines.with(1, tree.receipt(5, 7).split('\n')[1]!)
    assert.equal(await check(swapped.join('\n')), 'not-included')
    assert.equal(await check(lines.with(2, 'index 4').join('\n')), 'not-included')
    assert.equal(await check(lines.with(3, lines[4]!).join('\n')), 'not-included')
    assert.equal(await check(receipt.split('\n\n')[0]! + '\n\n' + tree.checkpoint(9)), 'not-included')
    assert.equal(await check(receipt.split('\n\n')[0]! + '\n\n' + forged.checkpoint(7)), 'not-included')
    assert.equal(await check(lines.with(2, 'index 03').join('\n')), 'proof-form')
    assert.equal(await check(lines.with(2, 'index 99').join('\n')), 'not-included')
  })

  test('with any changed octet never proves another entry', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
        const octets = Buffer.from(tree.receipt(4, 7))
        octets[at % octets.length]! ^= 1 << bit
        assert.notEqual(await check(octets.toString('utf8')), 'ok')
      }),
      { numRuns: 150 },
    ))

  test('that contradicts a checkpoint that was kept shows the fork', async () => {
    assert.equal(await check(forged.receipt(2, 7), { checkpoints: [tree.checkpoint(7)] }), 'fork')
    assert.equal(await check(tree.receipt(2, 7), { checkpoints: [tree.checkpoint(7)] }), 'ok')
  })
})

describe('a proof of consistency', () => {
  test('from a kept checkpoint is good for every two sizes', async () => {
    for (let to = 1; to <= 9; to += 1)
      for (let from = 1; from <= to; from += 1)
        assert.equal(await check(tree.consistency(from, to), { checkpoints: [tree.checkpoint(from)] }), 'ok')
  })

  test('from a rewritten history, another size or without the older checkpoint is refused', async () => {
    const kept = { checkpoints: [tree.checkpoint(5)] }
    assert.equal(await check(forged.consistency(5, 9), kept), 'not-continued')
    assert.equal(await check(tree.consistency(4, 9), kept), 'no-checkpoint')
    assert.equal(
      await check(tree.consistency(5, 9).replace('from 5', 'from 4'), { checkpoints: [tree.checkpoint(4)] }),
      'not-continued',
    )
    assert.equal(await check(tree.consistency(5, 9)), 'no-checkpoint')
    const stolen = { checkpoints: [tree.checkpoint(5, privateKeyOf(Buffer.alloc(32, 8)))] }
    assert.equal(await check(tree.consistency(5, 9), stolen), 'unsigned')
  })
})

describe('an export held against checkpoints', () => {
  test('agrees with every one of its own history, and with none of another or of entries that it lacks', async () => {
    const whole = (await sampleExport(chain)).join('')
    assert.equal(await check(whole, { checkpoints: [1, 4, 9].map((size) => tree.checkpoint(size)) }), 'ok')
    assert.equal(
      await check(whole, { checkpoints: [forged.checkpoint(3)] }),
      'ok',
      'the same until the forgery',
    )
    assert.equal(await check(whole, { checkpoints: [forged.checkpoint(4)] }), 'checkpoint-differs')
    const older = (await sampleExport(chain.slice(0, 5))).join('')
    assert.equal(await check(older, { checkpoints: [tree.checkpoint(9)] }), 'checkpoint-beyond')
    assert.equal(await check(whole, { checkpoints: [tree.checkpoint(4)], vkeys: [] }), 'unsigned')
  })
})

test('the receipt of the format document is what the code says of it', async () => {
  const page = readFileSync(new URL('../../../docs/logbook-format.md', import.meta.url), 'utf8')
  const [, receipt = ''] = /^The receipt of [^]*?```\n([^]*?)```$/m.exec(page) ?? []
  const [, own = ''] = /^Its vkey is `([^`]+)`/m.exec(page) ?? []
  assert.equal(await check(receipt, { vkeys: [own] }), 'ok')
  const text = Buffer.from(/^extra (.*)$/m.exec(receipt)![1]!, 'base64').toString('utf8')
  assert.ok(
    page.includes(`leaf(0) = ${leafHash(text).toString('hex')}`) && page.includes(`text(1) = ${text}`),
  )
})

test('the receipt of a letter is held against its file', async () => {
  const pdf = Buffer.from('%PDF-1.7 surat')
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  const letter = put(pdf.toString())
  const issued = texts[3]!.replace('request.submitted', 'letter.issued')
  const entry = issued.replace('"details":{', `"details":{"sha256":"${sha256}",`)
  const verdictOn = async (text: string, file: string): Promise<string> => {
    const { verdict } = await verifyFile(put(treeOf(texts.with(3, text)).receipt(4, 7)), {
      heads: [],
      checkpoints: [],
      vkeys: [vkey],
      letter: file,
    })
    return verdict.verdict === 'ok' ? 'ok' : verdict.why
  }
  const sorted = JSON.parse(entry) as { details: Record<string, unknown> }
  const canonicalDetails = Object.fromEntries(
    Object.entries(sorted.details).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  const good = JSON.stringify({ ...sorted, details: canonicalDetails })
  assert.equal(await verdictOn(good, letter), 'ok')
  assert.equal(await verdictOn(good, put('%PDF-1.7 surat lain')), 'other-letter')
  assert.equal(await verdictOn(good.replace('letter.issued', 'letter.voided'), letter), 'other-letter')
  assert.equal(await verdictOn(texts[3]!, letter), 'other-letter')
})

test('from the command line, with exit codes', () => {
  const path = new URL('../../../src/cli/logbook-verifier.ts', import.meta.url).pathname
  const run = (...args: string[]) => spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' })
  const receipt = put(tree.receipt(4, 7))
  const good = run(receipt, '--vkey', vkey)
  assert.deepEqual(
    [good.status, good.stdout.includes('TERCATAT / INCLUDED: entri 4')],
    [0, true],
    good.stderr,
  )
  assert.equal(run(receipt).status, 2)
  assert.equal(
    run(put(forged.consistency(5, 9)), '--vkey', vkey, '--checkpoint', put(tree.checkpoint(5))).status,
    1,
  )
})
