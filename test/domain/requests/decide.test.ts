import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { Refused } from '../../../src/domain/refused.ts'
import type { RequestEvent } from '../../../src/domain/requests/decide.ts'
import type { Doer } from '../../../src/domain/requests/turn.ts'
import { decide } from '../../../src/domain/requests/decide.ts'
import { whoseTurn } from '../../../src/domain/requests/turn.ts'
import type { RequestState } from '../../../src/domain/requests/state.ts'
import { draftState, requestState } from '../../../src/domain/requests/state.ts'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { sopDocument } from '../../../src/domain/sop/document.ts'
import { kindOf, stepOf } from '../../../src/domain/sop/graph.ts'

type StepInput = Record<string, unknown>

/** An SOP with these steps; actor `p` is the applicant, `a` and `b` are the office's. */
function sopWith(steps: readonly StepInput[], more: Record<string, unknown> = {}): SopDocument {
  return sopDocument.parse({
    format: 'ranah-sop/1',
    id: 'contoh',
    office: {
      government: 'PEMERINTAH KABUPATEN CONTOH',
      name: 'DINAS CONTOH',
      region: 'Contoh',
      timezone: 'Asia/Jakarta',
    },
    identity: {
      name: 'LAYANAN CONTOH',
      number: '1',
      madeOn: null,
      revisedOn: null,
      effectiveOn: null,
      ratifiedOn: null,
      ratifiedBy: { post: 'KEPALA DINAS' },
      legalBasis: [],
      qualifications: [],
      relatedSops: [],
      equipment: [],
      warnings: [],
      recording: [],
    },
    serves: [{ id: 'subdomain-hosting' }],
    actors: [
      { id: 'p', title: 'Pemohon', party: 'applicant' },
      { id: 'a', title: 'Operator', party: 'office' },
      { id: 'b', title: 'Kabid', party: 'office' },
    ],
    steps: steps.map((step, index) => ({
      no: index + 1,
      text: `Kegiatan ${index + 1}`,
      standardTime: 'not set',
      ...step,
    })),
    ...more,
  })
}

const person = (id: string, ...actors: string[]): Doer => ({ kind: 'person', id, actors })
const applicant = person('pemohon', 'p')
const operator = person('operator', 'a')
const head = person('kabid', 'b')
const grounds = [{ code: 'incomplete' as const, text: 'Belum lengkap.' }]

const plain = sopWith(
  [
    { activity: 'submit', actor: 'p' },
    { activity: 'receive', actor: 'a' },
    {
      activity: 'decide',
      actor: 'b',
      decision: {
        outcomes: [
          { id: 'ya', label: 'Ya', to: 4 },
          { id: 'tidak', label: 'Tidak', to: 1 },
          { id: 'ulang', label: 'Periksa ulang', to: 2 },
        ],
      },
    },
    { activity: 'provision', actor: 'a' },
    { activity: 'reply', actor: 'b' },
  ],
  { refusal: { from: [3], to: 5 } },
)

/** Runs events from a draft; every event must be accepted. */
function run(sop: SopDocument, ...events: readonly (readonly [RequestEvent, Doer])[]): RequestState {
  return events.reduce((state, [event, doer]) => decide(sop, state, event, doer).state, draftState())
}

const done = (step: number, outcome?: string): RequestEvent => ({
  type: 'complete',
  step,
  ...(outcome ? { outcome, grounds } : {}),
})
const system: Doer = { kind: 'system' }

const refusal = (reason: string) => (error: unknown) => error instanceof Refused && error.reason === reason

