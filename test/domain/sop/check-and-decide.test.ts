import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { decide, missingDocuments } from '../../../src/domain/requests/decide.ts'
import type { RequestEvent } from '../../../src/domain/requests/decide.ts'
import type { Doer } from '../../../src/domain/requests/turn.ts'
import type { RequestState } from '../../../src/domain/requests/state.ts'
import { draftState } from '../../../src/domain/requests/state.ts'
import { checkSop } from '../../../src/domain/sop/check.ts'
import type { SopDocument } from '../../../src/domain/sop/document.ts'
import { sopDocument } from '../../../src/domain/sop/document.ts'
import type { Target } from '../../../src/domain/sop/graph.ts'
import { stepOf } from '../../../src/domain/sop/graph.ts'
import { goodFiles, goodSop } from './sample.ts'

/** One person who may do everything: the question here is where the arrows lead, not who walks them. */
const anybody = (sop: SopDocument): Doer => ({
  kind: 'person',
  id: 'p',
  actors: sop.actors.map(({ id }) => id),
})

/** @returns every event that somebody could send in this state, once the documents are there. */
function eventsAt(sop: SopDocument, state: RequestState): readonly RequestEvent[] {
  if (state.phase === 'draft') return [{ type: 'submit' }]
  if (state.phase === 'ended') return []
  const step = state.at!
  if (state.stage === 'working') return [{ type: 'effect-done', step }]
  const grounds = [{ code: 'incomplete', text: 'Kurang' }] as const
  const outcomes = stepOf(sop, step).decision?.outcomes
  const refusal: RequestEvent[] = sop.refusal?.from.includes(step) ? [{ type: 'refuse', step, grounds }] : []
  const ways: RequestEvent[] = outcomes
    ? outcomes.map(({ id }) => ({ type: 'complete', step, outcome: id, grounds }))
    : [{ type: 'complete', step }]
  return [...ways, ...refusal]
}

function follow(sop: SopDocument, state: RequestState, event: RequestEvent): RequestState {
  const doer: Doer = event.type === 'effect-done' ? { kind: 'system' } : anybody(sop)
  const documents = state.phase === 'running' ? missingDocuments(sop, state, stepOf(sop, state.at!)) : []
  const ready = documents.reduce(
    (now, { document }) => decide(sop, now, { type: 'deliver', document }, doer).state,
    state,
  )
  return decide(sop, ready, event, doer).state
}

/** The applicant's documents are there before the draft is sent. */
const opening = (sop: SopDocument): RequestState => ({
  ...draftState(),
  documents: missingDocuments(sop, draftState(), sop.steps[0]!).map(({ document }) => document),
})

const keyOf = ({ phase, at, stage, detours, verdict }: RequestState): string =>
  JSON.stringify([phase, at, stage, detours, verdict])

const maxStates = 3000

/** @returns whether some way leads from this state to an end. */
function canEnd(sop: SopDocument, from: RequestState): boolean {
  const seen = new Set([keyOf(from)])
  const queue = [from]
  for (let state = queue.shift(); state && seen.size < maxStates; state = queue.shift()) {
    if (state.phase === 'ended') return true
    for (const event of eventsAt(sop, state)) {
      const next = follow(sop, state, event)
      if (seen.has(keyOf(next))) continue
      seen.add(keyOf(next))
      queue.push(next)
    }
  }
  return false
}

/** Walks by the given choices and asks at every state whether there is still a way to an end. */
function walk(sop: SopDocument, choices: readonly number[]): void {
  let state = opening(sop)
  for (const choice of choices) {
    const events = eventsAt(sop, state)
    if (events.length === 0) return
    state = follow(sop, state, events[choice % events.length]!)
    assert.ok(canEnd(sop, state), `no way to an end from ${keyOf(state)}`)
  }
}

for (const file of goodFiles)
  test(`${file}: from wherever a request may be, it can end`, () => {
    const sop = goodSop(file)
    fc.assert(
      fc.property(fc.array(fc.nat(11), { minLength: 5, maxLength: 40 }), (choices) => walk(sop, choices)),
      { numRuns: 15 },
    )
  })

