import { test } from 'node:test'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  roomOf,
  turnOf,
  type CertificateLimits,
  type SignedCertificate,
} from '../../../src/domain/certificates/budget.ts'
import { gather, type WaitingName } from '../../../src/domain/certificates/gather.ts'
import { MAX_NAMES, covers } from '../../../src/domain/certificates/names.ts'
import { registeredDomainOf } from '../../../src/domain/certificates/registered-domain.ts'

const now = new Date('2026-11-20T03:00:00Z')
const DAY_MS = 86_400_000
const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS)
const site = (label: string | number): string => `situs-${label}.contohkab.go.id`
const signed = (count: number, at: Date, more: Partial<SignedCertificate> = {}): SignedCertificate[] =>
  Array.from({ length: count }, (_, index) => ({ names: [site(index)], at, isExempt: false, ...more }))
const wanted = { names: ['baru.contohkab.go.id'], isExempt: false, ahead: [] }

test('the registered domain of a name', () => {
  const table = {
    'contohkab.go.id': 'contohkab.go.id',
    'dinas.contohkab.go.id': 'contohkab.go.id',
    'Bagian.Dinas.ContohKab.go.id.': 'contohkab.go.id',
    '*.contohkab.go.id': 'contohkab.go.id',
    'contoh.desa.id': 'contoh.desa.id',
    'www.contoh.sch.id': 'contoh.sch.id',
    'www.contoh.id': 'contoh.id',
    'contoh.id': 'contoh.id',
    'www.contoh.example': 'contoh.example',
    'go.id': 'go.id',
    'lego.id': 'lego.id',
    'www.lego.id': 'lego.id',
  }
  for (const [name, domain] of Object.entries(table)) assert.equal(registeredDomainOf(name), domain, name)
})

test('forty-nine in the week leave room for one, fifty make it wait for the oldest to leave the week', () => {
  assert.deepEqual(turnOf(wanted, signed(49, daysAgo(2)), now), { kind: 'now' })
  const expectedAt = new Date(now.getTime() + 5 * DAY_MS)
  assert.deepEqual(turnOf(wanted, signed(50, daysAgo(2)), now), {
    kind: 'queued',
    expectedAt,
    because: 'domain',
  })
  assert.equal(roomOf('contohkab.go.id', signed(49, daysAgo(2)), now), 1)
  assert.equal(roomOf('contohkab.go.id', signed(60, daysAgo(2)), now), 0)
})

test('what is older than a week, was exempt, or belongs to another domain does not count', () => {
  const others = [
    ...signed(50, daysAgo(7)),
    ...signed(50, daysAgo(1), { isExempt: true }),
    ...signed(50, daysAgo(1), { names: ['www.contohkota.go.id'] }),
  ]
  assert.deepEqual(turnOf(wanted, others, now), { kind: 'now' })
})

test('a renewal that the authority asked for never waits', () => {
  assert.deepEqual(turnOf({ ...wanted, isExempt: true }, signed(500, daysAgo(1)), now), { kind: 'now' })
})

test('the sixth certificate for the same names in a week waits, in whatever order they are written', () => {
  const same = signed(5, daysAgo(3), { names: ['b.contohkab.go.id', 'a.contohkab.go.id'] })
  const names = ['A.contohkab.go.id', 'b.contohkab.go.id']
  const expectedAt = new Date(now.getTime() + 4 * DAY_MS)
  assert.deepEqual(turnOf({ ...wanted, names }, same, now), {
    kind: 'queued',
    expectedAt,
    because: 'same-names',
  })
  assert.deepEqual(turnOf({ ...wanted, names: [...names, site(1)] }, same, now), { kind: 'now' })
})

test('who stands ahead comes first', () => {
  const past = [...signed(25, daysAgo(6)), ...signed(25, daysAgo(1))]
  const ahead = (count: number): string[][] =>
    Array.from({ length: count }, (_, index) => [site(`antre-${index}`)])
  const at = (count: number): unknown => turnOf({ ...wanted, ahead: ahead(count) }, past, now)
  const queued = (days: number) => ({
    kind: 'queued',
    expectedAt: new Date(now.getTime() + days * DAY_MS),
    because: 'domain',
  })
  assert.deepEqual(at(0), queued(1))
  assert.deepEqual(at(24), queued(1))
  assert.deepEqual(at(25), queued(6))
  // 25 leave the week tomorrow and 25 in six days; those who take the places then hold them for a week themselves
  assert.deepEqual(at(50), queued(8))
})

