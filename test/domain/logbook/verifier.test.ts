import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import * as fc from 'fast-check'
import { commit, entryText, genesisHash, nextHash } from '../../../src/domain/logbook/entry.ts'
import { verifyChain } from '../../../src/domain/logbook/chain.ts'
import { describeVerdict } from '../../../src/cli/logbook-verifier/describe.ts'
import { verifyLogbookFile, verifyLogbookStream } from '../../../src/cli/logbook-verifier/export.ts'
import { OFFICE, SALT, SALT_HEX, sampleChain, sampleExport } from './sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'logbook-'))
const file = join(folder, 'export.ndjson')
after(() => rmSync(folder, { recursive: true }))

/** Checks content that is held in memory. */
function verify(content: string | Uint8Array | readonly string[], head?: string) {
  const whole = Array.isArray(content) ? content.join('') : (content as string | Uint8Array)
  return verifyLogbookStream([Buffer.from(whole as string)], head === undefined ? {} : { head })
}

/** Rewrites the footer so that its checksum is right again, as a careful forger would. */
function reseal(lines: readonly string[]): string[] {
  const body = lines.slice(0, -1).join('')
  const sha256 = createHash('sha256').update(body).digest('hex')
  return [body, lines.at(-1)!.replace(/"sha256":"\w+"/, `"sha256":"${sha256}"`)]
}

test('the export of what the domain wrote is accepted, with count, head and revealed values', async () => {
  const chain = sampleChain(6)
  const verdict = await verify(await sampleExport(chain))
  assert.ok(verdict.verdict === 'ok')
  assert.equal(verdict.entries, 6)
  assert.equal(verdict.head, chain[5]!.hash)
  assert.equal(verdict.reveals, 1)
  assert.match(describeVerdict(verdict), /UTUH \/ OK: Dinas Contoh/)
})

test('an empty logbook has the genesis hash for its head', async () => {
  const verdict = await verify(await sampleExport([]))
  assert.ok(verdict.verdict === 'ok')
  assert.deepEqual([verdict.entries, verdict.head], [0, genesisHash(OFFICE)])
})

test('flipping any bit of any byte is detected, and within an entry that entry is named', async () => {
  const lines = await sampleExport(sampleChain(3))
  const bytes = Buffer.from(lines.join(''))
  const starts = lines.map((_, i) => Buffer.byteLength(lines.slice(0, i).join('')))
  for (let at = 0; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes)
    flipped[at]! ^= 1 << (at % 8)
    const verdict = await verify(flipped)
    assert.notEqual(verdict.verdict, 'ok', `byte ${at}`)
    const line = starts.findLastIndex((start) => start <= at)
    const seq = [undefined, 1, 2, undefined, 3][line]
    if (seq !== undefined) assert.ok(verdict.verdict === 'bad' && verdict.seq === seq, `byte ${at}`)
  }
})

test('dropped, swapped, doubled and reordered entries are named, also under a right checksum', async () => {
  const [header, first, second, reveal, third, fourth, footer] = await sampleExport(sampleChain(4))
  const cases: [string, (string | undefined)[], number | null, string][] = [
    ['dropped', [header, first, second, reveal, fourth, footer], 3, 'missing'],
    ['first dropped', [header, second, reveal, third, fourth, footer], 1, 'missing'],
    ['last dropped', [header, first, second, reveal, third, footer], null, 'count'],
    ['swapped', [header, first, third, second, reveal, fourth, footer], 2, 'missing'],
    ['doubled', [header, first, first, second, reveal, third, fourth, footer], 2, 'out-of-place'],
    ['doubled last', [header, first, second, reveal, third, fourth, fourth, footer], 5, 'out-of-place'],
    ['moved reveal', [header, first, second, third, reveal, fourth, footer], 3, 'reveal'],
    ['doubled reveal', [header, first, second, reveal, reveal, third, fourth, footer], 2, 'reveal'],
    ['second footer', [header, first, second, reveal, third, fourth, footer, footer], null, 'after-footer'],
    ['blank line', [header, first, '\n', second, reveal, third, fourth, footer], 2, 'line-form'],
  ]
  for (const [name, changed, seq, why] of cases) {
    for (const content of [changed as string[], reseal(changed as string[])]) {
      const verdict = await verify(content)
      assert.ok(verdict.verdict === 'bad', name)
      assert.deepEqual([verdict.seq, verdict.why], [seq, why], name)
    }
  }
})

test('truncation at every byte is detected', async () => {
  const bytes = Buffer.from((await sampleExport(sampleChain(2))).join(''))
  for (let length = 0; length < bytes.length; length += 1) {
    assert.notEqual((await verify(bytes.subarray(0, length))).verdict, 'ok', `length ${length}`)
  }
})

test('a logbook truncated or rewritten as a whole is found by a head that a letter carries', async () => {
  const chain = sampleChain(5)
  const shortened = await sampleExport(chain.slice(0, 4))
  assert.equal((await verify(shortened)).verdict, 'ok')
  const verdict = await verify(shortened, chain[4]!.hash)
  assert.ok(verdict.verdict === 'bad')
  assert.equal(verdict.why, 'head-absent')
  const grouped = chain[2]!.hash.toUpperCase().replace(/(.{8})/g, '$1 ')
  const known = await verify(await sampleExport(chain), grouped)
  assert.ok(known.verdict === 'ok')
  assert.deepEqual(known.knownHeads, [{ head: chain[2]!.hash, seq: 3 }])
  assert.equal((await verify(shortened, 'abc')).verdict, 'unusable')
})

