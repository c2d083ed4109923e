import type { WorkCalendar } from '../calendar/calendar.ts'
import type { StepEvent, StepTime } from '../calendar/step-time.ts'
import { foldStepTime } from '../calendar/step-time.ts'
import type { SopDocument, SopStep } from '../sop/document.ts'
import { partyOf, stepOf } from '../sop/graph.ts'
import type { TimelineEvent } from './timeline.ts'

/** One stay at a step: from entering it to leaving it. */
type Visit = {
  readonly step: number
  readonly from: Date
  readonly to: Date | null
  readonly returned: boolean
}

/**
 * The time a step has used of its standard time, over the office's calendar, as of `now`.
 * The clock stands while the applicant or somebody outside must act, while the step waits for a document of
 * theirs, and while a step that returned the request waits for it to come back.
 *
 * @param visit the visit of the step in question; by default the last one
 */
export function stepTimeOf(
  sop: SopDocument,
  step: SopStep,
  timeline: readonly TimelineEvent[],
  calendar: WorkCalendar,
  now: Date,
): StepTime {
  return foldStepTime(stepEventsOf(sop, step, timeline), calendar, step.standardTime, now)
}

/** @returns when the step's standard time is used up if nobody waits any more; null when it has none */
export function dueAt(
  sop: SopDocument,
  step: SopStep,
  timeline: readonly TimelineEvent[],
  calendar: WorkCalendar,
  now: Date,
): Date | null {
  return stepTimeOf(sop, step, timeline, calendar, now).dueAt
}

/** Turns the request's timeline into the events that the clock of one step understands. */
export function stepEventsOf(
  sop: SopDocument,
  step: SopStep,
  timeline: readonly TimelineEvent[],
): StepEvent[] {
  const visits = visitsOf(timeline)
  const stay = lastStay(visits, step.no)
  if (stay.length === 0) return []
  const first = stay[0]!
  const start = startOf(step, visits, first)
  const last = stay.at(-1)!
  const events: StepEvent[] = [{ kind: 'entered', at: start }]
  const counts = (visit: Visit): boolean =>
    step.standardTime !== 'not set' && step.standardTime.startsAt !== undefined
      ? partyOf(sop, stepOf(sop, visit.step)) === 'office'
      : visit.step === step.no
  const within = visits.filter((visit) => visit.from >= start && (last.to === null || visit.from <= last.to))
  for (const [index, visit] of within.entries())
    if (!counts(visit)) events.push(...pause(`visit-${index}`, visit.from, visit.to))
  events.push(...documentPauses(sop, step, first, timeline))
  if (last.to !== null && !last.returned) events.push({ kind: 'completed', at: last.to })
  return events
}

const pause = (cause: string, from: Date, to: Date | null): StepEvent[] =>
  to === null
    ? [{ kind: 'paused', at: from, cause }]
    : [
        { kind: 'paused', at: from, cause },
        { kind: 'resumed', at: to, cause },
      ]

function visitsOf(timeline: readonly TimelineEvent[]): Visit[] {
  const visits: Visit[] = []
  for (const event of timeline) {
    if (event.type === 'entered' && event.step !== null)
      visits.push({ step: event.step, from: event.at, to: null, returned: false })
    const open = visits.at(-1)
    if (event.type === 'left' && open && open.to === null)
      visits[visits.length - 1] = { ...open, to: event.at, returned: event.data.why === 'returned' }
  }
  return visits
}

/** The visits that make up the current stay: the last one and those before it that ended in a return. */
function lastStay(visits: readonly Visit[], no: number): Visit[] {
  const own = visits.filter((visit) => visit.step === no)
  let begin = own.length - 1
  while (begin > 0 && own[begin - 1]!.returned) begin -= 1
  return own.slice(Math.max(begin, 0))
}

function startOf(step: SopStep, visits: readonly Visit[], first: Visit): Date {
  if (step.standardTime === 'not set' || step.standardTime.startsAt === undefined) return first.from
  const origin = step.standardTime.startsAt
  const begun = visits.filter((visit) => visit.step === origin && visit.from <= first.from).at(-1)
  return begun?.from ?? first.from
}

/** A step that waits for documents of somebody outside the office pauses until each was delivered. */
function documentPauses(
  sop: SopDocument,
  step: SopStep,
  first: Visit,
  timeline: readonly TimelineEvent[],
): StepEvent[] {
  const events: StepEvent[] = []
  for (const document of step.waitsFor) {
    const source = sop.steps.flatMap((each) =>
      each.requirements
        .filter((requirement) => requirement.document === document)
        .map((requirement) => requirement.from ?? each.actor),
    )[0]
    const party = sop.actors.find((actor) => actor.id === source)?.party
    if (party === undefined || party === 'office') continue
    let since: Date | null = first.from
    for (const { type, at, data } of timeline) {
      if (data.document !== document) continue
      if (type === 'delivered' && since !== null) {
        if (at > since) events.push(...pause(document, since, at))
        since = null
      } else if (type === 'withheld') since ??= at > first.from ? at : first.from
    }
    if (since !== null) events.push(...pause(document, since, null))
  }
  return events
}