const limits: CertificateLimits = { windowMs: 1_000, perDomain: 3, perNames: 2 }

/** Lets time pass, and signs each wish when its turn says so. */
function play(wishes: readonly { readonly label: number; readonly afterMs: number }[]): SignedCertificate[] {
  let time = now.getTime()
  const done: SignedCertificate[] = []
  for (const { label, afterMs } of wishes) {
    time += afterMs
    const turn = turnOf({ names: [site(label)], isExempt: false, ahead: [] }, done, new Date(time), limits)
    if (turn.kind === 'queued') {
      assert.ok(turn.expectedAt.getTime() > time)
      time = turn.expectedAt.getTime()
      const then = turnOf({ names: [site(label)], isExempt: false, ahead: [] }, done, new Date(time), limits)
      assert.deepEqual(then, { kind: 'now' }, 'a time that was told is kept')
    }
    done.push({ names: [site(label)], at: new Date(time), isExempt: false })
  }
  return done
}

test('whatever is asked for, no window ever holds more than the limits', () => {
  const wish = fc.record({ label: fc.nat(3), afterMs: fc.nat(700) })
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      const done = play(wishes)
      for (const { at, names } of done) {
        const end = at.getTime()
        const inWindow = done.filter(
          (each) => each.at.getTime() > end - limits.windowMs && each.at.getTime() <= end,
        )
        assert.ok(inWindow.length <= limits.perDomain)
        assert.ok(inWindow.filter((each) => each.names[0] === names[0]).length <= limits.perNames)
      }
    }),
  )
})

const waiting = (count: number, host = 'situs-1'): WaitingName[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${host}-${index}.contohkab.go.id`, host }))

test('each its own while there is room; grouped or the wildcard when there is not', () => {
  const forms = (names: readonly WaitingName[], room: number, offersWildcard: boolean): string[] =>
    gather(names, { room, offersWildcard }).map(({ form, serves }) => `${form} ${serves.length}`)
  assert.deepEqual(forms(waiting(3), 3, true), ['single 1', 'single 1', 'single 1'])
  assert.deepEqual(forms(waiting(12), 3, false), ['grouped 12'])
  assert.deepEqual(forms(waiting(12), 3, true), ['wildcard 12'])
  assert.deepEqual(forms(waiting(4), 3, true), ['grouped 4'], 'few names need no wildcard')
  assert.deepEqual(forms(waiting(101), 3, false), ['grouped 100', 'single 1'])
  assert.deepEqual(forms([...waiting(2), ...waiting(2, 'situs-2')], 1, true), ['grouped 2', 'grouped 2'])
  assert.deepEqual(forms([], 0, true), [])
})

test('gathering serves every name once, on its own host, and never carries too many names', () => {
  const label = fc.stringMatching(/^[a-z]{1,4}$/)
  const each = fc.record({
    name: fc
      .tuple(label, fc.constantFrom('contohkab.go.id', 'dinas.contohkab.go.id'))
      .map((parts) => parts.join('.')),
    host: fc.constantFrom('satu', 'dua'),
  })
  const lists = fc.uniqueArray(each, { maxLength: 300, selector: ({ name }) => name })
  fc.assert(
    fc.property(lists, fc.nat(50), fc.boolean(), (list, room, offersWildcard) => {
      const made = gather(list, { room, offersWildcard })
      const served = made.flatMap(({ host, serves }) => serves.map((name) => `${host} ${name}`))
      assert.deepEqual(served.toSorted(), list.map(({ host, name }) => `${host} ${name}`).toSorted())
      for (const { names, serves, form } of made) {
        assert.ok(names.length <= MAX_NAMES)
        for (const name of serves) assert.ok(covers(names, name), name)
        assert.ok(offersWildcard || form !== 'wildcard')
      }
    }),
    { numRuns: 50 },
  )
})