describe('one request on one SOP', () => {
  test('walks every row to the end', () => {
    const state = run(
      plain,
      [{ type: 'submit' }, applicant],
      [done(2), operator],
      [done(3, 'ya'), head],
      [done(4), operator],
      [{ type: 'effect-done', step: 4 }, system],
      [done(5), head],
      [{ type: 'effect-done', step: 5 }, system],
    )
    assert.deepEqual([state.phase, state.ending, state.verdict], ['ended', 'completed', 'granted'])
  })

  test('a return to the applicant comes straight back to the person who returned it', () => {
    const state = run(
      plain,
      [{ type: 'submit' }, applicant],
      [done(2), operator],
      [done(3, 'tidak'), head],
      [done(1), applicant],
    )
    assert.deepEqual([state.at, state.holder, state.detours], [3, 'kabid', []])
  })

  test('a return to a row of the office walks the rows again and reaches the same person', () => {
    const returned = run(
      plain,
      [{ type: 'submit' }, applicant],
      [done(2), operator],
      [done(3, 'ulang'), head],
    )
    assert.deepEqual([returned.at, returned.holder], [2, 'operator'])
    const back = decide(plain, returned, done(2), operator).state
    assert.deepEqual([back.at, back.holder, back.detours], [3, 'kabid', []])
  })

  test('a final refusal passes the reply row and ends refused; an appeal re-opens it for the same person', () => {
    const refused = run(
      plain,
      [{ type: 'submit' }, applicant],
      [done(2), operator],
      [{ type: 'refuse', step: 3, grounds }, head],
      [done(5), head],
      [{ type: 'effect-done', step: 5 }, system],
    )
    assert.deepEqual([refused.phase, refused.ending], ['ended', 'refused'])
    const again = decide(plain, refused, { type: 'appeal' }, applicant).state
    assert.deepEqual([again.phase, again.at, again.holder, again.verdict], ['running', 3, 'kabid', null])
  })

  const submitted = run(plain, [{ type: 'submit' }, applicant])
  const cases: readonly [string, RequestState, RequestEvent, Doer, string][] = [
    ['the wrong actor', submitted, done(2), head, 'wrong-actor'],
    ['taken by the wrong actor', submitted, { type: 'take' }, head, 'wrong-actor'],
    ['refused by the wrong actor', submitted, { type: 'refuse', step: 2, grounds }, head, 'wrong-actor'],
    [
      'waived by the wrong actor',
      submitted,
      { type: 'waive', document: 'surat', reason: 'Sudah ada.' },
      head,
      'wrong-actor',
    ],
    ['taken by the system', submitted, { type: 'take' }, system, 'wrong-actor'],
    ['the wrong row', submitted, done(3, 'ya'), operator, 'step-not-current'],
    [
      'a row entered since',
      submitted,
      { type: 'complete', step: 2, visit: 1 },
      operator,
      'step-already-done',
    ],
    ['sent twice', submitted, { type: 'submit' }, applicant, 'already-submitted'],
    ['a draft', draftState(), done(2), operator, 'not-submitted'],
    ['given back by nobody', submitted, { type: 'give-back' }, operator, 'not-holder'],
    [
      'the system where a person must act',
      submitted,
      { type: 'effect-done', step: 2 },
      system,
      'effect-not-awaited',
    ],
    [
      'a person in the place of the system',
      submitted,
      { type: 'effect-done', step: 2 },
      operator,
      'system-only',
    ],
    ['an appeal without a refusal', submitted, { type: 'appeal' }, applicant, 'nothing-to-appeal'],
    ['a withdrawal by the office', submitted, { type: 'withdraw' }, operator, 'wrong-actor'],
    [
      'an outcome where none is asked',
      submitted,
      { type: 'complete', step: 2, outcome: 'ya' },
      operator,
      'no-decision-here',
    ],
    [
      'a refusal where the SOP has none',
      submitted,
      { type: 'refuse', step: 2, grounds },
      operator,
      'no-refusal-here',
    ],
  ]
  for (const [name, state, event, doer, reason] of cases)
    test(`${name} is refused as ${reason}`, () => {
      assert.throws(() => decide(plain, state, event, doer), refusal(reason))
    })

  test('a decision needs one of its outcomes, and grounds when it does not go on', () => {
    const atDecision = run(plain, [{ type: 'submit' }, applicant], [done(2), operator])
    assert.throws(() => decide(plain, atDecision, done(3), head), refusal('outcome-missing'))
    assert.throws(
      () => decide(plain, atDecision, { type: 'complete', step: 3, outcome: 'tidak' }, head),
      refusal('grounds-missing'),
    )
  })

  test('two people cannot hold one row, and it is free again once given back', () => {
    const taken = decide(plain, submitted, { type: 'take' }, operator).state
    const other = person('operator-dua', 'a')
    assert.throws(() => decide(plain, taken, { type: 'take' }, other), refusal('held-by-other'))
    assert.throws(() => decide(plain, taken, done(2), other), refusal('held-by-other'))
    const free = decide(plain, taken, { type: 'give-back' }, operator).state
    assert.equal(decide(plain, free, { type: 'take' }, other).state.holder, 'operator-dua')
  })

  test('nothing is withdrawn once the service is being made', () => {
    const working = run(
      plain,
      [{ type: 'submit' }, applicant],
      [done(2), operator],
      [done(3, 'ya'), head],
      [done(4), operator],
    )
    assert.throws(
      () => decide(plain, working, { type: 'withdraw' }, applicant),
      refusal('already-provisioned'),
    )
  })

  test('a row waits for its documents until they are delivered or waived', () => {
    const waiting = sopWith([
      { activity: 'submit', actor: 'p' },
      {
        activity: 'study',
        actor: 'a',
        waitsFor: ['hasil-uji'],
        requirements: [{ text: 'Hasil uji', document: 'hasil-uji', from: 'p', waivable: true }],
      },
    ])
    const at = run(waiting, [{ type: 'submit' }, applicant])
    assert.throws(() => decide(waiting, at, done(2), operator), refusal('document-missing'))
    const delivered = decide(waiting, at, { type: 'deliver', document: 'hasil-uji' }, applicant).state
    assert.equal(decide(waiting, delivered, done(2), operator).state.phase, 'ended')
    const waived = decide(
      waiting,
      at,
      { type: 'waive', document: 'hasil-uji', reason: 'Sudah diuji.' },
      operator,
    ).state
    assert.equal(decide(waiting, waived, done(2), operator).state.phase, 'ended')
  })
})

