import type { Flow, FlowArrow } from './flow.ts'
import type { Target } from './graph.ts'
import { partyOf } from './graph.ts'

/** Where a request can be: at a step, with the returns it still has to come back from, innermost last. */
type Place = { readonly at: Target; readonly detours: readonly Detour[] }
type Detour = { readonly back: number; readonly target: number }

/** Returns within returns that are told apart; deeper ones forget the outermost. */
const maxDetours = 3
/** More places than this are not looked at; a flowchart of 40 steps with ten returns has a few thousand. */
const maxPlaces = 50_000

export type TrappedSteps = {
  /** Steps at which a request can be caught, each with the steps that can follow. */
  readonly steps: ReadonlyMap<number, ReadonlySet<number>>
  /** Whether a request is caught from the first step on. */
  readonly isFirst: boolean
}

/**
 * Finds where a request can be caught for good. It follows the arrows as `decide` does, returns included:
 * what was returned to the applicant comes straight back to the returner and to nowhere else, so that an
 * arrow on the plain flowchart is not yet a way out.
 */
export function trappedSteps(flow: Flow): TrappedSteps {
  const start: Place = { at: flow.first.no, detours: [] }
  const { onward, places } = explore(flow, start)
  const saved = placesThatEnd(onward)
  const steps = new Map<number, Set<number>>()
  for (const [key, { at }] of places) {
    if (saved.has(key) || at === 'end') continue
    const followers = steps.get(at) ?? new Set()
    for (const next of onward.get(key) ?? []) followers.add(Number(places.get(next)!.at))
    steps.set(at, followers)
  }
  return { steps, isFirst: !saved.has(keyOf(start)) }
}

const keyOf = ({ at, detours }: Place): string =>
  `${at} ${detours.map(({ back, target }) => `${back}>${target}`).join(' ')}`

type Explored = {
  readonly places: ReadonlyMap<string, Place>
  readonly onward: ReadonlyMap<string, readonly string[]>
}

function explore(flow: Flow, start: Place): Explored {
  const places = new Map([[keyOf(start), start]])
  const onward = new Map<string, readonly string[]>()
  const queue = [start]
  while (queue.length > 0 && places.size < maxPlaces) {
    const place = queue.pop()!
    const next = flow.arrows
      .filter((arrow) => arrow.from === place.at)
      .map((arrow) => moved(flow, place, arrow))
    onward.set(keyOf(place), next.map(keyOf))
    for (const each of next) {
      if (places.has(keyOf(each))) continue
      places.set(keyOf(each), each)
      queue.push(each)
    }
  }
  // What was not looked at any more is taken to be well.
  for (const place of queue) onward.set(keyOf(place), [endKey])
  return { places, onward }
}

const endKey = keyOf({ at: 'end', detours: [] })

/** The motion of one arrow, as `decide` makes it. */
function moved(flow: Flow, { detours }: Place, { from, to, kind }: FlowArrow): Place {
  if (to === 'end' && kind !== 'continue') return { at: 'end', detours: [] }
  if (kind === 'refuse') return { at: to, detours: [] }
  if (kind === 'return' && to !== 'end') {
    const others = detours.filter(({ back }) => back !== from)
    return { at: to, detours: [...others, { back: from, target: to }].slice(-maxDetours) }
  }
  const inner = detours.at(-1)
  if (inner?.target !== from) return to === 'end' ? { at: 'end', detours: [] } : { at: to, detours }
  const step = flow.steps.get(from)
  const walksOn = to !== 'end' && step !== undefined && partyOf(flow.sop, step) === 'office'
  return { at: walksOn ? to : inner.back, detours: detours.slice(0, -1) }
}

/** @returns the places from which some way leads to the end, found by going back from it. */
function placesThatEnd(onward: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const backward = new Map<string, string[]>()
  for (const [key, next] of onward)
    for (const each of next) {
      const before = backward.get(each)
      if (before) before.push(key)
      else backward.set(each, [key])
    }
  const saved = new Set([endKey])
  const queue = [endKey]
  for (let key = queue.pop(); key !== undefined; key = queue.pop())
    for (const before of backward.get(key) ?? []) {
      if (saved.has(before)) continue
      saved.add(before)
      queue.push(before)
    }
  return saved
}
