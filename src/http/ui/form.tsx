/**
 * Form fields. Every field has a visible label, an optional hint and the server's error beside it; the
 * input's id is `f-` + its name, so that the error summary can link to it.
 */
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Locale, Text } from '../../domain/refused.ts'
import { form, say } from '../../domain/text/ui.ts'
import { Icon } from './icon.tsx'

/** What every field takes. `error` is the sentence of the server's refusal, already in the page's language. */
export type FieldProps = {
  readonly name: string
  readonly label: string
  readonly locale: Locale
  readonly hint?: Child
  readonly error?: string
  readonly required?: boolean
}

type InputWidth = 'short' | 'medium' | 'full'

export const idOf = (name: string): string => `f-${name}`

/** The attributes that tie an input to its label, hint and error. */
function wiring({ name, hint, error, required }: FieldProps) {
  const described = [hint && `${idOf(name)}-hint`, error && `${idOf(name)}-error`].filter(Boolean).join(' ')
  return {
    id: idOf(name),
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-required': required ? ('true' as const) : undefined,
  }
}

const widthClass = (width: InputWidth = 'full'): string =>
  width === 'full' ? 'input' : `input input-${width}`

/** A form that answers errors from the server in the reader's language, so the browser's own bubbles are off. */
export function Form(
  props: PropsWithChildren<{
    action: string
    method?: 'post' | 'get'
    id?: string
    /** Sends files. */
    files?: boolean
    /** Warns before leaving with unsaved input (with script). */
    guard?: boolean
    /** Answered by a download or a full page load. */
    plain?: boolean
  }>,
) {
  return (
    <form
      class="form"
      id={props.id}
      method={props.method ?? 'post'}
      action={props.action}
      enctype={props.files ? 'multipart/form-data' : undefined}
      novalidate
      data-guard={props.guard ? '' : undefined}
      data-turbo={props.plain ? 'false' : undefined}
    >
      {props.children}
    </form>
  )
}

/** Explains the asterisk; once at the top of a form. */
export function RequiredNote({ locale }: { locale: Locale }) {
  return <p class="required-note">{say(form.requiredNote, locale)}</p>
}

function Star({ required }: { required?: boolean }) {
  return required ? (
    <span class="star" aria-hidden="true">
      *
    </span>
  ) : null
}