const target = fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('end' as const))
const kind = fc.constantFrom(undefined, undefined, 'continue', 'return', 'refuse')
const outcomes = fc.array(fc.record({ to: target, kind }), { minLength: 2, maxLength: 3 })
const row = fc.record({
  actor: fc.constantFrom('a', 'b', 'c', 'x'),
  next: fc.option(target, { nil: undefined, freq: 4 }),
  outcomes: fc.option(outcomes, { nil: undefined }),
})

type RandomOutcome = { readonly to: Target; readonly kind: 'continue' | 'return' | 'refuse' | undefined }

/** No arrow leads to its own step, and only earlier steps are returned to: the check refuses that at once. */
const other = <T extends Target | undefined>(no: number, to: T) => (to === no ? 'end' : to)

const decisionOf = (no: number, outcomes: readonly RandomOutcome[]) => ({
  outcomes: outcomes.map(({ to, kind }, n) => {
    const isBack = to !== 'end' && to < no
    return {
      id: `o${n}`,
      label: `O${n}`,
      to: other(no, to),
      kind: kind === 'return' && !isBack ? undefined : kind,
    }
  }),
})

/** @returns an SOP with arrows drawn at random; step 5 makes the service. */
const anySop = fc.array(row, { minLength: 6, maxLength: 6 }).map((rows) => {
  const steps = rows.map(({ actor, next, outcomes }, index) => ({
    no: index + 2,
    activity: index === 3 ? 'provision' : 'study',
    text: `Langkah ${index + 2}`,
    actor: index === 3 ? 'b' : actor,
    standardTime: 'not set',
    ...(outcomes && index !== 3
      ? { decision: decisionOf(index + 2, outcomes) }
      : { next: other(index + 2, next) }),
  }))
  const first = { no: 1, activity: 'submit', text: 'Mengajukan', actor: 'a', standardTime: 'not set' }
  const { office, identity } = goodSop('test/fixtures/sops/dasar-enam-langkah.yaml')
  const actors = [
    { id: 'a', title: 'A', party: 'applicant' },
    { id: 'b', title: 'B', party: 'office' },
    { id: 'c', title: 'C', party: 'office' },
    { id: 'x', title: 'X', party: 'outside' },
  ]
  const serves = [{ id: 'subdomain' }]
  return sopDocument.parse({
    format: 'ranah-sop/1',
    id: 'acak',
    office,
    identity,
    serves,
    actors,
    steps: [first, ...steps],
  })
})

test(
  'a flowchart of 100 steps that all return to each other is checked to an end',
  { timeout: 120_000 },
  () => {
    const base = goodSop('test/fixtures/sops/dasar-enam-langkah.yaml')
    const like = base.steps[3]!
    const steps = Array.from({ length: 100 }, (_, row) => ({
      ...(row === 0 ? base.steps[0]! : like),
      no: row + 1,
      ...(row === 0 ? {} : { next: undefined, waitsFor: [], decision: { outcomes: returnsFrom(row + 1) } }),
    }))
    const findings = checkSop({ ...base, steps, refusal: undefined, marks: [] })
    assert.ok(findings.length > 0)
  },
)

const returnsFrom = (no: number) =>
  Array.from({ length: 12 }, (_, n) => ({
    id: `o${n}`,
    label: `O${n}`,
    to: n === 0 ? (no % 100) + 1 : ((n * 13) % no) + 1,
  }))

test('an SOP that passes the check never traps a request, whatever its arrows', () => {
  let walked = 0
  fc.assert(
    fc.property(anySop, fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }), (sop, choices) => {
      const errors = checkSop(sop).filter(({ severity, code }) => severity === 'error' && !isHarmless(code))
      if (errors.length > 0) return
      walked++
      walk(sop, choices)
    }),
    { numRuns: 200 },
  )
  assert.ok(walked > 20, `only ${walked} of the random SOPs passed the check`)
})

/** Random SOPs may leave an actor idle or a step unreached; neither traps a request. */
const isHarmless = (code: string): boolean =>
  ['actor-without-step', 'unreachable-step', 'no-provision'].includes(code)
