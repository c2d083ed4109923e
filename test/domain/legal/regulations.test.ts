import { test } from 'node:test'
import assert from 'node:assert/strict'
import { citationsIn, revokedWarnings, statusOf } from '../../../src/domain/legal/regulations.ts'

test('a cited regulation has the status that is known, whichever way it is written', () => {
  const revoked = { status: 'revoked', revokedBy: 'Permenkomdigi 5/2025' }
  const cases: [Parameters<typeof statusOf>[0], object][] = [
    [{ kind: 'Permenkominfo', number: '5', year: 2015 }, revoked],
    [{ kind: 'Peraturan Menteri Komunikasi dan Informatika', number: '10', year: 2015 }, revoked],
    [
      { kind: 'Peraturan Menteri', issuer: 'Menteri Komunikasi dan Informatika', number: '05', year: 2015 },
      revoked,
    ],
    [
      { kind: 'Peraturan Menteri', issuer: 'Menteri Komunikasi dan Digital', number: '5', year: 2025 },
      { status: 'in-force' },
    ],
    [{ kind: 'Peraturan Menteri PAN RB', number: '35', year: 2012 }, { status: 'in-force' }],
    [{ kind: 'Peraturan Badan Siber dan Sandi Negara', number: '4', year: 2021 }, { status: 'in-force' }],
    [
      { kind: 'Peraturan Menteri', issuer: 'Menteri Dalam Negeri', number: '5', year: 2015 },
      { status: 'unknown' },
    ],
    [{ kind: 'Peraturan Menteri', number: '5', year: 2015 }, { status: 'unknown' }],
    [{ kind: 'Permenkominfo', number: '8', year: 2019 }, { status: 'unknown' }],
    [{ kind: 'Peraturan Bupati', issuer: 'Bupati Contoh', number: '27', year: 2022 }, { status: 'unknown' }],
    [{ kind: '', number: '', year: 0 }, { status: 'unknown' }],
  ]
  for (const [citation, expected] of cases)
    assert.deepEqual(statusOf(citation), expected, JSON.stringify(citation))
})

test('citations are found in running text, each with its own maker', () => {
  const text =
    'Berdasarkan Undang-Undang Nomor 27 Tahun 2022, Permenkominfo 5/2015 dan Peraturan Menteri Komunikasi\n' +
    'dan Informatika; Peraturan Menteri Komunikasi dan Informatika Nomor 10 Tahun 2015 tentang PSE; ' +
    'Peraturan Bupati Contoh Nomor 61 Tahun 2023; Peraturan BSSN No. 4 Tahun 2021.'
  assert.deepEqual(
    citationsIn(text).map(({ kind, number, year, status }) => `${kind} ${number}/${year} ${status}`),
    [
      'uu 27/2022 in-force',
      'permenkominfo 5/2015 revoked',
      'permenkominfo 10/2015 revoked',
      'perbssn 4/2021 in-force',
    ],
  )
  assert.equal(revokedWarnings(text).length, 2)
  assert.match(
    revokedWarnings(text)[0]!.id,
    /Permenkominfo 5\/2015" sudah dicabut oleh Permenkomdigi 5\/2025/,
  )
})

test('a hostile text is searched in bounded time', () => {
  const started = performance.now()
  citationsIn('peraturan '.repeat(50_000))
  citationsIn(`permen${' '.repeat(200_000)}`)
  assert.ok(performance.now() - started < 60_000)
})
