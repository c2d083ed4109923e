import type { ArchiveItem } from '../../../db/archive/items.ts'
import { countArchive, listArchive } from '../../../db/archive/items.ts'
import { listSchedule } from '../../../db/archive/schedule.ts'
import { inScope } from '../../../db/database.ts'
import { standings } from '../../../domain/archive/standing.ts'
import type { Standing } from '../../../domain/archive/standing.ts'
import { archiveRecordTexts as text } from '../../../domain/text/archive-records.ts'
import { scheduleTexts } from '../../../domain/text/retention-schedule.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { todayOf } from '../../archive/view.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { archiveSheet } from '../../sheets/archive.ts'
import { tableFiles } from '../../sheets/links.ts'
import { BreakAfter } from '../../ui/breaks.tsx'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { EmptyState, PageHeader, Stack, Tabs } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50

/** Every paper of the office with its class and where it stands in its life. */
export function registerArchiveList(portal: Portal): void {
  officePage(portal, {
    path: patterns.archive,
    title: text.title,
    menu: { group: 'oversight', order: 30, label: text.title, icon: 'book' },
    show: listView,
    sheets: (visit) => [archiveSheet(visit, standingOf(visit))],
  })
}

const standingOf = (visit: OfficeVisit): Standing | undefined =>
  standings.find((each) => each === visit.query('status'))

const tones: Readonly<Record<Standing, Tone>> = {
  active: 'success',
  inactive: 'info',
  due: 'warning',
  proposed: 'warning',
  permanent: 'info',
  held: 'danger',
  destroyed: 'neutral',
  unclassed: 'neutral',
}

export const StandingPill = ({ visit, standing }: { visit: OfficeVisit; standing: Standing }) => (
  <StatusPill tone={tones[standing]} text={visit.say(text.standings[standing])} />
)

async function listView(visit: OfficeVisit) {
  const { say, locale, office, deps, member } = visit
  const standing = standingOf(visit)
  const today = todayOf(visit)
  const after = readPlace(visit.query('dari'))
  const { rows, counts, schedule } = await inScope(deps.db, member, async (tx) => ({
    rows: await listArchive(tx, today, { standing }, { limit: perPage + 1, after }),
    counts: await countArchive(tx, today),
    schedule: await listSchedule(tx),
  }))
  const page = cutPage(rows, perPage, (row) => placeOf(row.createdAt, row.id))
  const query = { status: standing }
  const lead = standing && text.leads[standing]
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader
          title={say(text.title)}
          lead={say(text.lead)}
          actions={
            <ButtonRow>
              <Button href={paths.disposals(office.slug)} icon="list">
                {say(text.proposals)}
              </Button>
              <Button href={paths.schedule(office.slug)} kind="secondary" icon="calendar">
                {say(text.schedule)}
              </Button>
            </ButtonRow>
          }
        />
        {schedule.some(({ confirmedAt }) => confirmedAt === null) && (
          <Alert tone="warning" locale={locale}>
            <p>
              {say(text.unconfirmed)} <a href={paths.schedule(office.slug)}>{say(text.schedule)}</a>
            </p>
          </Alert>
        )}
        <StandingTabs visit={visit} standing={standing} counts={counts} />
        {lead && <p class="muted">{say(lead)}</p>}
        <DataTable
          caption={say(standing ? text.standings[standing] : text.title)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.archive(office.slug), query)}
          empty={<EmptyState icon="book" title={say(text.empty)} next={say(text.emptyNext)} />}
          columns={columnsFor(visit)}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.archive(office.slug), { ...query, dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

function StandingTabs(props: {
  visit: OfficeVisit
  standing: Standing | undefined
  counts: Readonly<Partial<Record<Standing, number>>>
}) {
  const { visit, standing, counts } = props
  const { say, office } = visit
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const shown = standings.filter((each) => each !== 'unclassed' || counts.unclassed || standing === each)
  return (
    <Tabs
      label={say(text.standing)}
      tabs={[
        { label: `${say(text.all)} (${all})`, href: paths.archive(office.slug), current: !standing },
        ...shown.map((each) => ({
          label: `${say(text.standings[each])} (${counts[each] ?? 0})`,
          href: withQuery(paths.archive(office.slug), { status: each }),
          current: each === standing,
        })),
      ]}
    />
  )
}

function columnsFor(visit: OfficeVisit) {
  const { say, locale, office } = visit
  const day = (date: string | null) => (date ? <Day date={date} locale={locale} /> : <>–</>)
  return [
    {
      header: say(text.item),
      cell: (row: ArchiveItem) => (
        <>
          <a href={paths.record(office.slug, row.id)}>
            <span class="long-number">
              <BreakAfter sign="/" text={row.name} />
            </span>
          </a>
          <br />
          <span class="muted small">
            {[row.code, say(scheduleTexts.papers[row.kind]), row.ticket].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
    },
    {
      header: say(text.activeUntil),
      cell: (row: ArchiveItem) => (row.inUse ? say(text.uses[row.inUse]!) : day(row.activeUntil)),
    },
    { header: say(text.inactiveUntil), cell: (row: ArchiveItem) => day(row.inactiveUntil) },
    {
      header: say(text.fate),
      cell: (row: ArchiveItem) => (row.fate ? say(scheduleTexts.fates[row.fate]) : '–'),
    },
    {
      header: say(text.standing),
      cell: (row: ArchiveItem) => <StandingPill visit={visit} standing={row.standing} />,
    },
  ]
}
