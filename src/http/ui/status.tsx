/** What state something is in: pills, alerts, time used, steps of a form, history, live progress. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Locale } from '../../domain/refused.ts'
import { inference, say, states, time, type Inference } from '../../domain/text/ui.ts'
import { Icon, type IconName } from './icon.tsx'
import type { Tone } from './shell.ts'

const toneIcons: Record<Exclude<Tone, 'neutral'>, IconName> = {
  info: 'info',
  success: 'success',
  warning: 'alert',
  danger: 'danger',
}

/** A short word about a state. The word carries the meaning; tone and icon repeat it. */
export function StatusPill(props: { tone?: Tone; icon?: IconName; text: string }) {
  const tone = props.tone ?? 'neutral'
  return (
    <span class={`pill tone-${tone}`}>
      {props.icon && <Icon name={props.icon} />}
      {props.text}
    </span>
  )
}

/** A message in the page. `assert` interrupts a screen reader: only for what just failed. */
export function Alert(
  props: PropsWithChildren<{
    tone: Exclude<Tone, 'neutral'>
    locale: Locale
    title?: string
    assert?: boolean
  }>,
) {
  return (
    <div class={`alert tone-${props.tone}`} role={props.assert ? 'alert' : undefined}>
      <Icon name={toneIcons[props.tone]} label={say(states[props.tone], props.locale)} />
      <div class="alert-body">
        {props.title && <p class="alert-title">{props.title}</p>}
        <div>{props.children}</div>
      </div>
    </div>
  )
}

/**
 * Marks a field that was inferred from a damaged source document. Opens to its explanation without
 * script; `note` replaces the general explanation when the SOP file gives its own.
 */
export function InferredMark(props: { kind: Inference; locale: Locale; note?: string }) {
  const { mark, why } = inference[props.kind]
  return (
    <details class="inferred">
      <summary>{say(mark, props.locale)}</summary>
      <span>{props.note ?? say(why, props.locale)}</span>
    </details>
  )
}

type MeterState = 'none' | 'paused' | 'calm' | 'near' | 'over'

function meterState(share: number | undefined, paused: boolean): MeterState {
  if (share === undefined) return 'none'
  if (paused) return 'paused'
  if (share >= 1) return 'over'
  return share >= 0.75 ? 'near' : 'calm'
}

const meterWords = {
  none: time.notSet,
  paused: time.paused,
  calm: time.calm,
  near: time.near,
  over: time.over,
}
const meterIcons: Record<MeterState, IconName> = {
  none: 'clock',
  paused: 'pause',
  calm: 'clock',
  near: 'alert',
  over: 'danger',
}

/**
 * Share of the standard time that is used: calm, from 75 % near, from 100 % over; in words and colour.
 * @param share 0..n, or absent when the SOP sets no time
 * @param used and @param standard durations already in words, e.g. "40 menit" and "1 jam"
 */
export function TimeMeter(props: {
  locale: Locale
  share?: number
  used?: string
  standard?: string
  paused?: boolean
}) {
  const { locale, share, used, standard } = props
  const state = meterState(share, props.paused ?? false)
  const width = `${Math.round(Math.min(1, Math.max(0, share ?? 0)) * 100)}%`
  return (
    <div class={`meter meter-${state}`}>
      <div class="meter-words">
        <span class="meter-word">
          <Icon name={meterIcons[state]} />
          {say(meterWords[state], locale)}
        </span>
        {used && (
          <span class="muted num">{standard ? `${used} ${say(time.of, locale)} ${standard}` : used}</span>
        )}
      </div>
      {share !== undefined && (
        <svg class="meter-bar" width="100%" height="8" aria-hidden="true">
          <rect class="track" width="100%" height="8" rx="4" />
          <rect class="fill" width={width} height="8" rx="4" />
        </svg>
      )}
    </div>
  )
}

export type StepState = 'done' | 'current' | 'todo'

/** Where the reader is in a guided form. Steps with `href` can be gone back to. */
export function Stepper(props: {
  locale: Locale
  steps: readonly { label: string; state: StepState; href?: string }[]
}) {
  return (
    <nav aria-label={say(states.steps, props.locale)}>
      <ol class="stepper">
        {props.steps.map((step, index) => (
          <li data-state={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
            <span>
              {index + 1}. {step.href ? <a href={step.href}>{step.label}</a> : step.label}
            </span>
            <span class="stepper-note">{say(states[step.state], props.locale)}</span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

export type TimelineEvent = {
  /** ISO instant for machines. */
  readonly at: string
  /** The same in words with its zone, e.g. "21 Nov 2026, 09.40 WITA". */
  readonly time: string
  readonly actor: string
  readonly text: Child
  readonly detail?: Child
  readonly tone?: Tone
  readonly icon?: IconName
}

/** What happened, in the order given. */
export function Timeline({ events, label }: { events: readonly TimelineEvent[]; label: string }) {
  return (
    <ol class="timeline" aria-label={label}>
      {events.map((event) => (
        <li>
          <span class={`timeline-dot tone-${event.tone ?? 'neutral'}`}>
            <Icon
              name={event.icon ?? (event.tone && event.tone !== 'neutral' ? toneIcons[event.tone] : 'dot')}
            />
          </span>
          <p class="timeline-text">{event.text}</p>
          <p class="timeline-meta">
            {event.actor} · <time datetime={event.at}>{event.time}</time>
          </p>
          {event.detail && <div class="timeline-detail">{event.detail}</div>}
        </li>
      ))}
    </ol>
  )
}

export type LiveState = 'done' | 'current' | 'todo' | 'failed'
export type LiveStep = { readonly label: string; readonly state: LiveState; readonly detail?: string }

const liveTones: Record<LiveState, Tone> = {
  done: 'success',
  current: 'info',
  todo: 'neutral',
  failed: 'danger',
}
const liveIcons: Record<LiveState, IconName> = {
  done: 'check',
  current: 'clock',
  todo: 'dot',
  failed: 'close',
}

/** The inner list of `LiveProgress`; a server-sent `state` event carries exactly this, rendered anew. */
export function LiveSteps({ steps, locale }: { steps: readonly LiveStep[]; locale: Locale }) {
  return (
    <ol class="timeline">
      {steps.map((step) => (
        <li data-state={step.state}>
          <span class={`timeline-dot tone-${liveTones[step.state]}`}>
            <Icon name={liveIcons[step.state]} />
          </span>
          <p class="timeline-text">
            {step.label} <span class="live-state">({say(states[step.state], locale)})</span>
          </p>
          {step.detail && <p class="timeline-meta">{step.detail}</p>}
        </li>
      ))}
    </ol>
  )
}

/**
 * Progress of background work, complete as served. With script it listens to `events` (server-sent
 * events): `state` carries the HTML of `LiveSteps`; `status` one sentence for screen readers;
 * `done` an address to go to, or nothing to reload the page.
 */
export function LiveProgress(props: {
  locale: Locale
  steps: readonly LiveStep[]
  status: string
  events?: string
}) {
  return (
    <div class="live" data-live={props.events}>
      <p class="sr-only" role="status" data-live-status>
        {props.status}
      </p>
      <div data-live-steps>
        <LiveSteps steps={props.steps} locale={props.locale} />
      </div>
    </div>
  )
}
