import type { EnteredRow } from '../../../domain/dns/own-records.ts'
import { defaultTtlSeconds, recordRowsOf } from '../../../domain/dns/own-records.ts'
import { recordTypes } from '../../../domain/dns/record-values.ts'
import type { Locale } from '../../../domain/refused.ts'
import { recordFormTexts as texts } from '../../../domain/text/record-pages.ts'
import { recordTexts } from '../../../domain/text/records.ts'
import type { OwnRecords } from '../../../lookups/own-records.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/case.tsx'
import { Checkbox, Select, TextInput } from '../../ui/form.tsx'
import { Alert } from '../../ui/status.tsx'
import type { StageProps } from './stage-fields.tsx'

/** What the table starts from, where the draft has none yet, and how many empty rows stand below it. */
export type RecordTable = { readonly found: OwnRecords | null; readonly empty: number }

/** The table of the service's own records. Every row is a few plain fields, so that it works without script. */
export function RecordStage(props: StageProps & { table: RecordTable }) {
  const { view, locale, table, attempt } = props
  const { service } = view
  if (!service)
    return (
      <Alert tone="warning" locale={locale}>
        {texts.noService[locale]}
      </Alert>
    )
  const { found } = table
  const filled: readonly EnteredRow[] =
    view.row.form.records ?? recordRowsOf(found?.records ?? service.records)
  const rows = [...filled, ...Array.from({ length: table.empty }, () => null)]
  const problem = attempt.error('records')
  return (
    <div class="stack stack-small" id="f-records">
      <p>{texts.lead(service.fqdn)[locale]}</p>
      {found && (
        <p class={found.live ? 'muted' : 'error'}>{(found.live ? texts.live : texts.notLive)[locale]}</p>
      )}
      {problem && <p class="error">{problem}</p>}
      <RecordHelp locale={locale} />
      <div class="records">
        {rows.map((row, index) => (
          <RecordFields {...props} row={row} index={index} />
        ))}
      </div>
      <ButtonRow>
        <Button kind="secondary" small icon="plus" name="tambah" value="ya">
          {texts.addRows[locale]}
        </Button>
      </ButtonRow>
    </div>
  )
}

function RecordFields(props: StageProps & { row: EnteredRow | null; index: number }) {
  const { row, index, locale, attempt } = props
  const field = (column: 'name' | 'type' | 'value' | 'ttl') => ({
    locale,
    name: `records.${index}.${column}`,
    label: texts[column][locale],
    value: row?.[column] === undefined ? '' : String(row[column]),
    error: attempt.error(`records.${index}.${column}`),
  })
  const plain = { autocomplete: 'off', spellcheck: false } as const
  return (
    <fieldset class="record-row">
      <legend>{(row ? texts.row : texts.emptyRow)(index + 1)[locale]}</legend>
      <TextInput {...field('name')} {...plain} maxlength={253} />
      <Select
        {...field('type')}
        empty={texts.chooseType[locale]}
        options={recordTypes.map((type) => ({ value: type, label: type }))}
      />
      <TextInput {...field('value')} {...plain} maxlength={4000} />
      <TextInput
        {...field('ttl')}
        {...plain}
        value={row ? field('ttl').value : String(defaultTtlSeconds)}
        inputmode="numeric"
        maxlength={9}
      />
      {row ? (
        <Checkbox locale={locale} name={`records.${index}.gone`} label={texts.gone[locale]} />
      ) : (
        <span />
      )}
    </fieldset>
  )
}

function RecordHelp({ locale }: { locale: Locale }) {
  return (
    <Disclosure label={texts.help[locale]}>
      <p>{texts.helpName[locale]}</p>
      <dl class="facts">
        {recordTypes.map((type) => (
          <div>
            <dt>{type}</dt>
            <dd>{recordTexts.hints[type][locale]}</dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}

/** The table as it was applied for, for reading. */
export function RecordList({ rows, locale }: { rows: readonly EnteredRow[]; locale: Locale }) {
  if (rows.length === 0) return <p class="muted">{texts.none[locale]}</p>
  return (
    <ul class="record-list" aria-label={texts.title[locale]}>
      {rows.map(({ name, type, value, ttl }) => (
        <li>
          <span class="mono">{name || '@'}</span> <strong>{type}</strong> <span class="mono">{value}</span>{' '}
          <span class="muted small">TTL {ttl}</span>
        </li>
      ))}
    </ul>
  )
}
