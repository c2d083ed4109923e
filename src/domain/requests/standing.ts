import { formatInstant } from '../dates/indonesian.ts'
import type { Zone } from '../dates/zones.ts'
import type { Text } from '../refused.ts'
import { activityTitle } from '../sop/activities.ts'
import type { SopDocument } from '../sop/document.ts'
import { kindsOf, stepOf } from '../sop/graph.ts'
import { phaseTexts, standingTexts } from '../text/requests.ts'

/** What of a request tells where it stands; lists read just this. */
export type Standing = {
  readonly phase: 'draft' | 'running' | 'ended'
  readonly step: number | null
  readonly stage: 'acting' | 'working'
  readonly turn: 'applicant' | 'office' | 'outside' | 'system' | null
  readonly ending: 'completed' | 'refused' | 'withdrawn' | null
  readonly dueAt: Date | null
  readonly kind: string
}

/** @returns a sentence for everybody: who acts, by when */
export function standingOf(sop: SopDocument, at: Standing, zone: Zone, now: Date): Text {
  if (at.phase === 'draft') return standingTexts.draft
  if (at.phase === 'ended' || at.step === null) return standingTexts[at.ending ?? 'completed']
  const step = stepOf(sop, at.step)
  const fulfilment = kindsOf(sop).find(({ id }) => id === at.kind)?.fulfilment ?? 'manual'
  const activity = activityTitle(step.activity, fulfilment)
  if (at.stage === 'working') return standingTexts.working(step.no, activity)
  const actor = sop.actors.find((each) => each.id === step.actor)?.title ?? step.actor
  if (step.activity === 'submit') return standingTexts.correcting(actor)
  if (at.dueAt === null || at.turn !== 'office') return standingTexts.acting(step.no, actor, activity)
  const by = { id: formatInstant(at.dueAt, zone, 'id'), en: formatInstant(at.dueAt, zone, 'en') }
  const late = at.dueAt < now
  return (late ? standingTexts.actingLate : standingTexts.actingBy)(step.no, actor, activity, by)
}

/** @returns the word of the pill beside a request */
export function phaseOf(at: Standing): keyof typeof phaseTexts {
  if (at.phase === 'draft') return 'draft'
  if (at.phase === 'ended') return at.ending ?? 'completed'
  return at.turn ?? 'office'
}
