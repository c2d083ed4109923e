import { formatInstant } from '../../../domain/dates/indonesian.ts'
import type { Locale } from '../../../domain/refused.ts'
import type { Ground } from '../../../domain/requests/grounds.ts'
import { groundTexts } from '../../../domain/requests/grounds.ts'
import type { TimelineEvent, TimelineType } from '../../../domain/requests/timeline.ts'
import { activities, activityTitle } from '../../../domain/sop/activities.ts'
import { requestPageTexts as texts, stepPageTexts } from '../../../domain/text/request-page.ts'
import { timelineTexts } from '../../../domain/text/requests.ts'
import { eventDataFor } from '../../requests/event-data.ts'
import type { Case } from '../../requests/open-case.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { Tone } from '../../ui/shell.ts'
import { Timeline } from '../../ui/status.tsx'

const looks: Readonly<Record<TimelineType, readonly [Tone, IconName]>> = {
  entered: ['neutral', 'dot'],
  left: ['neutral', 'dot'],
  taken: ['neutral', 'user'],
  'given-back': ['neutral', 'return'],
  completed: ['success', 'check'],
  returned: ['warning', 'return'],
  refused: ['danger', 'close'],
  withdrawn: ['neutral', 'close'],
  appealed: ['info', 'message'],
  delivered: ['info', 'document'],
  withheld: ['danger', 'document'],
  waived: ['neutral', 'check'],
  'effect-done': ['success', 'server'],
  'effect-undone': ['warning', 'server'],
  'plan-refused': ['warning', 'server'],
  'plan-allowed': ['info', 'check'],
}

/** What happened to the request, the newest first; entering and leaving steps goes without saying. */
export function History({ view, locale }: { view: Case; locale: Locale }) {
  const events = view.events.filter((event) => event.type !== 'left' && event.type !== 'entered').toReversed()
  return (
    <Timeline
      label={texts.timeline[locale]}
      events={[
        ...events.map((event) => ({
          at: event.at.toISOString(),
          time: formatInstant(event.at, view.zoneOfTime, locale),
          actor: event.personId ? (view.names.get(event.personId) ?? '') : texts.systemActor[locale],
          text: sentenceOf(view, event, locale),
          detail: detailOf(view, event, locale),
          tone: looks[event.type][0],
          icon: looks[event.type][1],
        })),
        {
          at: view.row.created_at.toISOString(),
          time: formatInstant(view.row.created_at, view.zoneOfTime, locale),
          actor: view.names.get(view.row.created_by) ?? '',
          text: texts.draftStarted[locale],
          icon: 'edit' as const,
        },
      ]}
    />
  )
}

function sentenceOf(view: Case, event: TimelineEvent, locale: Locale): string {
  const step = view.sop.steps.find((each) => each.no === event.step)
  const what = timelineTexts[event.type][locale]
  if (event.type === 'delivered' || event.type === 'withheld' || event.type === 'waived')
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

function detailOf(view: Case, event: TimelineEvent, locale: Locale) {
  const data = eventDataFor(view, event)
  const grounds = (data.grounds ?? []) as readonly Ground[]
  const form = (data.form ?? {}) as Readonly<Record<string, unknown>>
  const lines = [
    ...['instruction', 'with', 'conclusion', 'done', 'body', 'note'].flatMap((name) => {
      const value = form[name]
      return typeof value === 'string' && value !== '' ? [`${labelOf(name, locale)}: ${value}`] : []
    }),
    ...(typeof data.incoming === 'string' ? [`No. agenda ${data.incoming}`] : []),
    ...(typeof data.reason === 'string' ? [data.reason] : []),
  ]
  if (lines.length === 0 && grounds.length === 0) return undefined
  return (
    <>
      {lines.map((line) => (
        <p class="pre">{line}</p>
      ))}
      {grounds.length > 0 && <GroundList grounds={grounds} locale={locale} />}
    </>
  )
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

/** Grounds of a return or refusal, each with its text. */
export function GroundList({ grounds, locale }: { grounds: readonly Ground[]; locale: Locale }) {
  return (
    <ul>
      {grounds.map((ground) => (
        <li>
          <strong>{groundTexts[ground.code][locale]}</strong>: {ground.text}
        </li>
      ))}
    </ul>
  )
}

/** The grounds of the last return or refusal, as long as they are what has to be answered. */
export function openGrounds(view: Case): { kind: 'returned' | 'refused'; grounds: readonly Ground[] } | null {
  const last = view.events.findLast((event) => event.type === 'returned' || event.type === 'refused')
  if (!last) return null
  const grounds = (last.data.grounds ?? []) as readonly Ground[]
  const isRefused = view.row.state.ending === 'refused' || view.row.state.verdict === 'refused'
  if (isRefused) return { kind: 'refused', grounds }
  return last.type === 'returned' && view.row.state.detours.length > 0 ? { kind: 'returned', grounds } : null
}
