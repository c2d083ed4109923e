import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { Refused } from '../../../src/domain/refused.ts'
import { checkPdfShape } from '../../../src/domain/requests/pdf-shape.ts'

const folder = mkdtempSync(join(tmpdir(), 'ranah-pdf-'))
after(() => rmSync(folder, { recursive: true }))

/** A PDF of these objects, numbered from 1; the first is the catalog. No table: readers rebuild it, the check needs none. */
const pdf = (...objects: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.flatMap((object, index) => [
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]),
    Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`),
  ])

const pages = (count: number) => `<< /Type /Pages /Kids [3 0 R] /Count ${count} >>`
const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'
const letter = (catalog = '', ...more: readonly (string | Buffer)[]) =>
  pdf(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`, pages(1), page, ...more)

/** An object stream that holds one object, packed as told. */
const packed = (object: string, pack: (text: Buffer) => Buffer = deflateSync, filter = '/FlateDecode') => {
  const data = pack(Buffer.from(`9 0 ${object}`))
  return Buffer.concat([
    Buffer.from(`<< /Type /ObjStm /N 1 /First 4 /Filter ${filter} /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ])
}

const bomb = packed('<<>>', () => deflateSync(Buffer.alloc(64 << 20)))

/** The file as qpdf writes it with its objects packed into streams: what most office programs write. */
function throughQpdf(file: Buffer, ...options: readonly string[]): Buffer {
  const [from, to] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')]
  writeFileSync(from, file)
  // 3: written, with a warning about the table that it had to rebuild.
  execFileSync('/usr/bin/qpdf', [...options, '--warning-exit-0', from, to], { stdio: 'ignore' })
  return readFileSync(to)
}

const javascript = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'

describe('what a PDF carries', () => {
  for (const [what, file, carries] of [
    ['a plain letter', letter(), []],
    ['a place to open at, as most writers set', letter('/OpenAction [3 0 R /Fit]'), []],
    ['a script in the catalog', letter(`/OpenAction ${javascript}`), ['script', 'automatic']],
    ['a script by reference', letter('/OpenAction 4 0 R', javascript), ['script', 'automatic']],
    [
      'a comment between key and value',
      letter('/OpenAction % <<\n 4 0 R', javascript),
      ['script', 'automatic'],
    ],
    ['a name with escapes', letter('', '<< /S /J#61va#53cript /JS (x) >>'), ['script']],
    ['a program to start', letter('', '<< /S /Launch /F (calc.exe) >>'), ['launch']],
    ['an act of a page', letter('', '<< /AA << /O 5 0 R >> >>'), ['automatic']],
    [
      'a file inside',
      letter('/Names << /EmbeddedFiles 4 0 R >>', '<< /Type /EmbeddedFile >>'),
      ['attachment'],
    ],
    ['a dynamic form', letter('/AcroForm << /XFA 4 0 R >>'), ['form-xfa']],
    ['a link', letter('', '<< /S /URI /URI (http://192.0.2.1/) >>'), ['external']],
    ['another file', letter('', '<< /S /GoToR /F (//192.0.2.1/x) >>'), ['external']],
    ['a form that is sent away', letter('', '<< /S /SubmitForm /F 4 0 R >>'), ['external']],
    ['a film', letter('', '<< /Subtype /RichMedia >>'), ['media']],
    ['names that only begin alike', letter('/JavaScripts 1 /Launcher 2 /URIx 3 /XFAB 4'), []],
    ['a script in an object stream', letter('', packed(javascript)), ['script']],
    [
      'a script in an object stream that names itself with escapes',
      letter(
        '',
        Buffer.from(packed(javascript).toString('latin1').replace('/ObjStm', '/#4fbjStm'), 'latin1'),
      ),
      ['script'],
    ],
    [
      'a script in a stored block with the word endstream before it',
      letter(
        '',
        packed(`(endstream) ${javascript}`, (text) => deflateSync(text, { level: 0 })),
      ),
      ['script'],
    ],
    [
      'an object stream packed in another way',
      letter(
        '',
        packed('<<>>', (x) => x, '/LZWDecode'),
      ),
      ['unseen'],
    ],
    [
      'a damaged object stream',
      letter(
        '',
        packed('<<>>', () => Buffer.from('x\u009c???')),
      ),
      ['unseen'],
    ],
    ['many bombs', letter('', ...Array.from({ length: 500 }, () => bomb)), ['unseen']],
    ['a bomb, and a script after it', letter('', bomb, packed(javascript)), ['script', 'unseen']],
    [
      'object streams beyond count, the last with a script',
      letter('', ...Array.from({ length: 2000 }, () => packed('<<>>')), packed(javascript)),
      ['unseen'],
    ],
  ] as const)
    test(`${what}: ${carries.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(checkPdfShape(file), { pages: 1, carries })
    })

  test('shows also after another program packed the objects', () => {
    const whole = letter('/OpenAction 4 0 R', javascript)
    const out = throughQpdf(whole, '--object-streams=generate')
    assert.ok(!out.includes('JavaScript'), 'qpdf packed it')
    assert.deepEqual(checkPdfShape(out), { pages: 1, carries: ['script', 'automatic'] })
  })
})

describe('the pages', () => {
  test('are counted by the root of the page tree, packed or not', () => {
    const many = pdf(
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Count 3 /Resources << /Font << >> >> /Kids [3 0 R 4 0 R] /Type /Pages >>',
      page,
      '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2 >>',
      '<< /Type /Page /Parent 4 0 R /MediaBox [0 0 9 9] >>',
      '<< /Type /Page /Parent 4 0 R /MediaBox [0 0 9 9] >>',
    )
    assert.equal(checkPdfShape(many).pages, 3)
    assert.equal(checkPdfShape(throughQpdf(many, '--object-streams=generate')).pages, 3)
    const kids = Array.from({ length: 10_000 }, (_, at) => `${at + 3} 0 R`).join(' ')
    for (const root of [
      `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`,
      `<< /Count 10000 /Kids [ ${kids} ] /Type /Pages >>`,
    ]) {
      const flat = pdf('<< /Type /Catalog /Pages 2 0 R >>', root, ...Array<string>(10_000).fill(page))
      assert.equal(checkPdfShape(flat).pages, 10_000)
      assert.equal(checkPdfShape(throughQpdf(flat, '--object-streams=generate')).pages, 10_000)
    }
    const unclosed = pdf(
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages ${'/Kids [ 1 0 R '.repeat(200_000)}`,
    )
    const before = performance.now()
    assert.equal(checkPdfShape(unclosed).pages, null)
    assert.ok(performance.now() - before < 5000, 'arrays without an end cost no more than their length')
  })

  test('of a later change count, not those before it', () => {
    const changed = Buffer.concat([letter(), Buffer.from(`2 0 obj\n${pages(7)}\nendobj\n%%EOF\n`)])
    assert.equal(checkPdfShape(changed).pages, 7)
  })

  for (const [what, root] of [
    ['no root', '<< >>'],
    ['a number beyond reason', pages(999_999_999)],
    ['a number below nothing', '<< /Type /Pages /Count -1 >>'],
  ] as const)
    test(`are unknown with ${what}`, () => {
      assert.equal(checkPdfShape(pdf('<< /Type /Catalog /Pages 2 0 R >>', root)).pages, null)
    })
})

describe('a PDF is refused', () => {
  for (const [what, file, reason] of [
    ['without a page', pdf('<< /Type /Catalog /Pages 2 0 R >>', pages(0)), 'document-empty'],
    ['locked by a name with escapes', letter('', '<< /Encr#79pt 5 0 R >>'), 'document-encrypted'],
    ['locked with a comment in between', letter('', '<< /Encrypt % so\n5 0 R >>'), 'document-encrypted'],
    ['locked by qpdf', throughQpdf(letter(), '--encrypt', 'a', 'b', '256', '--'), 'document-encrypted'],
    ['without an end', letter().subarray(0, -8), 'document-malformed'],
  ] as const)
    test(what, () => {
      assert.throws(
        () => checkPdfShape(file),
        (error) => error instanceof Refused && error.reason === reason,
      )
    })
})

test('files of the largest size made to be slow are read, and each comes to an end', () => {
  const size = 10 * 1024 * 1024
  for (const piece of [
    'stream\n',
    'obj ',
    '/OpenAction ',
    '/Type /Pages ',
    '<<',
    '#41',
    '/Encrypt%\n',
    '/First/Filter stream\nx',
  ])
    checkPdfShape(Buffer.from(`%PDF-1.7\n${piece.repeat(Math.floor(size / piece.length))}\n%%EOF`))
})
