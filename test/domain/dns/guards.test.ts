import { test } from 'node:test'
import assert from 'node:assert/strict'
import { compareZones } from '../../../src/domain/dns/compare.ts'
import { pointersTo, refuseDangling } from '../../../src/domain/dns/dangling.ts'
import { planChanges, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import { guardPlan, impactOf } from '../../../src/domain/dns/plan-guard.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { Refused } from '../../../src/domain/refused.ts'

const zone = 'contohkab.go.id'
const set = (label: string, type: string, values: string[], ttl = 300): Rrset => ({
  name: label === '@' ? zone : `${label}.${zone}`,
  type,
  ttl,
  values,
})

function removing(count: number): DnsPlan {
  const current = Array.from({ length: count }, (_, index) => set(`n${index}`, 'A', ['192.0.2.1']))
  return planChanges({ zone, current, desired: current.map((each) => ({ ...each, values: [] })) })
}

const refusal = (run: () => void): Refused => {
  try {
    run()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('not refused')
}

test('a plan that touches much of a zone is held back with its number', () => {
  guardPlan(impactOf(removing(10), 100))
  const error = refusal(() => guardPlan(impactOf(removing(11), 100)))
  assert.equal(error.reason, 'dns-plan-unsafe')
  assert.match(error.text.id, /11 dari 100 kumpulan record \(11%\)/)
  guardPlan(impactOf(removing(11), 100), { approvedNumber: 11 })
  assert.equal(
    refusal(() => guardPlan(impactOf(removing(12), 100), { approvedNumber: 11 })).reason,
    'dns-plan-unsafe',
  )
})

test('a small zone may still change, a new name always, and a count that is too low harms nothing', () => {
  guardPlan(impactOf(removing(5), 6))
  assert.equal(refusal(() => guardPlan(impactOf(removing(6), 6))).reason, 'dns-plan-unsafe')
  assert.match(refusal(() => guardPlan(impactOf(removing(8), 0))).text.en, /8 of 8 record sets \(100%\)/)
  const adding = Array.from({ length: 500 }, (_, index) => set(`b${index}`, 'A', ['192.0.2.1']))
  guardPlan(impactOf(planChanges({ zone, current: [], desired: adding }), 10))
  guardPlan(impactOf(removing(50), 100), { limits: { share: 0.5, sets: 0 } })
})

test('every kind of record that points to what goes is found', () => {
  const situs = `situs.${zone}`
  const sets = [
    set('alias', 'CNAME', [`${situs}.`]),
    set('@', 'MX', ['10 mail.contoh.id.', `20 ${situs}.`]),
    set('_https._tcp', 'SRV', [`1 2 443 ${situs}.`]),
    set('anak', 'NS', [`${situs}.`, 'ns.example.org.']),
    set('kembar', 'A', ['192.0.2.7', '192.0.2.8']),
    set('kembar', 'AAAA', ['2001:db8::7']),
    set('teks', 'TXT', [`"${situs}."`]),
    set('mirip', 'CNAME', [`x${situs}.`]),
  ]
  const going = { names: [situs], addresses: ['192.0.2.7', '2001:db8::7'] }
  assert.deepEqual(
    pointersTo(going, sets).map(({ name, type }) => `${name.replace(`.${zone}`, '')} ${type}`),
    ['alias CNAME', `${zone} MX`, '_https._tcp SRV', 'anak NS', 'kembar A', 'kembar AAAA'],
  )
  const error = refusal(() => refuseDangling(going, sets))
  assert.equal(error.reason, 'dns-dangling')
  assert.match(error.text.en, /6 records still point to it: alias\.contohkab\.go\.id CNAME situs/)
  refuseDangling({ names: [`lain.${zone}`], addresses: ['192.0.2.70'] }, sets)
})

test('a wildcard that goes takes what only it answered for', () => {
  const sets = [
    set('a', 'CNAME', [`x.acara.${zone}.`]),
    set('b', 'CNAME', [`tetap.acara.${zone}.`]),
    set('c', 'CNAME', [`acara.${zone}.`]),
    set('tetap.acara', 'A', ['192.0.2.1']),
  ]
  const going = { names: [`*.acara.${zone}`], addresses: [] }
  assert.deepEqual(
    pointersTo(going, sets).map(({ name }) => name),
    [`a.${zone}`],
  )
})

test('a zone is compared with the registry: missing, unexpected, different, and what is the server its own', () => {
  const soa = set('@', 'SOA', [`ns1.${zone}. h.${zone}. 7 1 1 1 1`])
  const live = [
    soa,
    set('sama', 'A', ['192.0.2.1']),
    set('ttl', 'A', ['192.0.2.1'], 60),
    set('isi', 'A', ['192.0.2.2']),
    set('asing', 'A', ['192.0.2.9']),
    set('sama', 'RRSIG', ['\\# 1 00']),
  ]
  const registered = [
    { ...soa, values: [`ns1.${zone}. h.${zone}. 1 1 1 1 1`] },
    set('sama', 'A', ['192.0.2.1']),
    set('ttl', 'A', ['192.0.2.1']),
    set('isi', 'A', ['192.0.2.1']),
    set('hilang', 'TXT', ['"x"']),
  ]
  assert.deepEqual(
    compareZones(live, registered).map(({ kind, name, type }) => `${kind} ${name} ${type}`),
    [
      `unexpected asing.${zone} A`,
      `missing hilang.${zone} TXT`,
      `differs isi.${zone} A`,
      `differs ttl.${zone} A`,
    ],
  )
  assert.deepEqual(compareZones(registered, registered), [])
  assert.deepEqual(compareZones([], []), [])
})
