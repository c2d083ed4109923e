import type { Locale } from '../../../domain/refused.ts'
import { appointmentPageTexts as text, basisTexts } from '../../../domain/text/appointments.ts'
import { Select, TextInput } from '../../ui/form.tsx'
import type { Attempt } from '../form-values.ts'

const given = ['surat-tugas', 'sk', 'surat-kuasa'] as const

/**
 * The fields of the paper behind a role: wherever somebody gets one.
 * @param optional whether the role may be given before its paper is known; it counts for nothing until then
 */
export function PaperFields(props: { attempt: Attempt; locale: Locale; optional?: boolean }) {
  const { attempt, locale, optional } = props
  const field = (name: 'basis' | 'number' | 'dated' | 'fromDay' | 'untilDay') => ({
    locale,
    name,
    label: text[name][locale],
    value: attempt.value(name),
    error: attempt.error(name),
  })
  return (
    <>
      <Select
        {...field('basis')}
        hint={text.basisHint[locale]}
        width="medium"
        required={!optional}
        {...(optional && { empty: text.noPaper[locale] })}
        options={given.map((value) => ({ value, label: basisTexts[value][locale] }))}
      />
      <TextInput {...field('number')} width="medium" maxlength={120} required={!optional} />
      <TextInput {...field('dated')} type="date" width="short" required={!optional} />
      <TextInput {...field('fromDay')} type="date" width="short" required={!optional} />
      <TextInput {...field('untilDay')} type="date" width="short" hint={text.untilHint[locale]} />
    </>
  )
}
