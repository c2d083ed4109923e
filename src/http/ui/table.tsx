/** Lists as tables that become stacked cards on a phone, and paging through them. */
import type { Child } from 'hono/jsx'
import type { Locale } from '../../domain/refused.ts'
import { say, table } from '../../domain/text/ui.ts'
import { Icon } from './icon.tsx'

export type Column<Row> = {
  readonly header: string
  readonly cell: (row: Row) => Child
  /** Numbers stand right. */
  readonly end?: boolean
}

/** Where a table is to be had as a file, in either format. */
export type TableFiles = { readonly locale: Locale; readonly csv: string; readonly xlsx: string }

/**
 * A list. The first column names its row. On narrow screens every row becomes a card with labels.
 * @param files where all its rows are to be had as a file; null for those who may not take them along
 * @param empty shown instead when there are no rows: an `EmptyState` that says what to do next
 * @param hideCaption when a heading just above already says it; the caption stays for screen readers
 */
export function DataTable<Row>(props: {
  caption: string
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  files: TableFiles | null
  empty: Child
}) {
  if (props.rows.length === 0) return <>{props.empty}</>
  return (
    <div class="table-part">
      <TableBox {...props} />
      {props.files && <Files {...props.files} of={props.caption} />}
    </div>
  )
}

/** The same rows as a file: small, always at the same place below a table. */
export function Files({ locale, csv, xlsx, of }: TableFiles & { of: string }) {
  const link = (format: string, href: string) => (
    <a href={href} data-turbo="false" download>
      {format}
      <span class="sr-only"> {of}</span>
    </a>
  )
  return (
    <p class="table-files">
      <Icon name="download" />
      {say(table.downloadTable, locale)}: {link('CSV', csv)} {link('XLSX', xlsx)}
    </p>
  )
}

function TableBox<Row>(props: {
  caption: string
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
}) {
  const [first, ...rest] = props.columns
  return (
    <div class="table-box" tabindex={0} role="region" aria-label={props.caption}>
      <table class="table" role="table">
        <caption class={props.hideCaption ? 'sr-only' : undefined}>{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <th scope="col" role="columnheader" class={column.end ? 'end' : undefined}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr role="row">
              <th scope="row" role="rowheader">
                {first!.cell(row)}
              </th>
              {rest.map((column) => (
                <td role="cell" data-label={column.header} class={column.end ? 'end' : undefined}>
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Cursor paging. `note` tells what is shown, e.g. "25 dari 140 permohonan". */
export function Pagination(props: { locale: Locale; previous?: string; next?: string; note?: string }) {
  if (!props.previous && !props.next && !props.note) return null
  return (
    <nav class="pager" aria-label={say(table.pages, props.locale)}>
      <span>
        {props.previous && (
          <a class="button button-secondary button-small" href={props.previous} rel="prev">
            <Icon name="arrow-left" />
            {say(table.previous, props.locale)}
          </a>
        )}
      </span>
      {props.note && <span>{props.note}</span>}
      <span>
        {props.next && (
          <a class="button button-secondary button-small" href={props.next} rel="next">
            {say(table.next, props.locale)}
            <Icon name="arrow-right" />
          </a>
        )}
      </span>
    </nav>
  )
}