test('a chain of another office, or a text that is chained but not an entry, is refused', async () => {
  const lines = await sampleExport(sampleChain(2))
  assert.notEqual(
    (await verify(reseal([lines[0]!.replace(OFFICE, 'dinas-lain'), ...lines.slice(1)]))).verdict,
    'ok',
  )
  const prev = genesisHash(OFFICE)
  const good = entryText({
    office: OFFICE,
    seq: 1,
    at: new Date(0),
    actor: { role: 'system', ref: null },
    act: 'a',
    subject: { kind: 'office', id: 'x' },
  })
  const texts = [
    good.replace('"seq":1', '"seq":2'),
    good.replace(`"${OFFICE}"`, '"dinas-lain"'),
    good.replace('{"act":"a",', '{"act":"a","act":"a",'),
    good.replace('{"act":"a",', '{"act": "a",'),
    good.replace('"details":{}', '"details":{"b":1,"a":1}'),
    good.replace('"details":{}', '"details":{"a":1.5}'),
    good.replace('"details":{}', '"details":{"a":"\\u0041"}'),
    good.replace('"details":{}', '"details":{"a":"\\ud800"}'),
    good.replace('"ref":null', '"ref":"Budi Santoso"'),
    good.replace('"details":{}', '"details":{},"extra":1'),
    '[]',
    'null',
    '',
  ]
  for (const text of texts) {
    const entry = { seq: 1, prev, hash: nextHash(prev, text), text }
    const verdict = await verify(await sampleExport([entry]))
    assert.ok(verdict.verdict === 'bad' && verdict.seq === 1, text)
  }
})

test('a revealed value must open its commitment', async () => {
  const lines = await sampleExport(sampleChain(2))
  const changed = reseal(lines.map((line) => line.replace('"Budi"', '"Badu"')))
  const verdict = await verify(changed)
  assert.ok(verdict.verdict === 'bad')
  assert.deepEqual([verdict.why, verdict.seq], ['reveal', 2])
})

test('what is no logbook is unusable, not bad', async () => {
  for (const content of ['', '\n', '{}\n', 'PK\u0003\u0004', '\ufeff{}', '[]\n', 'null\n']) {
    assert.equal((await verify(content)).verdict, 'unusable', JSON.stringify(content))
  }
  assert.equal((await verifyLogbookFile(join(folder, 'absent'))).verdict, 'unusable')
  assert.equal((await verifyLogbookFile(join(folder, 'absent'), { head: 'abc' })).verdict, 'unusable')
  assert.equal((await verifyLogbookFile(folder)).verdict, 'unusable')
})

test('it does not matter in which pieces the file is read', async () => {
  const bytes = Buffer.from((await sampleExport(sampleChain(3))).join(''))
  const whole = await verifyLogbookStream([bytes])
  assert.equal(whole.verdict, 'ok')
  for (const size of [1, 7, 64, 1000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    )
    assert.deepEqual(await verifyLogbookStream(pieces), whole)
  }
})

test('a line without end does not fill the memory', async () => {
  const [header] = await sampleExport(sampleChain(1))
  const verdict = await verify([header!, 'x'.repeat(3_000_000)])
  assert.ok(verdict.verdict === 'bad')
  assert.equal(verdict.why, 'long-line')
})

test('domain code and verifier agree on arbitrary chains', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ value: text, note: text }), { maxLength: 6 }), async (acts) => {
      let prev = genesisHash(OFFICE)
      const chain = acts.map(({ value, note }, i) => {
        const text = entryText({
          office: OFFICE,
          seq: i + 1,
          at: new Date(i),
          actor: { role: 'system', ref: null },
          act: 'test.made',
          subject: { kind: 'request', id: 'x' },
          details: { note },
          commitments: { value: commit(SALT, value) },
        })
        const entry = { seq: i + 1, prev, hash: nextHash(prev, text), text }
        prev = entry.hash
        return { ...entry, reveals: [{ field: 'value', salt: SALT_HEX, value }] }
      })
      const verdict = await verify(await sampleExport(chain))
      const own = verifyChain(OFFICE, chain)
      assert.ok(verdict.verdict === 'ok' && own.ok)
      assert.deepEqual([verdict.entries, verdict.head], [own.entries, own.head])
    }),
    { numRuns: 50 },
  )
})

test('the example of the format document is what the code computes', () => {
  const page = readFileSync(new URL('../../../docs/logbook-format.md', import.meta.url), 'utf8')
  const text = /^text\(1\) = (.*)$/m.exec(page)?.[1]
  assert.ok(text !== undefined)
  assert.ok(page.includes(`hash(0) = ${genesisHash(OFFICE)}`))
  assert.ok(page.includes(`hash(1) = ${nextHash(genesisHash(OFFICE), text)}`))
  assert.ok(text.includes(commit(SALT, 'Budi')))
})

test('the verifier stands on the standard library and itself alone, and runs with exit codes', async () => {
  const path = new URL('../../../src/cli/logbook-verifier.ts', import.meta.url).pathname
  const parts = join(path, '..', 'logbook-verifier')
  const own = readdirSync(parts)
  for (const part of [path, ...own.map((name) => join(parts, name))]) {
    const imports = [...readFileSync(part, 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1]!)
    const foreign = imports.filter((name) => !name.startsWith('node:') && !own.includes(basename(name)))
    assert.deepEqual(foreign, [], part)
  }
  const chain = sampleChain(2)
  writeFileSync(file, (await sampleExport(chain)).join(''))
  const run = (...args: string[]) => spawnSync(process.execPath, [path, ...args], { encoding: 'utf8' })
  const good = run(file, '--head', chain[0]!.hash)
  assert.deepEqual([good.status, good.stdout.includes(`entri / entries: 2`)], [0, true], good.stderr)
  assert.equal(run(file, '--head', '0'.repeat(64)).status, 1)
  assert.equal(run(join(folder, 'absent')).status, 2)
  assert.equal(run().status, 2)
})
