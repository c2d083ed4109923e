/** The parts a case file is made of: documents, checklist, plan of changes, messages, one-time secrets. */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Locale, Text } from '../../domain/refused.ts'
import { say, table } from '../../domain/text/ui.ts'
import { Icon } from './icon.tsx'
import type { Tone } from './shell.ts'
import { StatusPill } from './status.tsx'
import type { Option } from './form.tsx'

/** A document to open or download. `meta` e.g. "PDF, 182 KB, diunggah 21 Nov 2026". */
export function FileLink(props: { href?: string; name: string; meta?: string; aside?: Child }) {
  return (
    <div class="file">
      <Icon name="document" />
      <span>
        {props.href === undefined ? (
          props.name
        ) : (
          <a href={props.href} data-turbo="false">
            {props.name}
          </a>
        )}
        {props.meta && <small>{props.meta}</small>}
      </span>
      {props.aside}
    </div>
  )
}

/** A value to take along. The copy button appears with script; without it one click selects all. */
export function CopyField(props: { locale: Locale; value: string; label: string }) {
  return (
    <div class="copy">
      <span class="copy-value" data-copy-value>
        {props.value}
      </span>
      <button
        class="button button-secondary button-small"
        type="button"
        hidden
        data-copy
        data-copied={say(table.copied, props.locale)}
        aria-label={`${say(table.copy, props.locale)}: ${props.label}`}
      >
        <Icon name="copy" />
        <span data-copy-text>{say(table.copy, props.locale)}</span>
      </button>
    </div>
  )
}

/** Credentials shown exactly once: each value in large readable type, with the warning above. */
export function SecretReveal(
  props: PropsWithChildren<{
    locale: Locale
    title: string
    warning: string
    items: readonly { label: string; value: string }[]
  }>,
) {
  return (
    <section class="secret" aria-labelledby="secret-title">
      <div class="secret-head">
        <Icon name="key" />
        <div>
          <h2 id="secret-title">{props.title}</h2>
          <p>{props.warning}</p>
        </div>
      </div>
      <div class="secret-body">
        {props.items.map((item) => (
          <div>
            <p class="secret-label">{item.label}</p>
            <CopyField locale={props.locale} value={item.value} label={item.label} />
          </div>
        ))}
        {props.children}
      </div>
    </section>
  )
}

export type ChecklistItem = {
  readonly key: string
  readonly label: string
  readonly hint?: Child
  readonly verdict?: string
  readonly remark?: string
  readonly error?: string
}

function ChecklistRow(props: {
  item: ChecklistItem
  prefix: string
  verdicts: readonly Option[]
  locale: Locale
}) {
  const { item, prefix, verdicts, locale } = props
  const name = `${prefix}.${item.key}`
  const errorId = `f-${name}-error`
  return (
    <li class={item.error ? 'field-bad' : undefined}>
      <fieldset class="check-row" aria-describedby={item.error ? errorId : undefined}>
        <legend>
          {item.label}
          {item.hint && <span class="hint">{item.hint}</span>}
        </legend>
        {item.error && (
          <p class="error" id={errorId}>
            <Icon name="danger" />
            {item.error}
          </p>
        )}
        <div class="check-side">
          <div class="choices choices-inline">
            {verdicts.map((verdict, index) => (
              <label class="choice">
                <input
                  type="radio"
                  id={index === 0 ? `f-${name}` : undefined}
                  name={`${name}.verdict`}
                  value={verdict.value}
                  checked={verdict.value === item.verdict}
                />
                <span>{verdict.label}</span>
              </label>
            ))}
          </div>
          <div>
            <label class="label" for={`f-${name}.remark`}>
              {say(table.remark, locale)}
            </label>
            <textarea class="input" id={`f-${name}.remark`} name={`${name}.remark`} rows={2}>
              {item.remark ?? ''}
            </textarea>
          </div>
        </div>
      </fieldset>
    </li>
  )
}

/**
 * Each item gets a verdict and a remark. Posts `<prefix>.<key>.verdict` and `<prefix>.<key>.remark`; an
 * error summary links to an item by the field `<prefix>.<key>`. Stands inside a form.
 */
export function ChecklistTable(props: {
  locale: Locale
  items: readonly ChecklistItem[]
  verdicts: readonly Option[]
  prefix?: string
}) {
  return (
    <ul class="check">
      {props.items.map((item) => (
        <ChecklistRow
          item={item}
          prefix={props.prefix ?? 'items'}
          verdicts={props.verdicts}
          locale={props.locale}
        />
      ))}
    </ul>
  )
}

export type PlanLine = {
  readonly action: 'create' | 'change' | 'remove' | 'keep'
  /** What is touched, e.g. "Rekaman A perizinan.contohkab.go.id". */
  readonly what: string
  /** Where, e.g. "peladen DNS kantor". */
  readonly where?: string
  /** One line each; an empty list says that there is nothing. */
  readonly before?: readonly string[]
  readonly after?: readonly string[]
}

const planTones: Record<PlanLine['action'], Tone> = {
  create: 'success',
  change: 'warning',
  remove: 'danger',
  keep: 'neutral',
}

const planWords: Record<PlanLine['action'], Text> = table

/** What a plan would do, line by line, before it runs. */
export function PlanView({ lines, locale }: { lines: readonly PlanLine[]; locale: Locale }) {
  return (
    <ul class="plan" aria-label={say(table.plan, locale)}>
      {lines.map((line) => (
        <li>
          <StatusPill tone={planTones[line.action]} text={say(planWords[line.action], locale)} />
          <div>
            <span class="plan-what">{line.what}</span>
            {line.where && <span class="muted"> · {line.where}</span>}
            {line.before && <PlanValue tag="del" lines={line.before} locale={locale} />}
            {line.after && <PlanValue tag="ins" lines={line.after} locale={locale} />}
          </div>
        </li>
      ))}
    </ul>
  )
}

function PlanValue(props: { tag: 'del' | 'ins'; lines: readonly string[]; locale: Locale }) {
  const { tag: Tag, lines, locale } = props
  return (
    <span class="plan-value">
      <span class="plan-side">{say(Tag === 'del' ? table.before : table.after, locale)}</span>
      <span>
        {lines.length === 0 && <span class="muted">{say(table.absent, locale)}</span>}
        {lines.map((each) => (
          <Tag class="mono">{each}</Tag>
        ))}
      </span>
    </span>
  )
}

export type Message = {
  readonly from: string
  readonly role?: string
  readonly at: string
  readonly time: string
  readonly text: string
  /** Written by the reader. */
  readonly mine?: boolean
}

/** Messages inside a case, oldest first. */
export function MessageThread({
  messages,
  locale,
  label,
}: {
  messages: readonly Message[]
  locale: Locale
  label: string
}) {
  return (
    <ol class="thread" aria-label={label}>
      {messages.map((message) => (
        <li>
          <article class={message.mine ? 'message message-mine' : 'message'}>
            <p class="message-head">
              <strong>
                {message.from}
                {message.mine && ` (${say(table.you, locale)})`}
                {message.role && <span> · {message.role}</span>}
              </strong>
              <time datetime={message.at}>{message.time}</time>
            </p>
            <p class="message-text">{message.text}</p>
          </article>
        </li>
      ))}
    </ol>
  )
}

/** A long text that opens on demand, e.g. the full legal basis. */
export function Disclosure(props: PropsWithChildren<{ label: string; open?: boolean }>) {
  return (
    <details class="disclosure" open={props.open}>
      <summary>{props.label}</summary>
      <div>{props.children}</div>
    </details>
  )
}