/** SOPs of any shape that could be walked: each decision has a way forward, and loops lead anywhere before. */
const anySop: fc.Arbitrary<SopDocument> = fc
  .array(
    fc.record({
      actor: fc.constantFrom('p', 'a', 'b'),
      activity: fc.constantFrom(
        'receive',
        'study',
        'dispose',
        'check-completeness',
        'decide',
        'confirm',
        'provision',
        'reply',
        'hand-over',
      ),
      branches: fc.array(fc.record({ to: fc.nat(), kind: fc.constantFrom('return', 'refuse', undefined) }), {
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((rows) =>
    sopWith([
      { activity: 'submit', actor: 'p' },
      ...rows.map(({ actor, activity, branches }, index) => {
        const no = index + 2
        const onward = no === rows.length + 1 ? 'end' : no + 1
        const office = activity === 'provision' ? 'a' : actor
        const effect = ['provision', 'reply', 'hand-over'].includes(activity)
        if (effect || (branches.length === 0 && activity !== 'decide'))
          return { activity, actor: office, next: onward }
        const outcomes = branches.map(({ to, kind }, each) => ({
          id: `lain-${each}`,
          label: `Lain ${each}`,
          to: kind === 'refuse' ? 'end' : 1 + (to % no),
          ...(kind ? { kind } : {}),
        }))
        const spare = outcomes.length === 0 ? [{ id: 'kembali', label: 'Kembali', to: 1 }] : []
        return {
          activity,
          actor,
          decision: { outcomes: [{ id: 'lanjut', label: 'Lanjut', to: onward }, ...outcomes, ...spare] },
        }
      }),
    ]),
  )

const people: readonly Doer[] = [applicant, operator, head, person('operator-dua', 'a'), system]

/** The event that a number stands for: anything a person or the system could try, sensible or not. */
function eventFor(sop: SopDocument, state: RequestState, choice: number): RequestEvent {
  const step = state.at ?? 1
  const outcomes = sop.steps.find((each) => each.no === step)?.decision?.outcomes.map((each) => each.id) ?? []
  const events: RequestEvent[] = [
    { type: 'submit' },
    { type: 'take' },
    { type: 'give-back' },
    { type: 'appeal' },
    { type: 'effect-done', step },
    done(step),
    done(choice % 20),
    ...outcomes.flatMap((outcome) => [done(step, outcome), done(step, outcome)]),
  ]
  return events[choice % events.length]!
}

const anyMoves = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 })

describe('any order of events on any SOP', () => {
  test('never leaves the graph, never lacks somebody who can act, and refusals change nothing', () => {
    fc.assert(
      fc.property(anySop, anyMoves, (sop, moves) => {
        let state = draftState()
        for (const [choice, who] of moves) {
          const event = eventFor(sop, state, choice)
          const doer = people[who % people.length]!
          const before = JSON.stringify(state)
          try {
            const { state: next, effects } = decide(sop, state, event, doer)
            assert.equal(JSON.stringify(state), before)
            assertSound(sop, next)
            for (const effect of effects) if (effect.type !== 'ended') assert.ok(stepOf(sop, effect.step))
            state = next
          } catch (error) {
            assert.ok(
              error instanceof Refused ||
                (error instanceof Error && error.message.includes('reached provisioning')),
              String(error),
            )
            assert.equal(JSON.stringify(state), before)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  test('what was returned comes back to the step that returned it, to the same person', () => {
    fc.assert(
      fc.property(anySop, fc.array(fc.nat(), { maxLength: 60 }), (sop, choices) => {
        let state = decide(sop, draftState(), { type: 'submit' }, applicant).state
        const owed: { step: number; by: string }[] = []
        for (const choice of choices) {
          if (state.phase === 'ended') break
          const step = stepOf(sop, state.at!)
          if (state.stage === 'working') {
            state = decide(sop, state, { type: 'effect-done', step: step.no }, system).state
            continue
          }
          const doer = step.actor === 'p' ? applicant : step.actor === 'a' ? operator : head
          const owes = owed.findIndex((each) => each.step === step.no)
          if (owes >= 0) assert.equal(state.holder, owed.splice(owes, 1)[0]!.by)
          const outcomes = step.decision?.outcomes ?? []
          const outcome = outcomes[choice % Math.max(1, outcomes.length)]
          if (outcome && kindOf(sop, step, outcome) === 'return' && doer.kind === 'person')
            owed.push({ step: step.no, by: doer.id })
          if (state.verdict === 'refused' && step.activity === 'provision') break
          state = decide(sop, state, done(step.no, outcome?.id), doer).state
        }
        if (state.phase === 'ended' && state.ending === 'completed')
          assert.deepEqual(owed, [], 'a request ended while a return was owed')
      }),
      { numRuns: 500 },
    )
  })
})

function assertSound(sop: SopDocument, state: RequestState): void {
  requestState.parse(state)
  const turn = whoseTurn(sop, state)
  if (state.phase !== 'running') return assert.equal(turn.kind, 'nobody')
  assert.ok(sop.steps.some((step) => step.no === state.at))
  assert.notEqual(turn.kind, 'nobody')
  if (turn.kind === 'actor') assert.ok(sop.actors.some((actor) => actor.id === turn.step.actor))
  for (const detour of state.detours) assert.ok(stepOf(sop, detour.back))
}