function HintAndError({ name, hint, error, locale }: FieldProps) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${idOf(name)}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${idOf(name)}-error`}>
          <Icon name="danger" />
          <span>
            <span class="sr-only">{say(form.errorPrefix, locale)} </span>
            {error}
          </span>
        </p>
      )}
    </>
  )
}

/** Label, hint and error around any input of one's own, whose id must be `f-` + name. */
export function FormField(props: PropsWithChildren<FieldProps>) {
  return (
    <div class={props.error ? 'field field-bad' : 'field'}>
      <label class="label" for={idOf(props.name)}>
        {props.label}
        <Star required={props.required} />
      </label>
      <HintAndError {...props} />
      {props.children}
    </div>
  )
}

export type TextInputProps = FieldProps & {
  readonly value?: string
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'number' | 'password' | 'search'
  readonly width?: InputWidth
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'url' | 'decimal'
  readonly maxlength?: number
  readonly readonly?: boolean
  readonly spellcheck?: boolean
}

export function inputAttributes(props: TextInputProps) {
  return {
    ...wiring(props),
    type: props.type ?? 'text',
    value: props.value,
    autocomplete: props.autocomplete,
    inputmode: props.inputmode,
    maxlength: props.maxlength,
    readonly: props.readonly,
    spellcheck: props.spellcheck,
  }
}

export function TextInput(props: TextInputProps) {
  return (
    <FormField {...props}>
      <input class={widthClass(props.width)} {...inputAttributes(props)} />
    </FormField>
  )
}

export function TextArea(
  props: FieldProps & {
    readonly value?: string
    readonly rows?: number
    readonly maxlength?: number
    /** Keys and addresses: told sign by sign, and no business of a spelling checker. */
    readonly code?: boolean
  },
) {
  return (
    <FormField {...props}>
      <textarea
        class={props.code ? 'input mono' : 'input'}
        spellcheck={props.code ? false : undefined}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        {...wiring(props)}
      >
        {props.value ?? ''}
      </textarea>
    </FormField>
  )
}

export type Option = { readonly value: string; readonly label: string; readonly hint?: string }

/** A choice among many. Without a `value` it starts on an empty "choose one". */
export function Select(
  props: FieldProps & {
    readonly options: readonly Option[]
    readonly value?: string
    readonly width?: InputWidth
    readonly empty?: string
  },
) {
  return (
    <FormField {...props}>
      <select class={widthClass(props.width)} {...wiring(props)}>
        <option value="" selected={!props.value}>
          {props.empty ?? say(form.choose, props.locale)}
        </option>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FormField>
  )
}

function Choice(props: {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  option: Option
  checked: boolean
  invalid?: boolean
}) {
  const { option } = props
  return (
    <label class="choice" for={props.id}>
      <input type={props.type} id={props.id} name={props.name} value={option.value} checked={props.checked} />
      <span>
        {option.label}
        {option.hint && <small>{option.hint}</small>}
      </span>
    </label>
  )
}

function ChoiceGroup(
  props: FieldProps & {
    type: 'radio' | 'checkbox'
    options: readonly Option[]
    chosen: readonly string[]
    inline?: boolean
  },
) {
  const { id, name, ...described } = wiring(props)
  return (
    <fieldset
      class={props.error ? 'field field-bad' : 'field'}
      role={props.type === 'radio' ? 'radiogroup' : undefined}
      aria-describedby={described['aria-describedby']}
      aria-required={props.type === 'radio' ? described['aria-required'] : undefined}
      aria-invalid={props.type === 'radio' ? described['aria-invalid'] : undefined}
    >
      <legend class="label">
        {props.label}
        <Star required={props.required} />
      </legend>
      <HintAndError {...props} />
      <div class={props.inline ? 'choices choices-inline' : 'choices'}>
        {props.options.map((option, index) => (
          <Choice
            type={props.type}
            id={index === 0 ? id : `${id}-${index}`}
            name={name}
            option={option}
            checked={props.chosen.includes(option.value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** One of a few. */
export function RadioGroup(
  props: FieldProps & {
    readonly options: readonly Option[]
    readonly value?: string
    readonly inline?: boolean
  },
) {
  return <ChoiceGroup {...props} type="radio" chosen={props.value === undefined ? [] : [props.value]} />
}

/** Any of a few; all inputs share the name. */
export function CheckboxGroup(
  props: FieldProps & {
    readonly options: readonly Option[]
    readonly values?: readonly string[]
    readonly inline?: boolean
  },
) {
  return <ChoiceGroup {...props} type="checkbox" chosen={props.values ?? []} />
}

/** One yes: sends `value` (default `yes`) when ticked. */
export function Checkbox(props: FieldProps & { readonly checked?: boolean; readonly value?: string }) {
  return (
    <div class={props.error ? 'field field-bad' : 'field'}>
      <HintAndError {...props} />
      <label class="choice" for={idOf(props.name)}>
        <input
          type="checkbox"
          value={props.value ?? 'yes'}
          checked={props.checked ?? false}
          {...wiring(props)}
        />
        <span>
          {props.label}
          <Star required={props.required} />
        </span>
      </label>
    </div>
  )
}

/** A file, chosen or (with script) dropped. `accept` as in HTML, e.g. `application/pdf,.pdf`. */
export function FileInput(
  props: FieldProps & { readonly accept?: string; readonly multiple?: boolean; readonly present?: Child },
) {
  return (
    <FormField {...props}>
      {props.present}
      <div class="drop" data-drop>
        <p data-drop-note hidden>
          {say(form.dropHere, props.locale)}
        </p>
        <input
          class="input-file"
          type="file"
          accept={props.accept}
          multiple={props.multiple}
          {...wiring(props)}
        />
      </div>
    </FormField>
  )
}

/** Fields that belong together. */
export function Fieldset(props: PropsWithChildren<{ legend: string; hint?: Child }>) {
  return (
    <fieldset class="group">
      <legend>{props.legend}</legend>
      {props.hint && <p class="hint">{props.hint}</p>}
      {props.children}
    </fieldset>
  )
}

export type FormIssue = { readonly field: string; readonly text: string }

/** Labels of fields by the fields' names; a page's own catalogue serves where it uses the same words. */
type FieldLabels = Readonly<Record<string, Text | ((...values: never[]) => Text)>>

/** `Nama: wajib diisi.`, because a sentence far from its field must say which one it means. */
function namedIssue(issue: FormIssue, labels: FieldLabels, locale: Locale): string {
  const label = Object.hasOwn(labels, issue.field) ? labels[issue.field] : undefined
  if (label === undefined || typeof label === 'function') return issue.text
  return `${say(label, locale)}: ${issue.text.charAt(0).toLowerCase()}${issue.text.slice(1)}`
}

/**
 * All errors of a form at its top, each linking to its field; takes the focus (with script) when the
 * page comes back. `lead` replaces the general sentence.
 */
export function FormErrorSummary(props: {
  locale: Locale
  issues: readonly FormIssue[]
  labels?: FieldLabels
  title?: string
  lead?: string
}) {
  if (props.issues.length === 0 && !props.lead) return null
  return (
    <section class="summary-box" role="alert" aria-labelledby="error-summary" tabindex={-1} data-focus>
      <h2 id="error-summary">{props.title ?? say(form.errorTitle, props.locale)}</h2>
      <p>{props.lead ?? say(form.errorLead, props.locale)}</p>
      {props.issues.length > 0 && (
        <ul>
          {props.issues.map((issue) => (
            <li>
              <a href={`#${idOf(issue.field)}`}>{namedIssue(issue, props.labels ?? {}, props.locale)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
