import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { readCsv, recordsOf } from '../../../src/domain/csv/read.ts'
import { byteOrderMark, csvRows } from '../../../src/domain/csv/write.ts'
import { plainText } from '../../../src/domain/sheets/columns.ts'
import { Refused } from '../../../src/domain/refused.ts'

const limits = { maxBytes: 10_000, maxRows: 50 }
const read = (text: string) => readCsv(Buffer.from(text), limits)

describe('reading CSV', () => {
  test('keeps commas, quotes and line breaks inside quoted cells, and counts lines of the file', () => {
    const rows = read('nama,alamat\r\n"Dinas ""A"", B","Jalan\n1"\r\n\r\nDinas C,\r\n')
    assert.deepEqual(rows, [
      { line: 1, cells: ['nama', 'alamat'] },
      { line: 2, cells: ['Dinas "A", B', 'Jalan\n1'] },
      { line: 5, cells: ['Dinas C', ''] },
    ])
  })

  test('takes semicolons, as spreadsheets in Indonesian write them, and a byte order mark', () => {
    assert.deepEqual(read('\ufeffa;b\n1,5;2\n').at(-1)!.cells, ['1,5', '2'])
  })

  const bad: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['empty', Buffer.from(' \n\n'), /empty/],
    ['Latin-1', Buffer.from([0x61, 0xe9, 0x0a]), /UTF-8/],
    ['UTF-16', Buffer.from('a,b\n', 'utf16le'), /not a CSV|UTF-8/],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004\u0000abc'), /not a CSV/],
    ['an open quote', Buffer.from('a\n"b'), /quotation/],
    ['a quote in the middle', Buffer.from('a\nb"c"'), /quotation/],
    ['too many rows', Buffer.from('a\n'.repeat(60)), /more than 50 rows/],
    ['too long a cell', Buffer.from(`a\n${'x'.repeat(5000)}`), /4000 characters/],
    ['too large', Buffer.alloc(10_001, 0x61), /larger than/],
  ]
  for (const [name, bytes, sentence] of bad) {
    test(`refuses ${name} with a sentence`, () => {
      assert.throws(
        () => readCsv(bytes, limits),
        (error: unknown) => {
          assert.ok(error instanceof Refused)
          const all = [error.text.en, ...error.issues.map((issue) => issue.text.en)].join(' ')
          assert.match(all, sentence)
          return true
        },
      )
    })
  }

  test('names missing, unknown and doubled columns, and rows of another width', () => {
    const columns = { nama: 'required', alamat: 'optional' } as const
    const issues = (text: string) => {
      try {
        recordsOf(read(text), columns)
        return ''
      } catch (error) {
        return (error as Refused).issues.map((issue) => `${issue.field}: ${issue.text.en}`).join('\n')
      }
    }
    assert.match(issues('alamat\nx'), /line 1: .*missing: nama/)
    assert.match(issues('nama,nama\nx,y'), /unknown or doubled: "nama"/)
    assert.match(issues('nama,__proto__\nx,y'), /unknown or doubled: "-proto-"/)
    assert.match(issues('nama,alamat\nx,y\nz'), /line 3: .*2 columns, but has 1/)
    assert.equal(issues('Nama, Alamat\nx,y'), '')
  })
})

describe('writing CSV', () => {
  test('what looks like a formula is text', () => {
    for (const value of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '＝1+1',
      '＠SUM(A1)',
      ' =HYPERLINK("http://x")',
    ])
      assert.match(csvRows([[value]]), /^"?'/, value)
  })

  test('whatever was written is read back, but for the guard against formulas', () => {
    const cell = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\u0000-\u001f]/g, '').trim())
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
        const back = readCsv(Buffer.from(byteOrderMark + csvRows([['a', 'b'], ...rows])), limits).slice(1)
        const kept = rows
          .map((row) => row.map((value) => (/^[=+\-@]/.test(value) ? `'${value}` : value).trim()))
          .filter((row) => row.some((value) => value !== ''))
        assert.deepEqual(
          back.map(({ cells }) => cells),
          kept.map((row) => row.map((value) => plainText(value))),
        )
      }),
    )
  })
})
