import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { decodeMessage, encodeMessage } from '../../../src/domain/dns/message.ts'
import { batchesOf, planChanges, undoOf, type DnsPlan } from '../../../src/domain/dns/plan.ts'
import {
  canonicalRrset,
  parseRdata,
  printRdata,
  rdataFromWire,
  rdataToWire,
  type Rrset,
} from '../../../src/domain/dns/records.ts'
import { typeCode, typeName } from '../../../src/domain/dns/types.ts'
import { updateMessage } from '../../../src/domain/dns/update.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { ZoneDraft, updateDraft } from '../../../src/servers/dns/update-zone.ts'
import { Zone } from '../../../src/servers/dns/zone.ts'

/** Plans carried out on a zone in memory, through the wire form, for many zones and wishes. */

const zone = 'contoh.id'
const VALUES: Readonly<Record<string, readonly string[]>> = {
  A: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
  TXT: ['"a"', '"b" "c"'],
  MX: ['10 a.contoh.id.', '20 b.contoh.id.'],
  CNAME: ['a.example.', 'b.example.'],
}

const rrset = fc.constantFrom(...Object.keys(VALUES)).chain((type) =>
  fc.record({
    name: fc.constantFrom('a.contoh.id', 'b.contoh.id', 'c.b.contoh.id', '*.b.contoh.id'),
    type: fc.constant(type),
    ttl: fc.constantFrom(60, 300),
    values: fc.subarray([...VALUES[type]!], type === 'CNAME' ? { maxLength: 1 } : {}),
  }),
)
const wishes = fc.array(rrset, { maxLength: 6 })

function emptyZone(): Zone {
  const born = new Zone(zone)
  const put = (type: string, value: string): void =>
    born.setRecords(zone, typeCode(type), { ttl: 60, rdatas: [rdataToWire(parseRdata(type, value))] })
  put('SOA', 'ns.contoh.id. h.contoh.id. 1 2 3 4 5')
  put('NS', 'ns.example.')
  return born
}

function setsOf(held: Zone): Rrset[] {
  const sets = [...held.names()].flatMap((name) =>
    [...held.node(name)].map(([type, { ttl, rdatas }]) =>
      canonicalRrset({
        name,
        type: typeName(type),
        ttl,
        values: rdatas.map((rdata) => printRdata(rdataFromWire(type, rdata))),
      }),
    ),
  )
  return sets
    .filter(({ type }) => type !== 'SOA')
    .sort((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))
}

/** @returns the response codes of the plan's messages */
function carryOut(held: Zone, plan: DnsPlan): number[] {
  return batchesOf(plan).map(({ prerequisites, lines }) => {
    const draft = new ZoneDraft(held)
    const octets = encodeMessage(updateMessage({ id: 1, zone, prerequisites, lines }))
    const rcode = updateDraft(draft, decodeMessage(octets))
    for (const { name, type, set } of draft.changes()) held.setRecords(name, type, set)
    return rcode
  })
}

function planOrRefusal(current: Rrset[], desired: Rrset[]): DnsPlan | undefined {
  try {
    return planChanges({ zone, current, desired })
  } catch (error) {
    if (error instanceof Refused && error.reason === 'dns-cname-conflict') return undefined
    throw error
  }
}

test('a plan leads to what was wished, again to nothing new, and its undo back', () => {
  fc.assert(
    fc.property(wishes, wishes, (first, second) => {
      const held = emptyZone()
      const before = planOrRefusal(setsOf(held), first)
      if (!before) return
      assert.ok(carryOut(held, before).every((rcode) => rcode === 0))
      const start = setsOf(held)
      const plan = planOrRefusal(start, second)
      if (!plan) return
      assert.ok(carryOut(held, plan).every((rcode) => rcode === 0))
      assert.deepEqual(planChanges({ zone, current: setsOf(held), desired: second }).changes, [])
      const after = setsOf(held)
      // Once more it must not pass, since its prerequisites describe the zone before it; where only a TTL differs
      // they cannot see that (RFC 2136 section 3.2.3), and the message changes nothing.
      const isSeen = plan.changes.some(
        (change) => !isDeepStrictEqual(change.before?.values, change.after?.values),
      )
      assert.ok(carryOut(held, plan).every((rcode) => rcode !== 0 || !isSeen))
      assert.deepEqual(setsOf(held), after)
      assert.ok(carryOut(held, undoOf(plan)).every((rcode) => rcode === 0))
      assert.deepEqual(setsOf(held), start)
    }),
    { numRuns: 1_000 },
  )
})

test('after any changes a name exists exactly when it or something below it has records', () => {
  fc.assert(
    fc.property(fc.array(wishes, { maxLength: 5 }), (rounds) => {
      const held = emptyZone()
      for (const desired of rounds) {
        const plan = planOrRefusal(setsOf(held), desired)
        if (plan) carryOut(held, plan)
      }
      const names = setsOf(held).map(({ name }) => name)
      for (const name of ['a.contoh.id', 'b.contoh.id', 'c.b.contoh.id', '*.b.contoh.id', 'd.contoh.id']) {
        const exists = names.some((each) => each === name || each.endsWith(`.${name}`))
        assert.equal(held.exists(name), exists, name)
      }
    }),
  )
})
