import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Script } from 'node:vm'
import { crc32, deflateSync } from 'node:zlib'
import { parseHolidayCsv } from '../../src/domain/calendar/holidays.ts'
import { titleOf } from '../../src/domain/hosting/html.ts'
import { Refused } from '../../src/domain/refused.ts'
import { checkLogo, logoTypeOf, maxLogoBytes } from '../../src/domain/office/logo.ts'

/** Texts made to keep an expression busy: each took seconds to minutes, and the portal with it. */

/** Far above what any of them takes (milliseconds), far below what they took. */
const endsWithinMs = 3_000

/** Ends a run that does not come to its end, which a test's own timeout cannot while no event is handled. */
function bounded<T>(run: () => T): T {
  const holder = globalThis as { boundedRun?: () => T }
  holder.boundedRun = run
  try {
    return new Script('globalThis.boundedRun()').runInThisContext({ timeout: endsWithinMs }) as T
  } finally {
    delete holder.boundedRun
  }
}

const fill = (text: string, length: number): string =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length)

test('the title of a page that never closes its tags', () => {
  for (const text of ['<title', '<title>', '<title a="', '<title>a</title '])
    assert.doesNotThrow(() => bounded(() => titleOf(fill(text, 256 * 1024))))
  assert.equal(titleOf('<p><TITLE lang=id>\n Sedang &amp; rusak </TITLE >'), 'Sedang & rusak')
  assert.equal(titleOf('<titlebar>a</titlebar><title>b</title>'), 'b')
  assert.equal(titleOf('<title>a'), null)
  assert.equal(titleOf('<title'), null)
})

test('a logo of the largest size with what its checks look for, over and over', () => {
  const room = maxLogoBytes - 100
  for (const text of ['<use ', 'href=', 'href', 'url(', ' on', ' onload', '<', '<x:', 'expression', '&#'])
    for (const after of ['', ' '.repeat(room / 2)]) {
      const source = `<svg>${fill(text, room - after.length)}${after}#`
      assert.match(
        bounded(() => outcome(Buffer.from(source))),
        /^(?:taken|logo-refused)$/,
      )
    }
  for (const text of ['<!---->', '<!-- ', '<?xml', ' '])
    assert.equal(
      bounded(() => logoTypeOf(Buffer.from(fill(text, 1000)))),
      undefined,
    )
})

test('what the new checks of a logo let through and what not', () => {
  const svg = (content: string): Buffer =>
    Buffer.from(
      `\ufeff<?xml version="1.0"?>\n<!-- a --><!---->\n<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`,
    )
  for (const good of [
    '<path d="M0 0" fill="url(#a)"/><use href="#a"/><use xlink:href = "#a"/>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<text>href</text>',
  ])
    assert.equal(checkLogo(svg(good)), 'image/svg+xml', good)
  for (const bad of [
    '<script>alert(1)</script>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<use href="https://luar.example/a.svg#b"/>',
    '<image href         ="https://luar.example/a.png"/>',
    '<image href=\n"//luar.example/a.png"/>',
    '<rect fill="url( https://luar.example/a )"/>',
    `<rect fill="url(${' '.repeat(9)}https://luar.example/a)"/>`,
    '<rect onclick="x"/>',
    '<a href="javascript:alert(1)"/>',
    '<image src="data:text/html;base64,AAAA"/>',
  ])
    assert.throws(() => checkLogo(svg(bad)), { reason: 'logo-refused' }, bad)
})

/** A picture of zeros: 30,000 by 30,000 pixels need 110 KB as a file and 3.6 GB drawn. */
function pngOf(width: number, height: number): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
    const octets = Buffer.alloc(8)
    octets.writeUInt32BE(content.length, 0)
    octets.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([octets.subarray(0, 4), named, octets.subarray(4)])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...chunks])
}

test('a small picture that is gigabytes when drawn is no logo, nor in one', () => {
  const bomb = pngOf(30_000, 30_000)
  assert.ok(bomb.length < maxLogoBytes, String(bomb.length))
  const carrying = (png: Buffer) =>
    Buffer.from(`<svg><image href="data:image/png;base64,${png.toString('base64')}"/></svg>`)
  for (const logo of [bomb, carrying(bomb)])
    assert.throws(() => checkLogo(logo), { reason: 'logo-too-large', status: 413 })
  for (const logo of [pngOf(4_000, 4_000), carrying(pngOf(200, 200))]) assert.ok(checkLogo(logo))
})

test('a holiday file of spaces, quotes and commas', () => {
  // 4,000 blanks before a stray quote took 14 seconds, and eight times as long for twice as many
  assert.throws(() => bounded(() => parseHolidayCsv(`tanggal,nama,jenis\n${fill(' ', 100_000)}x"`)), {
    reason: 'holiday-file',
  })
  for (const line of [' ', '"', '""', ' "', '," ', 'x" '])
    assert.throws(() => bounded(() => parseHolidayCsv(`tanggal,nama,jenis\n${fill(line, 200_000)}`)), {
      reason: 'holiday-file',
    })
})

function outcome(logo: Buffer): string {
  try {
    checkLogo(logo)
    return 'taken'
  } catch (error) {
    return error instanceof Refused ? error.reason : String(error)
  }
}
