import { test } from 'node:test'
import assert from 'node:assert/strict'
import { batchesOf, holds, planChanges, planLines, undoOf } from '../../../src/domain/dns/plan.ts'
import type { Rrset } from '../../../src/domain/dns/records.ts'
import { Refused } from '../../../src/domain/refused.ts'

const zone = 'contohkab.go.id'
const situs = `situs.${zone}`
const a = (values: string[], ttl = 300, name = situs): Rrset => ({ name, type: 'A', ttl, values })

function reasonOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refused) return error.reason
    throw error
  }
  return 'not refused'
}

test('a new name asks that nobody has it; its undo asks that it is still as it was made', () => {
  const plan = planChanges({ zone, current: [], desired: [a(['192.0.2.1'])] })
  assert.deepEqual(plan.prerequisites, [{ kind: 'name-not-in-use', name: situs }])
  const undo = undoOf(plan)
  assert.deepEqual(undo.prerequisites, [
    { kind: 'rrset-equals', name: situs, type: 'A', values: ['192.0.2.1'] },
  ])
  assert.deepEqual(
    undo.changes.map(({ op }) => op),
    ['remove'],
  )
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan)
})

test('nothing is planned where all is as desired, however it is spelt', () => {
  const current = [a(['192.0.2.2', '192.0.2.1'])]
  const desired = [
    { name: 'SITUS.contohkab.go.id.', type: 'a', ttl: 300, values: ['192.0.2.1', '192.0.2.2'] },
  ]
  assert.deepEqual(planChanges({ zone, current, desired }).changes, [])
  assert.deepEqual(planChanges({ zone, current: [], desired: [a([])] }).changes, [])
})

test('a change of the TTL alone is a change', () => {
  const plan = planChanges({ zone, current: [a(['192.0.2.1'])], desired: [a(['192.0.2.1'], 60)] })
  assert.deepEqual(plan.changes[0]?.after, { ttl: 60, values: ['192.0.2.1'] })
  assert.equal(planLines(plan)[0]?.id, `Ganti ${situs} A dari 192.0.2.1 menjadi 192.0.2.1 (TTL 60 detik)`)
})

test('an alias and other data never meet, seen or unseen', () => {
  const cname = { name: situs, type: 'CNAME', ttl: 60, values: ['web.contoh.id'] }
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [a(['192.0.2.1'])], desired: [cname] })),
    'dns-cname-conflict',
  )
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [], desired: [cname, a(['192.0.2.1'])] })),
    'dns-cname-conflict',
  )
  const swap = planChanges({ zone, current: [a(['192.0.2.1'])], desired: [a([]), cname] })
  const absent = swap.prerequisites.flatMap((rule) => (rule.kind === 'rrset-absent' ? rule.type : []))
  assert.ok(['CNAME', 'AAAA', 'TXT', 'MX'].every((type) => absent.includes(type)))
  const beside = planChanges({ zone, current: [a(['192.0.2.1'])], desired: [{ ...a(['"x"']), type: 'TXT' }] })
  assert.ok(beside.prerequisites.some((rule) => rule.kind === 'rrset-absent' && rule.type === 'CNAME'))
})

test('records that cannot be are refused with a sentence, not with a fault', () => {
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [], desired: [a(['192.0.2.999'])] })),
    'dns-record-invalid',
  )
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [], desired: [a(['192.0.2.1'], -1)] })),
    'dns-record-invalid',
  )
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [], desired: [a(['192.0.2.1'], 60, 'situs.lain.id')] })),
    'name-outside-zone',
  )
  const soa = { name: zone, type: 'SOA', ttl: 60, values: [`ns.${zone} h.${zone} 1 2 3 4 5`] }
  assert.equal(
    reasonOf(() => planChanges({ zone, current: [], desired: [soa] })),
    'dns-type-not-planned',
  )
})

test('a large plan is cut between names, and each piece brings its own prerequisites', () => {
  const desired = Array.from({ length: 1000 }, (_, index) =>
    a(['192.0.2.1', '192.0.2.2'], 60, `n${index}.${zone}`),
  )
  const batches = batchesOf(planChanges({ zone, current: [], desired }))
  assert.ok(batches.length > 1)
  assert.equal(
    batches.reduce((sum, batch) => sum + batch.changes.length, 0),
    1000,
  )
  for (const batch of batches) {
    assert.deepEqual(
      new Set(batch.prerequisites.map(({ name }) => name)),
      new Set(batch.changes.map(({ name }) => name)),
    )
    assert.ok(batch.prerequisites.length + batch.lines.length <= 2_000)
  }
})

test('what the zone holds tells before from after', () => {
  const { changes } = planChanges({ zone, current: [a(['192.0.2.1'])], desired: [a(['192.0.2.2'])] })
  assert.equal(holds('before', changes, [a(['192.0.2.1'])]), true)
  assert.equal(holds('after', changes, [a(['192.0.2.1'])]), false)
  assert.equal(holds('after', changes, [a(['192.0.2.2'])]), true)
  assert.equal(holds('after', changes, []), false)
})
