/** Workbooks as a program reads them that is not ours: what stands in a cell is what was written, and of its kind. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import type { CellValue, Head } from '../../src/domain/sheets/columns.ts'
import { clockOf, momentColumn, plainText } from '../../src/domain/sheets/columns.ts'
import { writeWorkbook } from '../../src/lookups/write-workbook.ts'
import { readWorkbook } from '../support/spreadsheet.ts'

const text: Head = { header: 'Nama', kind: 'text' }

async function* batchesOf(...batches: CellValue[][][]): AsyncGenerator<CellValue[][]> {
  yield* batches
}

const texts = async (values: readonly string[]): Promise<readonly (string | number | null)[]> => {
  const bytes = await writeWorkbook('Uji', [text], batchesOf(values.map((each) => [each])))
  return readWorkbook(bytes)
    .rows.slice(1)
    .map(([cell]) => {
      assert.ok(cell!.type === 's' || cell!.value === null, `${cell!.type}: ${cell!.value}`)
      return cell!.value
    })
}

describe('a workbook', () => {
  test('holds texts as texts, whatever they look like', async () => {
    const hostile = [
      '=HYPERLINK("http://198.51.100.1","klik")',
      '+62 811',
      '-1',
      '@SUM(A1)',
      '\t=1+1',
      '0012345',
      '198501012010011001',
      '1E5',
      '2026-01-02',
      'TRUE',
      '#REF!',
      '<b>&amp;"\'</b>',
      ' rapat di tepi ',
      'baris\ndua',
      '\u202ekanan ke kiri',
      '𝒳 🏛',
    ]
    assert.deepEqual(await texts(hostile), hostile)
  })

  test('stays readable with control characters, halves of characters and what XML may not hold', async () => {
    const sent = ['a\u0000b', 'a\u001bb', 'a\ud800b', 'a\udc00', 'a\uffffb', 'a\r\nb', 'a\rb', 'a\u0085b']
    assert.deepEqual(await texts(sent), ['a�b', 'a�b', 'a�b', 'a�', 'a�b', 'a\nb', 'a�b', 'a�b'])
  })

  test('shields what Excel would read as a coded character, and cuts what is too long for a cell', async () => {
    const [coded, long] = await texts(['_x0041_', 'x'.repeat(40_000)])
    assert.equal(coded, '_x005F_x0041_')
    assert.equal(String(long).length, 32_767)
    assert.ok(String(long).endsWith('…'))
  })

  test('holds any text', async () => {
    const sample = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), 300)
    const coded = (each: string) => plainText(each).replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    assert.deepEqual(await texts(sample), sample.map(coded))
  })

  test('has dates as dates of the office, numbers as numbers, its header frozen and its columns wide enough', async () => {
    const moment = momentColumn<Date>('Diterima', clockOf('Asia/Makassar'), (at) => at)
    const heads: Head[] = [
      text,
      moment,
      { header: 'Tanggal', kind: 'day' },
      { header: 'Layanan', kind: 'number' },
    ]
    // Half past ten in the evening UTC is the next morning in Makassar.
    const at = moment.read(new Date('2026-11-26T22:30:15Z'))
    const row = ['Badan Contoh yang namanya panjang', at, '2024-02-29', 12]
    const book = readWorkbook(
      await writeWorkbook(
        'Surat/masuk: semua [2026] yang panjang sekali',
        heads,
        batchesOf([row], [[null, null, null, null], row]),
      ),
    )
    assert.deepEqual(book.sheets, ['Surat masuk  semua  2026  yang '.trimEnd()])
    assert.equal(book.frozen, 'A2')
    assert.deepEqual(
      book.rows[0]!.map(({ value }) => value),
      ['Nama', 'Diterima (WITA)', 'Tanggal', 'Layanan'],
    )
    const [name, received, day, count] = book.rows[3]!
    assert.equal(book.rows.length, 4)
    assert.deepEqual(name, { value: row[0], type: 's', format: '@' })
    assert.deepEqual(
      [received!.type, String(received!.value).slice(0, 16), received!.format],
      ['d', '2026-11-27T06:30', 'dd/mm/yyyy\\ hh:mm'],
    )
    assert.deepEqual([day!.type, String(day!.value).slice(0, 10)], ['d', '2024-02-29'])
    assert.deepEqual([count!.type, count!.value], ['n', 12])
    assert.deepEqual(book.widths, [35, 18, 12, 10])
  })

  test('is a sound archive, and a table without rows still has its header', async () => {
    const bytes = await writeWorkbook('Kosong', [text], batchesOf())
    assert.deepEqual(readWorkbook(bytes).rows.length, 1)
    const folder = mkdtempSync(join(tmpdir(), 'ranah-xlsx-'))
    try {
      writeFileSync(join(folder, 'a.xlsx'), bytes)
      const told = execFileSync('/usr/bin/python3', ['-m', 'zipfile', '-t', join(folder, 'a.xlsx')])
      assert.match(told.toString(), /Done testing/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('takes the next batch only when the one before is packed', async () => {
    let alive = 0
    let most = 0
    async function* counted(): AsyncGenerator<CellValue[][]> {
      for (let batch = 0; batch < 40; batch += 1) {
        alive += 1
        most = Math.max(most, alive)
        yield Array.from({ length: 500 }, (_, index) => [`baris ${batch} ${index} ${'isi '.repeat(20)}`])
        alive -= 1
      }
    }
    const bytes = await writeWorkbook('Banyak', [text], counted())
    assert.equal(most, 1)
    assert.equal(readWorkbook(bytes).rows.length, 20_001)
  })

  test('of the same rows is the same file, and a failing read leaves none', async () => {
    const one = await writeWorkbook('Sama', [text], batchesOf([['a']]))
    assert.deepEqual(await writeWorkbook('Sama', [text], batchesOf([['a']])), one)
    async function* broken(): AsyncGenerator<CellValue[][]> {
      yield [['a']]
      throw new Error('the database went away')
    }
    await assert.rejects(writeWorkbook('Rusak', [text], broken()), /went away/)
  })
})
