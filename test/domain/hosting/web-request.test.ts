import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { contentTypeOf, isServerScript } from '../../../src/domain/hosting/content-type.ts'
import { escapeHtml, titleOf } from '../../../src/domain/hosting/html.ts'
import { startingPage } from '../../../src/domain/hosting/host-pages.ts'
import { isSiteName, siteNameOf } from '../../../src/domain/hosting/site.ts'
import {
  byteRangeOf,
  folderAddress,
  isNotModified,
  rangeApplies,
  sitePathOf,
} from '../../../src/domain/hosting/web-request.ts'

test('no spelling of an address yields a component that leaves the site or is hidden', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%00',
    '/',
    'a',
    '%',
    '%25',
    '\\',
    '.env',
    '%c0%ae',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = sitePathOf(`/${pieces.join('')}`)
      for (const [index, component] of (path?.components ?? []).entries()) {
        assert.ok(component !== '' && !/[/\\\0]/.test(component))
        assert.ok(!component.startsWith('.') || (index === 0 && component === '.well-known'))
      }
    }),
    { numRuns: 1_000 },
  )
})

test('a path is decoded once', () => {
  assert.deepEqual(sitePathOf('/a%20b/%C3%A9.html'), { components: ['a b', 'é.html'], isFolder: false })
  assert.deepEqual(sitePathOf('/%252e%252e/x')?.components, ['%2e%2e', 'x'])
  assert.deepEqual(sitePathOf('/'), { components: [], isFolder: true })
  for (const bad of ['', 'a', '//', '//a', '/a//', '/%zz', `/${'a/'.repeat(41)}`, `/${'x'.repeat(256)}`]) {
    assert.equal(sitePathOf(bad), null, bad)
  }
})

test('the address of a folder never names another host', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (components) => {
      const base = 'http://aset.contohkab.go.id'
      if (components.some((part) => /[\ud800-\udfff]/.test(part))) return
      assert.equal(new URL(folderAddress(components), base).origin, base)
    }),
  )
})

test('ranges stay within the file', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(100), fc.nat(120), fc.nat(120), (junk, size, from, to) => {
      for (const header of [junk, `bytes=${from}-${to}`, `bytes=-${from}`, `bytes=${from}-`]) {
        const range = byteRangeOf(header, size)
        if (typeof range === 'string') continue
        assert.ok(range.start >= 0 && range.start <= range.end && range.end < size)
      }
    }),
  )
  assert.deepEqual(byteRangeOf('bytes=0-0', 5), { start: 0, end: 0 })
  assert.deepEqual(byteRangeOf('bytes=-9', 5), { start: 0, end: 4 })
  assert.equal(byteRangeOf('bytes=-0', 5), 'unsatisfiable')
  assert.equal(byteRangeOf('bytes=5-', 5), 'unsatisfiable')
  assert.equal(byteRangeOf('bytes=0-', 0), 'unsatisfiable')
  assert.equal(byteRangeOf('bytes=3-1', 5), 'whole')
  assert.equal(byteRangeOf('bytes=0-1,3-4', 5), 'whole')
})

test('conditions: the tag wins over the date', () => {
  const validators = { etag: '"a"', modifiedMs: Date.UTC(2026, 0, 2) + 400 }
  const date = new Date(validators.modifiedMs).toUTCString()
  assert.ok(isNotModified({ 'if-none-match': 'W/"x", "a"' }, validators))
  assert.ok(!isNotModified({ 'if-none-match': '"b"', 'if-modified-since': date }, validators))
  assert.ok(isNotModified({ 'if-modified-since': date }, validators))
  assert.ok(!isNotModified({ 'if-modified-since': 'kemarin' }, validators))
  assert.ok(rangeApplies({ 'if-range': date }, validators))
  assert.ok(!rangeApplies({ 'if-range': 'W/"a"' }, validators))
})

test('host headers and site names', () => {
  assert.equal(siteNameOf('Aset.ContohKab.go.id:8081'), 'aset.contohkab.go.id')
  assert.equal(siteNameOf('aset.contohkab.go.id.'), 'aset.contohkab.go.id')
  for (const bad of [
    undefined,
    '',
    'localhost',
    '[::1]:80',
    'a..b',
    'a_b.go.id',
    '../x',
    'a.b:x',
    '-a.go.id',
  ]) {
    assert.equal(siteNameOf(bad), null, String(bad))
  }
  assert.ok(isSiteName(`${'a'.repeat(63)}.go.id`))
  assert.ok(!isSiteName(`${'a'.repeat(64)}.go.id`))
  assert.ok(!isSiteName(Array.from({ length: 128 }, () => 'a').join('.')))
})

test('a title survives the starting page and the reading back, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (title) => {
      const page = startingPage({ fqdn: 'a.b.go.id', title, agency: title })
      assert.doesNotMatch(
        page.replace(/<\/?(title|style|main|h1|p|html|head|body|meta|!DOCTYPE)[^<]*/g, ''),
        /</,
      )
      assert.equal(
        titleOf(page),
        title
          .replace(/[\u0000-\u001f\u007f]/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
    }),
  )
  assert.equal(escapeHtml(`<&"'>`), '&lt;&amp;&quot;&#39;&gt;')
  assert.equal(titleOf('<html><body>tanpa judul'), null)
  assert.equal(titleOf('<title>&#0;&constructor;&#x110000;</title>'), '&#0;&constructor;&#x110000;')
})

test('types', () => {
  assert.equal(contentTypeOf('A.HTML'), 'text/html; charset=utf-8')
  assert.equal(contentTypeOf('data'), 'application/octet-stream')
  assert.equal(contentTypeOf('constructor'), 'application/octet-stream')
  assert.equal(contentTypeOf('a.constructor'), 'application/octet-stream')
  assert.ok(isServerScript('x.PhP') && !isServerScript('php.html'))
})
