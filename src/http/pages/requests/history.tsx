import { formatInstant } from '../../../domain/dates/indonesian.ts'
import type { Locale } from '../../../domain/refused.ts'
import type { Ground } from '../../../domain/requests/grounds.ts'
import { groundTexts } from '../../../domain/requests/grounds.ts'
import type { TimelineEvent, TimelineType } from '../../../domain/requests/timeline.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { historyActor, historyDetail, historyEvents, historySentence } from '../../requests/history-words.ts'
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
  released: ['warning', 'document'],
  waived: ['neutral', 'check'],
  'effect-done': ['success', 'server'],
  'effect-undone': ['warning', 'server'],
  'plan-refused': ['warning', 'server'],
  'plan-allowed': ['info', 'check'],
}

/** What happened to the request, the newest first; entering and leaving steps goes without saying. */
export function History({ view, locale }: { view: Case; locale: Locale }) {
  const events = historyEvents(view).toReversed()
  return (
    <Timeline
      label={texts.timeline[locale]}
      events={[
        ...events.map((event) => ({
          at: event.at.toISOString(),
          time: formatInstant(event.at, view.zoneOfTime, locale),
          actor: historyActor(view, event, locale),
          text: historySentence(view, event, locale),
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

function detailOf(view: Case, event: TimelineEvent, locale: Locale) {
  const { lines, grounds } = historyDetail(view, event, locale)
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
