import { serverInput } from '../../../actions/office/save-server.ts'
import type { ServerInput } from '../../../actions/office/save-server.ts'
import type { ServerFile } from '../../../db/office/servers.ts'
import type { ServerDriverName, ServerField } from '../../../domain/office/server-drivers.ts'
import { serverDriver, serverDriverNames } from '../../../domain/office/server-drivers.ts'
import { serverPageTexts as text } from '../../../domain/text/office-servers.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Checkbox, Form, RequiredNote, Select, TextArea, TextInput } from '../../ui/form.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import type { OfficeVisit } from '../visit.ts'

const isSecret = (field: ServerField): boolean => field.input.startsWith('secret')

/**
 * What a form says about a server, sorted into settings and secret by the fields of its driver.
 * @param driver of a server that exists; a new one says its own
 */
export function serverInputOf(form: FormValues, driver?: ServerDriverName): ServerInput {
  const name = driver ?? serverDriverNames.find((each) => each === form.text('driver'))
  const fields: readonly ServerField[] = name ? serverDriver(name).fields : []
  const filled = (wanted: boolean) =>
    Object.fromEntries(
      fields
        .filter((field) => isSecret(field) === wanted && form.text(field.name) !== '')
        .map((field) => [field.name, form.text(field.name)]),
    )
  const secret = filled(true)
  return serverInput.parse({
    driver: name,
    name: form.text('name'),
    isDefault: form.text('isDefault') !== '',
    settings: filled(false),
    ...(driver && Object.keys(secret).length === 0 ? {} : { secret }),
  })
}

/** The form of one kind of server: new, or filled from what is known of it. */
export function ServerForm(props: {
  visit: OfficeVisit
  attempt: Attempt
  driver: ServerDriverName
  server?: ServerFile
  action: string
}) {
  const { visit, attempt, driver, server, action } = props
  const { say, locale } = visit
  const { fields, kind } = serverDriver(driver)
  return (
    <Form action={action} guard>
      <RequiredNote locale={locale} />
      <input type="hidden" name="driver" value={driver} />
      <TextInput
        locale={locale}
        name="name"
        label={say(text.name)}
        hint={say(text.nameHint)}
        value={attempt.value('name', server?.name)}
        error={attempt.error('name')}
        maxlength={80}
        required
      />
      {fields.map((field) => (
        <Field visit={visit} attempt={attempt} field={field} server={server} />
      ))}
      {(kind === 'host' || kind === 'ca') && (
        <Checkbox
          locale={locale}
          name="isDefault"
          label={say(text.isDefault)}
          checked={attempt.sent ? attempt.value('isDefault') !== undefined : server?.isDefault}
        />
      )}
      <ButtonRow>
        <Button>{say(text.save)}</Button>
      </ButtonRow>
    </Form>
  )
}

function Field(props: { visit: OfficeVisit; attempt: Attempt; field: ServerField; server?: ServerFile }) {
  const { visit, attempt, field, server } = props
  const { say, locale } = visit
  const secret = isSecret(field)
  const known = server && (secret ? undefined : writtenOf(server.settings[field.name]))
  const common = {
    locale,
    name: field.name,
    label: say(field.label),
    hint:
      secret && server
        ? say(field.optional ? text.secretUnchanged : text.secretKept)
        : field.hint && say(field.hint),
    error: errorOf(attempt, field.name),
    required: !field.optional && !(secret && server),
  }
  // A secret is never given back to a page, not even to the one that sent it.
  const value = secret ? undefined : attempt.value(field.name, known)
  switch (field.input) {
    case 'choice':
      return (
        <Select
          {...common}
          value={value ?? field.options?.[0]}
          options={(field.options ?? []).map((option) => ({
            value: option,
            label: field.labels?.[option] ? say(field.labels[option]) : option,
          }))}
          width={field.labels ? 'full' : 'medium'}
        />
      )
    case 'lines':
    case 'secret-lines':
      return (
        <TextArea {...common} value={value} rows={field.input === 'lines' ? 4 : 6} maxlength={10_000} code />
      )
    case 'number':
      return <TextInput {...common} value={value} width="short" inputmode="numeric" required={false} />
    case 'line':
    case 'secret-line':
      return (
        <TextInput
          {...common}
          value={value}
          type={secret ? 'password' : 'text'}
          autocomplete="off"
          spellcheck={false}
          maxlength={3000}
        />
      )
  }
}

/** What is wrong with a field, or with one line of it. */
const errorOf = (attempt: Attempt, name: string): string | undefined =>
  attempt.issues.find(({ field }) => field === name || field.startsWith(`${name}.`))?.text

/** Settings in the form in which they are entered: a list is a line each. */
function writtenOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (!Array.isArray(value)) return undefined
  return value
    .map((item: unknown) =>
      typeof item === 'object' && item !== null ? Object.values(item).join(' ') : String(item),
    )
    .join('\n')
}
