import { inScope } from '../../../db/database.ts'
import type { ServiceFile, ServiceView } from '../../../db/services/lists.ts'
import { listServices, serviceViews } from '../../../db/services/lists.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { serviceTexts as text } from '../../../domain/text/services.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { serviceSheet } from '../../sheets/desk.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { dueBy, dueDays, filterFor, kindText, serviceStanding } from '../../services/view.ts'
import { TextInput } from '../../ui/form.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { EmptyState, PageHeader, Stack, Tabs } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { PrintBook } from '../oversight/register-books.tsx'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50

/** The services of the office: live, due, closed. */
export function registerServiceList(portal: Portal): void {
  officePage(portal, {
    path: patterns.dueServices,
    title: text.dueTitle,
    show: (visit) => listView(visit, 'due'),
    sheets: (visit) => [serviceSheet(visit, { view: 'due', search: searchOf(visit) })],
  })
  officePage(portal, {
    path: patterns.services,
    title: text.title,
    menu: { group: 'registry', order: 10, label: text.title, icon: 'globe' },
    show: (visit) => listView(visit, statusOf(visit)),
    sheets: (visit) => [serviceSheet(visit, { view: statusOf(visit), search: searchOf(visit) })],
  })
}

const statusOf = (visit: OfficeVisit) => (visit.query('status') === 'closed' ? 'closed' : 'live')
const searchOf = (visit: OfficeVisit) => visit.query('cari')?.trim()

function addressOf(slug: string, view: ServiceView): string {
  if (view === 'due') return paths.dueServices(slug)
  return withQuery(paths.services(slug), { status: view === 'closed' ? 'closed' : undefined })
}

async function listView(visit: OfficeVisit, view: ServiceView) {
  const { say, locale, office, member, deps } = visit
  const today = localDate(deps.now(), office.timezone)
  const due = dueBy(deps.now(), office.timezone)
  const search = searchOf(visit)
  const after = readCursor(visit.query('setelah'), 2)
  const rows = await inScope(deps.db, member, (tx) =>
    listServices(tx, filterFor(member, view, search, due), { limit: perPage + 1, after }),
  )
  const page = cutPage(rows, perPage, (row) => [row.fqdn, row.id])
  const here = addressOf(office.slug, view)
  const bare = view === 'due' ? here : paths.services(office.slug)
  const asked = { status: view === 'closed' ? 'closed' : undefined, cari: search }
  const next = page.next ? withQuery(bare, { ...asked, setelah: page.next }) : undefined
  const title = say(view === 'due' ? text.dueTitle : text.title)
  return {
    title,
    body: (
      <Stack>
        <PageHeader title={title} lead={say(view === 'due' ? text.dueLead(dueDays) : text.lead)} />
        <Tabs
          label={say(text.views)}
          tabs={serviceViews.map((each) => ({
            label: say(text[each]),
            href: addressOf(office.slug, each),
            current: each === view,
          }))}
        />
        <Toolbar locale={locale} action={here} label={say(text.filter)} clear={search ? here : undefined}>
          {view === 'closed' && <input type="hidden" name="status" value="closed" />}
          <TextInput locale={locale} name="cari" label={say(text.search)} type="search" value={search} />
        </Toolbar>
        <DataTable
          caption={title}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, bare, asked)}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="globe" />}
          columns={[
            {
              header: say(text.name),
              cell: (row) => <a href={paths.service(office.slug, row.id)}>{row.fqdn}</a>,
            },
            { header: say(text.agency), cell: (row) => row.agency },
            { header: say(text.kind), cell: (row) => say(kindText(row)) },
            {
              header: say(text.registeredUntil),
              cell: (row) => (row.registeredUntil ? <Day date={row.registeredUntil} locale={locale} /> : '–'),
            },
            {
              header: say(text.status),
              cell: (row) => <ServicePill visit={visit} service={row} today={today} due={due} />,
            },
          ]}
        />
        <Pagination locale={locale} next={next} />
        {view === 'live' && <PrintBook visit={visit} book="subdomain" />}
        {view === 'live' && <PrintBook visit={visit} book="hosting" />}
      </Stack>
    ),
  }
}

/** Where the service stands, in a word. */
export function ServicePill(props: {
  visit: OfficeVisit
  service: Pick<ServiceFile, 'closedAt' | 'registeredUntil'>
  today: string
  due: string
}) {
  const { visit, service, today, due } = props
  const { tone, word } = serviceStanding(service, today, due)
  return <StatusPill tone={tone} text={visit.say(word)} />
}
