import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  certificateNames,
  challengeName,
  covers,
  isProvableIn,
} from '../../../src/domain/certificates/names.ts'
import { mayReplace, renewAt } from '../../../src/domain/certificates/renewal.ts'

const notBefore = new Date('2026-11-01T00:00:00Z')
const notAfter = new Date('2027-01-30T00:00:00Z')
const certificate = { notBefore, notAfter, serial: '0a1b2c' }
const thirdLeft = new Date('2026-12-31T00:00:00Z')
const day = (text: string): Date => new Date(`${text}T00:00:00Z`)

test('without a word of the authority a certificate is renewed when a third of its lifetime is left', () => {
  assert.deepEqual(renewAt(certificate), thirdLeft)
})

test('the window of the authority decides, at the same moment each time, and spread over it', () => {
  const window = { start: day('2026-11-10'), end: day('2026-11-12') }
  const at = renewAt(certificate, window)
  assert.deepEqual(renewAt(certificate, window), at)
  const moments = new Set<number>()
  for (let index = 0; index < 200; index += 1) {
    const each = renewAt({ ...certificate, serial: `serial-${index}` }, window)
    assert.ok(each >= window.start && each < window.end)
    moments.add(Math.floor((each.getTime() - window.start.getTime()) / 3_600_000))
  }
  assert.ok(moments.size > 40, 'nearly every hour of the two days is used')
})

test('a window that says nothing, or comes too late, changes nothing', () => {
  const table = [
    { start: day('2026-11-12'), end: day('2026-11-10') },
    { start: day('2026-11-12'), end: day('2026-11-12') },
    { start: notAfter, end: day('2030-01-01') },
    { start: new Date(Number.NaN), end: new Date(Number.NaN) },
  ]
  for (const window of table) assert.deepEqual(renewAt(certificate, window), thirdLeft)
})

test('a certificate is never due after it ends, whatever the authority says', () => {
  const date = fc.date({ noInvalidDate: true, min: day('2020-01-01'), max: day('2040-01-01') })
  fc.assert(
    fc.property(date, date, fc.string(), (start, end, serial) => {
      assert.ok(renewAt({ ...certificate, serial }, { start, end }) <= notAfter)
    }),
  )
})

test('a new certificate takes the place of another only when it makes nothing worse', () => {
  const now = day('2026-12-01')
  const name = 'dinas.contohkab.go.id'
  const current = { notBefore, notAfter }
  const next = { notBefore: day('2026-11-30'), notAfter: day('2027-02-28'), names: [name] }
  assert.ok(mayReplace(undefined, next, name, now))
  assert.ok(mayReplace(current, next, name, now))
  assert.ok(mayReplace(current, { ...next, names: ['*.contohkab.go.id'] }, name, now))
  const worse = {
    'for another name': { ...next, names: ['lain.contohkab.go.id'] },
    'ends sooner': { ...next, notAfter: day('2027-01-01') },
    'ended already': { ...next, notAfter: day('2026-11-30') },
    'not yet valid': { ...next, notBefore: day('2026-12-02') },
  }
  for (const [why, each] of Object.entries(worse)) assert.ok(!mayReplace(current, each, name, now), why)
  assert.ok(
    mayReplace(
      { notBefore, notAfter: day('2026-11-20') },
      { ...next, notAfter: day('2026-12-02') },
      name,
      now,
    ),
    'anything valid is better than what has ended',
  )
})

test('what a name is covered by', () => {
  const table: readonly (readonly [string, string, boolean])[] = [
    ['dinas.contoh.id', 'dinas.contoh.id', true],
    ['DINAS.contoh.id.', 'dinas.contoh.id', true],
    ['*.contoh.id', 'dinas.contoh.id', true],
    ['*.contoh.id', 'contoh.id', false],
    ['*.contoh.id', 'a.b.contoh.id', false],
    ['*.contoh.id', '*.contoh.id', true],
    ['*.contoh.id', 'dinas.contoh.id.lain', false],
    ['contoh.id', '*.contoh.id', false],
  ]
  for (const [own, name, is] of table) assert.equal(covers([own], name), is, `${own} for ${name}`)
})

test('where a proof stands, and in which zone it can stand', () => {
  assert.equal(challengeName('*.Contoh.id.'), '_acme-challenge.contoh.id')
  assert.equal(challengeName('dinas.contoh.id'), '_acme-challenge.dinas.contoh.id')
  assert.ok(isProvableIn('contoh.id', ['contoh.id', '*.contoh.id', 'a.b.contoh.id']))
  assert.ok(!isProvableIn('contoh.id', ['contoh.id', 'xcontoh.id']))
  assert.deepEqual(certificateNames(['B.contoh.id', 'a.contoh.id', 'b.contoh.id.']), [
    'a.contoh.id',
    'b.contoh.id',
  ])
})
