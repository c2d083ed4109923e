import type { Locale } from '../../../domain/refused.ts'
import type { SopField } from '../../../domain/sop/document.ts'
import { requestFormTexts as texts } from '../../../domain/text/request-form.ts'
import type { Attempt } from '../form-values.ts'
import { RadioGroup, Select, TextArea, TextInput } from '../../ui/form.tsx'

/** One field that the office added in its SOP; it is sent as `extra.<id>`. */
function OfficeField(props: { field: SopField; attempt: Attempt; value?: string; locale: Locale }) {
  const { field, attempt, locale } = props
  const name = `extra.${field.id}`
  const common = {
    locale,
    name,
    label: field.label,
    required: field.required,
    error: attempt.error(name),
    value: attempt.value(name, props.value),
  }
  switch (field.type) {
    case 'text':
      return <TextInput {...common} maxlength={500} />
    case 'long-text':
      return <TextArea {...common} maxlength={4000} />
    case 'number':
      return <TextInput {...common} inputmode="decimal" width="short" />
    case 'date':
      return <TextInput {...common} type="date" width="short" />
    case 'yes-no':
      return (
        <RadioGroup
          {...common}
          inline
          options={[
            { value: 'yes', label: texts.yes[locale] },
            { value: 'no', label: texts.no[locale] },
          ]}
        />
      )
    case 'choice':
      return (
        <Select {...common} options={(field.options ?? []).map((each) => ({ value: each, label: each }))} />
      )
  }
}

/** The office's own fields, in the order of its SOP. */
export function OfficeFields(props: {
  fields: readonly SopField[]
  attempt: Attempt
  values: Readonly<Record<string, string>>
  locale: Locale
}) {
  return (
    <>
      {props.fields.map((field) => (
        <OfficeField
          field={field}
          attempt={props.attempt}
          value={props.values[field.id]}
          locale={props.locale}
        />
      ))}
    </>
  )
}
