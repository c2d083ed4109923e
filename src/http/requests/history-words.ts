import type { Behalf } from '../../domain/access/appointments.ts'
import { roleTexts } from '../../domain/access/roles.ts'
import type { Locale } from '../../domain/refused.ts'
import type { Ground } from '../../domain/requests/grounds.ts'
import type { TimelineEvent } from '../../domain/requests/timeline.ts'
import { activities, activityTitle } from '../../domain/sop/activities.ts'
import { requestPageTexts as texts, stepPageTexts } from '../../domain/text/request-page.ts'
import { timelineTexts } from '../../domain/text/requests.ts'
import { eventDataFor } from './event-data.ts'
import type { Case } from './open-case.ts'

/** @returns what the history tells, the oldest first; entering and leaving steps goes without saying */
export const historyEvents = (view: Case): readonly TimelineEvent[] =>
  view.events.filter((event) => event.type !== 'left' && event.type !== 'entered')

/** The person who really acted, and on whose behalf. */
export function historyActor(view: Case, event: TimelineEvent, locale: Locale): string {
  if (!event.personId) return texts.systemActor[locale]
  const name = view.names.get(event.personId) ?? ''
  const behalf = event.data.behalf as Behalf | undefined
  if (!behalf) return name
  const principal = behalf.person ? ` (${view.names.get(behalf.person) ?? ''})` : ''
  return `${name}, ${behalf.form} ${roleTexts[behalf.role][locale]}${principal}`
}

/** @returns what happened, in a sentence */
export function historySentence(view: Case, event: TimelineEvent, locale: Locale): string {
  const step = view.sop.steps.find((each) => each.no === event.step)
  const what = timelineTexts[event.type][locale]
  if (['delivered', 'withheld', 'released', 'waived'].includes(event.type))
    return `${what}: ${documentTitle(view, String(event.data.document), locale)}`
  if (!step || event.type === 'withdrawn' || event.type === 'appealed') return what
  const outcome = step.decision?.outcomes.find((each) => each.id === event.data.outcome)
  const title = `${step.no}. ${activityTitle(step.activity, view.kind.fulfilment)[locale]}`
  if (event.type === 'completed' && activities[step.activity].effect)
    return `${title}: ${texts.handedToSystem[locale]}`
  return outcome && event.type === 'completed' ? `${title}: ${outcome.label}` : `${title}: ${lowered(what)}`
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** @returns the SOP's name of a document */
export function documentTitle(view: Case, kind: string, locale: Locale): string {
  const named = view.sop.steps
    .flatMap((step) => step.requirements)
    .find((requirement) => requirement.document === kind)
  return named?.text ?? (kind === 'attachment' ? texts.attachment[locale] : kind)
}

/** @returns what the reader may know of an event beside its sentence */
export function historyDetail(
  view: Case,
  event: TimelineEvent,
  locale: Locale,
): { readonly lines: readonly string[]; readonly grounds: readonly Ground[] } {
  const data = eventDataFor(view, event)
  const form = (data.form ?? {}) as Readonly<Record<string, unknown>>
  return {
    grounds: (data.grounds ?? []) as readonly Ground[],
    lines: [
      ...['instruction', 'with', 'conclusion', 'done', 'body', 'note'].flatMap((name) => {
        const value = form[name]
        return typeof value === 'string' && value !== '' ? [`${labelOf(name, locale)}: ${value}`] : []
      }),
      ...(typeof data.incoming === 'string' ? [`No. agenda ${data.incoming}`] : []),
      ...(typeof data.reason === 'string' ? [data.reason] : []),
    ],
  }
}

function labelOf(name: string, locale: Locale): string {
  const labels: Readonly<Record<string, { id: string; en: string }>> = {
    instruction: stepPageTexts.instruction,
    with: stepPageTexts.with,
    conclusion: stepPageTexts.conclusion,
    done: stepPageTexts.done,
    body: stepPageTexts.replyBody,
    note: stepPageTexts.note,
  }
  return labels[name]?.[locale] ?? name
}
