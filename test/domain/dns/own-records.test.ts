import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EnteredRow, OwnNames } from '../../../src/domain/dns/own-records.ts'
import { readRecordTable, recordRowsOf } from '../../../src/domain/dns/own-records.ts'

const own: OwnNames = {
  fqdn: 'dinas.contohkab.go.id',
  zone: 'contohkab.go.id',
  others: ['arsip.dinas.contohkab.go.id'],
}
const read = (...rows: EnteredRow[]) => readRecordTable(rows, own)
const a = (name: string, value = '192.0.2.1'): EnteredRow => ({ name, type: 'A', value })

test('short, full and empty names lead to names at or below the own one', () => {
  for (const [typed, name] of [
    ['', 'dinas.contohkab.go.id'],
    ['@', 'dinas.contohkab.go.id'],
    ['WWW', 'www.dinas.contohkab.go.id'],
    ['www.dinas.contohkab.go.id.', 'www.dinas.contohkab.go.id'],
    ['*.tes', '*.tes.dinas.contohkab.go.id'],
    ['_dmarc', '_dmarc.dinas.contohkab.go.id'],
  ] as const) {
    const { sets, issues } = read(a(typed))
    assert.deepEqual(issues, [], typed)
    assert.equal(sets[0]!.name, name)
  }
})

/** What may not be, and the field that says so. */
const refused: readonly [string, EnteredRow[], string][] = [
  ['an empty table', [], 'records'],
  ['the zone itself', [a('contohkab.go.id')], 'records.0.name'],
  ['a sibling', [a('lain.contohkab.go.id')], 'records.0.name'],
  ['a name that only ends alike', [a('xdinas.contohkab.go.id')], 'records.0.name'],
  ['somebody else’s domain', [a('contoh.com')], 'records.0.name'],
  ['a name that another service holds', [a('arsip')], 'records.0.name'],
  ['a name below it', [a('a.b.arsip')], 'records.0.name'],
  ['a proof of certificates', [{ name: '_acme-challenge', type: 'TXT', value: 'x' }], 'records.0.name'],
  ['a delegation of the whole name', [{ type: 'NS', value: 'ns1.contoh.example' }], 'records.0.name'],
  ['a script for a name', [a('<script>')], 'records.0.name'],
  ['a line break in a name', [a('a\nb')], 'records.0.name'],
  ['an unknown type', [{ type: 'SOA', value: 'x' }], 'records.0.type'],
  ['no type', [{ value: '192.0.2.1' }], 'records.0.type'],
  ['no value', [{ type: 'A', value: ' ' }], 'records.0.value'],
  ['loopback', [a('', '127.0.0.1')], 'records.0.value'],
  ['this network', [a('', '0.0.0.0')], 'records.0.value'],
  ['multicast', [a('', '224.0.0.1')], 'records.0.value'],
  ['link-local', [{ type: 'AAAA', value: 'fe80::1' }], 'records.0.value'],
  ['the unspecified address', [{ type: 'AAAA', value: '::' }], 'records.0.value'],
  ['an alias to an address', [{ type: 'CNAME', value: '192.0.2.1' }], 'records.0.value'],
  ['no number for a TTL', [{ ...a(''), ttl: 'satu' }], 'records.0.ttl'],
  ['a fraction for a TTL', [{ ...a(''), ttl: 1.5 }], 'records.0.ttl'],
  ['the same twice', [a(''), a('@')], 'records.1.value'],
  [
    'a mail server without address',
    [
      { type: 'MX', value: '10 surel.dinas.contohkab.go.id' },
      { name: 'surel', type: 'TXT', value: 'x' },
    ],
    'records.0.value',
  ],
  [
    'a mail server that is an alias',
    [
      { type: 'MX', value: '10 surel.dinas.contohkab.go.id' },
      { name: 'surel', type: 'CNAME', value: 'a.contoh.example' },
    ],
    'records.0.value',
  ],
  [
    'text below a delegation',
    [
      { name: 'anak', type: 'NS', value: 'ns1.anak.dinas.contohkab.go.id' },
      a('ns1.anak'),
      { name: 'x.anak', type: 'TXT', value: 'x' },
    ],
    'records.2.name',
  ],
  ['too many rows', Array.from({ length: 61 }, (_, no) => a(`n${no}`)), 'records'],
  [
    'too long a table',
    Array.from({ length: 5 }, (_, no) => ({
      name: `n${no}`,
      type: 'TXT',
      value: 'x'.repeat(3_000),
    })),
    'records',
  ],
]

for (const [what, rows, field] of refused)
  test(`${what} is refused at ${field}`, () => {
    const { issues } = read(...rows)
    assert.ok(
      issues.some((issue) => issue.field === field),
      JSON.stringify(issues),
    )
    for (const { text } of issues) assert.ok(text.id.length > 10 && text.en.length > 10)
  })

test('a whole table of every type is read, and its rows lead back to it', () => {
  const { sets, issues } = read(
    a('', '192.0.2.1'),
    a('', '192.0.2.2'),
    { type: 'AAAA', value: '2001:DB8::1' },
    { type: 'MX', value: '10 surel.dinas.contohkab.go.id' },
    a('surel'),
    { type: 'TXT', value: 'v=spf1 mx ~all' },
    { name: 'www', type: 'CNAME', value: 'dinas.contohkab.go.id' },
    { name: '_sip._tcp', type: 'SRV', value: '0 5 5060 surel.dinas.contohkab.go.id', ttl: 600 },
    { type: 'CAA', value: '0 issue "ca.contoh.example"' },
    { name: 'anak', type: 'NS', value: 'ns1.anak.dinas.contohkab.go.id' },
    a('ns1.anak'),
  )
  assert.deepEqual(issues, [])
  assert.equal(sets.length, 10)
  assert.deepEqual(sets[0]!.values, ['192.0.2.1', '192.0.2.2'])
  assert.deepEqual(sets.find(({ type }) => type === 'TXT')!.values, ['"v=spf1 mx ~all"'])
  const again = read(...recordRowsOf(sets))
  assert.deepEqual(
    new Set(again.sets.map((set) => JSON.stringify(set))),
    new Set(sets.map((set) => JSON.stringify(set))),
  )
})
