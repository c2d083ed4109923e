import { form, say } from '../../domain/text/ui.ts'
import type { TextInputProps } from './form.tsx'
import { FormField, idOf, inputAttributes } from './form.tsx'

/**
 * A name under a parent domain, e.g. `perizinan` + `.contohkab.go.id`. With script it asks
 * `check?name=…` while typing (400 ms after the last key) and shows the answer, a JSON object
 * `{ tone: 'success' | 'warning' | 'danger', text }`.
 */
export function NameInput(
  props: TextInputProps & {
    readonly suffix: string
    readonly check?: string
    /** Name of the field with the parent domain, where there is more than one; it is asked about too. */
    readonly zoneField?: string
  },
) {
  const answerId = `${idOf(props.name)}-answer`
  return (
    <FormField {...props}>
      <div class="with-suffix">
        <input
          class="input mono"
          {...inputAttributes({ ...props, autocomplete: 'off', spellcheck: false })}
          autocapitalize="none"
          data-check={props.check}
          data-zone-field={props.zoneField}
          data-answer={answerId}
          data-busy={say(form.checking, props.locale)}
          data-failed={say(form.checkFailed, props.locale)}
        />
        <span class="suffix mono">{props.suffix}</span>
      </div>
      <output class="live-answer" id={answerId} for={idOf(props.name)} aria-live="polite" />
    </FormField>
  )
}
