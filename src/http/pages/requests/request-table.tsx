import { formatInstant } from '../../../domain/dates/indonesian.ts'
import { phaseOf, standingOf } from '../../../domain/requests/standing.ts'
import { kindsOf } from '../../../domain/sop/graph.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { phaseTexts } from '../../../domain/text/requests.ts'
import type { ListedRequest } from '../../../db/requests/lists.ts'
import { paths } from '../../paths.ts'
import { PostButton } from '../../ui/button.tsx'
import { StatusPill } from '../../ui/status.tsx'
import type { Column, TableFiles } from '../../ui/table.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Child } from 'hono/jsx'
import type { OfficeVisit } from '../visit.ts'
import { HostName } from './host-name.tsx'
import { phaseTones } from './request-page.tsx'

/** A list of requests: each with its standing in a sentence and, at the desk, with what is due. */
export function RequestTable(props: {
  visit: OfficeVisit
  rows: readonly ListedRequest[]
  caption: string
  files: TableFiles | null
  empty: Child
  /** Offers to take or give back beside each row. */
  acts?: 'take' | 'give-back'
  withDue?: boolean
}) {
  const { visit, acts } = props
  const { say } = visit
  const columns: Column<ListedRequest>[] = [
    { header: say(texts.columnRequest), cell: (row) => <RequestCell visit={visit} row={row} /> },
    { header: say(texts.columnName), cell: (row) => <NameCell visit={visit} row={row} /> },
    { header: say(texts.columnStanding), cell: (row) => <StandingCell visit={visit} row={row} /> },
    ...(props.withDue
      ? [{ header: say(texts.columnDue), cell: (row: ListedRequest) => <DueCell visit={visit} row={row} /> }]
      : []),
    ...(acts
      ? [
          {
            header: say(texts.columnAct),
            cell: (row: ListedRequest) => <ActCell visit={visit} row={row} act={acts} />,
          },
        ]
      : []),
  ]
  return (
    <DataTable
      caption={props.caption}
      hideCaption
      rows={props.rows}
      files={props.files}
      empty={props.empty}
      columns={columns}
    />
  )
}

type CellProps = { readonly visit: OfficeVisit; readonly row: ListedRequest }

function RequestCell({ visit, row }: CellProps) {
  return (
    <>
      <a href={paths.request(visit.office.slug, row.ticket)}>{row.ticket}</a>
      <br />
      <span class="muted small">{row.agency}</span>
    </>
  )
}

function NameCell({ visit, row }: CellProps) {
  const kind = kindsOf(row.sop).find((each) => each.id === row.kind)
  return (
    <>
      <HostName name={row.fqdn ?? row.label ?? '–'} />
      <br />
      <span class="muted small">{kind ? visit.say(kind.label) : row.kind}</span>
    </>
  )
}

function StandingCell({ visit, row }: CellProps) {
  const standing = { ...row, dueAt: null }
  const phase = phaseOf(standing)
  return (
    <>
      <StatusPill tone={phaseTones[phase]} text={visit.say(phaseTexts[phase])} />
      <br />
      <span class="small">
        {visit.say(standingOf(row.sop, standing, visit.office.timezone, visit.deps.now()))}
        {row.holderName && ` (${visit.say(texts.heldBy(row.holderName))})`}
      </span>
      {row.trouble && (
        <>
          <br />
          <StatusPill tone="danger" icon="danger" text={visit.say(texts.trouble)} />
        </>
      )}
    </>
  )
}

function DueCell({ visit, row }: CellProps) {
  if (!row.due_at) return <span class="muted">{visit.say(texts.noDue)}</span>
  const late = row.phase === 'running' && row.due_at < visit.deps.now()
  return (
    <>
      <span class="num">{formatInstant(row.due_at, visit.office.timezone, visit.locale)}</span>
      {late && (
        <>
          <br />
          <StatusPill tone="danger" icon="alert" text={visit.say(texts.late)} />
        </>
      )}
    </>
  )
}

function ActCell({ visit, row, act }: CellProps & { act: 'take' | 'give-back' }) {
  const { slug } = visit.office
  const takes = act === 'take'
  return (
    <PostButton
      small
      kind="secondary"
      action={takes ? paths.requestTake(slug, row.ticket) : paths.requestGiveBack(slug, row.ticket)}
      fields={{ visit: String(row.visit), kembali: 'kotak-masuk' }}
    >
      {visit.say(takes ? texts.take : texts.giveBack)}
      <span class="sr-only"> {row.ticket}</span>
    </PostButton>
  )
}
