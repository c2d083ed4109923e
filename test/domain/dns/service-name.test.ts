import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { parseServiceName } from '../../../src/domain/dns/service-name.ts'
import { Refused } from '../../../src/domain/refused.ts'

const zone = 'contohkab.go.id'

test('good names come out canonical, from a label or from the full name', () => {
  const good: readonly [string, string][] = [
    ['perpustakaan', 'perpustakaan'],
    ['  Perpustakaan ', 'perpustakaan'],
    ['PERPUSTAKAAN.ContohKab.go.id', 'perpustakaan'],
    ['arsip.perpustakaan', 'arsip.perpustakaan'],
    ['112', '112'],
    ['e-office', 'e-office'],
    ['a', 'a'],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['situs.mailing', 'situs.mailing'],
  ]
  for (const [input, label] of good) {
    assert.deepEqual(parseServiceName(input, zone), { fqdn: `${label}.${zone}`, label, zone }, input)
  }
})

test('each bad name is refused for its own reason, in both languages', () => {
  const bad: readonly [string, string][] = [
    ['', 'name-empty'],
    ['   ', 'name-empty'],
    ['.situs', 'name-empty-label'],
    ['a..b', 'name-empty-label'],
    ['situs.', 'name-trailing-dot'],
    [`situs.${zone}.`, 'name-trailing-dot'],
    ['dua kata', 'name-space'],
    ['dua\u00a0kata', 'name-space'],
    ['tab\tnama', 'name-space'],
    ['nul\u0000nama', 'name-invisible-character'],
    ['situs\u200bku', 'name-invisible-character'],
    ['situs\u202eku', 'name-invisible-character'],
    ['https://situs.contohkab.go.id/', 'name-url'],
    ['dіnas', 'name-confusable'],
    ['ｄｉｎａｓ', 'name-confusable'],
    ['café', 'name-confusable'],
    ['situs。ku', 'name-unicode'],
    ['情報', 'name-unicode'],
    ['situs😀', 'name-unicode'],
    ['dinas_contoh', 'name-underscore'],
    ['dinas@contoh', 'name-character'],
    ["dinas'--", 'name-character'],
    ['-dinas', 'name-edge-hyphen'],
    ['dinas-', 'name-edge-hyphen'],
    ['dinas.-x', 'name-edge-hyphen'],
    ['xn--bcher-kva', 'name-punycode'],
    ['ab--cd', 'name-punycode'],
    ['a'.repeat(64), 'name-label-too-long'],
    [Array.from({ length: 5 }, () => 'a'.repeat(60)).join('.'), 'name-too-long'],
    ['a'.repeat(5000), 'name-too-long'],
    [zone, 'name-is-zone'],
    ['situs.kabupatenlain.go.id', 'name-outside-zone'],
    ['www.situs', 'name-www'],
    ['www', 'name-reserved'],
    ['WWW', 'name-reserved'],
    ['mail', 'name-reserved'],
    ['x.mail', 'name-reserved'],
    ['ns1', 'name-reserved'],
    ['_acme-challenge', 'name-reserved'],
    ['_acme-challenge.situs', 'name-reserved'],
    ['autodiscover.situs', 'name-reserved'],
    ['wpad.situs', 'name-reserved'],
    ['localhost', 'name-reserved'],
    ['admin', 'name-reserved'],
  ]
  for (const [input, reason] of bad) {
    assert.throws(
      () => parseServiceName(input, zone),
      (error) => {
        assert.ok(error instanceof Refused, input)
        assert.equal(error.reason, reason, JSON.stringify(input))
        assert.ok(error.text.id.length > 20 && error.text.en.length > 20 && error.text.id !== error.text.en)
        assert.equal(error.issues[0]?.field, 'name')
        return true
      },
    )
  }
})

test('whatever is typed is either refused or a host name under the zone', () => {
  const input = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.stringMatching(/^[a-zA-Z0-9.-]{1,80}$/),
  )
  fc.assert(
    fc.property(input, (text) => {
      try {
        const { fqdn } = parseServiceName(text, zone)
        assert.match(fqdn, /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+contohkab\.go\.id$/)
        assert.ok(fqdn.length <= 253)
      } catch (error) {
        assert.ok(error instanceof Refused, String(error))
      }
    }),
    { numRuns: 500 },
  )
})
