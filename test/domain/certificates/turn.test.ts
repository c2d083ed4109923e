import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { publicLimits } from '../../../src/domain/certificates/budget.ts'
import { nextStepOf, type DomainUse, type WaitingWish } from '../../../src/domain/certificates/turn.ts'

const now = new Date('2026-11-20T03:00:00Z')
const DAY_MS = 86_400_000
const name = (index: number): string => `situs-${index}.contohkab.go.id`
const wishes = (count: number, place: (index: number) => string = () => 'a'): WaitingWish[] =>
  Array.from({ length: count }, (_, index) => ({ id: `w${index}`, name: name(index), place: place(index) }))
const use = (used: number, waiting: readonly WaitingWish[]): DomainUse => ({
  signed: Array.from({ length: used }, (_, index) => ({
    names: [`lama-${index}.contohkab.go.id`],
    at: new Date(now.getTime() - 2 * DAY_MS),
    isExempt: false,
  })),
  waiting: waiting.map((each) => ({ id: each.id, names: [each.name] })),
})
const options = { offersWildcard: false, now }

test('while there is room for all, each asks for itself', () => {
  const all = wishes(50)
  for (const wish of all)
    assert.deepEqual(nextStepOf(wish, all, use(0, all), options), {
      kind: 'ask',
      names: [wish.name],
      others: [],
    })
})

test('more wait than there is room: whichever looks first asks for all of its host, and for no other host', () => {
  const all = wishes(6, (index) => (index % 2 === 0 ? 'a' : 'b'))
  const step = nextStepOf(all[2]!, all, use(48, all), options)
  assert.deepEqual(step, { kind: 'ask', names: [name(0), name(2), name(4)], others: ['w0', 'w4'] })
})

test('no room: all of a group are told the same time, and it is when the oldest leaves the week', () => {
  const all = wishes(3)
  for (const wish of all)
    assert.deepEqual(nextStepOf(wish, all, use(50, all), options), {
      kind: 'queued',
      expectedAt: new Date(now.getTime() + 5 * DAY_MS),
    })
})

test('one that must go by itself waits behind those that are older, and holds up no group', () => {
  const shareable = wishes(3)
  const alone = { id: 'sendiri', name: 'sendiri.contohkab.go.id' }
  const waiting = [...use(0, shareable).waiting, { id: alone.id, names: [alone.name] }]
  const known = { ...use(49, shareable), waiting }
  assert.equal(nextStepOf(alone, shareable, known, options).kind, 'queued')
  assert.equal(nextStepOf(shareable[1]!, shareable, known, options).kind, 'ask')
})

test('whoever asks in whatever order, a week never sees more than its limit, and all are served in the end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (used, count, offersWildcard, order) => {
        let waiting = wishes(count, (index) => `host-${index % 3}`)
        let signed = use(used, []).signed
        let time = now
        for (let round = 0; waiting.length > 0; round += 1) {
          assert.ok(round < 500, 'all are served')
          const wish = waiting[order.next().value! % waiting.length]!
          const known = { ...use(0, waiting), signed }
          const step = nextStepOf(wish, waiting, known, { offersWildcard, now: time })
          if (step.kind === 'queued') {
            assert.ok(step.expectedAt > time)
            const later = new Date(time.getTime() + DAY_MS / 2)
            time = later < step.expectedAt ? later : step.expectedAt
            continue
          }
          const served = [wish.id, ...step.others]
          signed = [...signed, { names: step.names, at: time, isExempt: false }]
          waiting = waiting.filter(({ id }) => !served.includes(id))
          const since = time.getTime() - publicLimits.windowMs
          const inWeek = signed.filter(({ at }) => at.getTime() > since)
          assert.ok(inWeek.length <= publicLimits.perDomain, `${inWeek.length} in a week`)
        }
      },
    ),
    { numRuns: 200 },
  )
})
