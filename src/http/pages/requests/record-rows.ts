import type { EnteredRow } from '../../../domain/dns/own-records.ts'
import { maxRecordRows } from '../../../domain/dns/own-records.ts'
import type { Text } from '../../../domain/refused.ts'
import { recordFormTexts } from '../../../domain/text/record-pages.ts'
import type { FormValues } from '../form-values.ts'

/** Empty rows below the filled ones: at first, more with each press of the button, and at most. */
export const emptyRows = { first: 3, more: 5, most: 30 } as const

/** Rows that a form may send; empty ones are left out before the limit of the table counts. */
const maxSentRows = maxRecordRows + emptyRows.most

/** The rows of the table as the form sent them, without those that are empty or ticked to go. */
export function sentRows(form: FormValues): readonly EnteredRow[] {
  const rows: EnteredRow[] = []
  for (let index = 0; index < maxSentRows; index += 1) {
    if (form.list(`records.${index}.value`).length === 0) continue
    const field = (name: string): string => form.text(`records.${index}.${name}`)
    const isEmpty = field('name') === '' && field('value') === ''
    if (isEmpty || field('gone') === 'yes') continue
    rows.push({ name: field('name'), type: field('type'), value: field('value'), ttl: field('ttl') })
  }
  return rows
}

/** How a row's field is called where its problem stands apart from it. */
export function rowLabel(field: string): Text | undefined {
  const [, row, column] = /^records\.(\d+)\.(name|type|value|ttl)$/.exec(field) ?? []
  if (row === undefined || column === undefined) return undefined
  const { rowColumn } = recordFormTexts
  return rowColumn(Number(row) + 1, recordFormTexts[column as 'name' | 'type' | 'value' | 'ttl'])
}
