import { Refused } from '../refused.ts'
import type { Text } from '../refused.ts'
import type { RequestEvent } from '../requests/decide.ts'
import type { Doer } from '../requests/turn.ts'
import { decide } from '../requests/decide.ts'
import type { RequestState } from '../requests/state.ts'
import { draftState } from '../requests/state.ts'
import type { TimelineEvent } from '../requests/timeline.ts'
import { replayTexts } from '../text/sop-pages.ts'
import { activities } from './activities.ts'
import type { ActivityName } from './activities.ts'
import type { SopDocument } from './document.ts'
import { stepOf } from './graph.ts'

/** One thing that people did in a closed request, apart from the row of the SOP in which they did it. */
export type Deed = {
  readonly activity: ActivityName
  readonly type: 'completed' | 'returned' | 'refused' | 'appealed' | 'withdrawn'
  readonly outcome: string | null
}

/** A closed request as deeds in their order. */
export type ClosedRequest = { readonly ticket: string; readonly deeds: readonly Deed[] }

/** Where a closed request would leave the new version. */
export type ReplayFinding = { readonly ticket: string; readonly at: number; readonly text: Text }

/** @returns what was done in a request, out of its timeline and the version on which it ran */
export function deedsOf(sop: SopDocument, timeline: readonly TimelineEvent[]): readonly Deed[] {
  return timeline.flatMap((event): Deed[] => {
    const { type } = event
    if (type === 'withdrawn' || type === 'appealed') return [{ activity: 'submit', type, outcome: null }]
    if (type !== 'completed' && type !== 'returned' && type !== 'refused') return []
    const no = event.step ?? sop.steps[0]!.no
    const outcome = typeof event.data['outcome'] === 'string' ? event.data['outcome'] : null
    return [{ activity: stepOf(sop, no).activity, type, outcome }]
  })
}

/**
 * Walks closed requests along another version, with the rule that moves real ones.
 * @returns for each request that would not reach the same kind of end, where it leaves the new version and why
 */
export function replay(sop: SopDocument, requests: readonly ClosedRequest[]): readonly ReplayFinding[] {
  return requests.flatMap((request) => walk(sop, request) ?? [])
}

/** Every actor at once: a replay asks where a request goes, not who may move it. */
const everybody = (sop: SopDocument): Doer => ({
  kind: 'person',
  id: 'replay',
  actors: sop.actors.map((actor) => actor.id),
})

/** Documents that were delivered then may be called otherwise now: their absence is no difference of the way. */
function start(sop: SopDocument): RequestState {
  const named = sop.steps.flatMap((step) => [
    ...step.waitsFor,
    ...step.requirements.flatMap((requirement) => requirement.document ?? []),
  ])
  return { ...draftState(), documents: [...new Set(named)] }
}

function walk(sop: SopDocument, { ticket, deeds }: ClosedRequest): ReplayFinding | undefined {
  let state = start(sop)
  for (const [index, deed] of deeds.entries()) {
    const differs = (text: Text): ReplayFinding => ({ ticket, at: index + 1, text })
    const wrong = mismatch(sop, state, deed)
    if (wrong) return differs(wrong)
    try {
      state = moved(sop, state, deed)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return differs(error.text)
    }
  }
  if (state.phase === 'ended') return undefined
  return { ticket, at: deeds.length, text: replayTexts.noEnd(state.at) }
}

function mismatch(sop: SopDocument, state: RequestState, deed: Deed): Text | undefined {
  if (deed.type === 'withdrawn' || deed.type === 'appealed') return undefined
  if (state.phase === 'ended') return replayTexts.endsEarly(activities[deed.activity].title)
  const step = state.at === null ? sop.steps[0]! : stepOf(sop, state.at)
  if (step.activity === deed.activity) return undefined
  return replayTexts.otherActivity(step.no, activities[step.activity].title, activities[deed.activity].title)
}

function moved(sop: SopDocument, state: RequestState, deed: Deed): RequestState {
  const doer = everybody(sop)
  const after = decide(sop, state, eventOf(sop, state, deed), doer).state
  if (after.stage !== 'working' || after.at === null) return after
  return decide(sop, after, { type: 'effect-done', step: after.at }, { kind: 'system' }).state
}

function eventOf(sop: SopDocument, state: RequestState, deed: Deed): RequestEvent {
  if (deed.type === 'withdrawn') return { type: 'withdraw' }
  if (deed.type === 'appealed') return { type: 'appeal' }
  if (state.phase === 'draft') return { type: 'submit' }
  const step = state.at!
  const grounds = [{ code: 'other', text: 'replay' }] as const
  if (deed.type === 'refused' && deed.outcome === null) return { type: 'refuse', step, grounds }
  return { type: 'complete', step, grounds, ...(deed.outcome !== null && { outcome: deed.outcome }) }
}
