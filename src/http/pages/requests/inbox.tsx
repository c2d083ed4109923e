import type { Member } from '../../../actions/act.ts'
import type { Text } from '../../../domain/refused.ts'
import { requestFormTexts } from '../../../domain/text/request-form.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import type { Tx } from '../../../db/database.ts'
import { inScope } from '../../../db/database.ts'
import { countRequests, cursorOf, listRequests } from '../../../db/requests/lists.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { orderOf, requestSheet } from '../../sheets/desk.ts'
import { tableFiles } from '../../sheets/links.ts'
import { filterOf } from '../../requests/lists.ts'
import type { View as ListView } from '../../requests/lists.ts'
import type { Portal } from '../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/form.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { EmptyState, PageHeader, Tabs } from '../../ui/page.tsx'
import { Pagination } from '../../ui/table.tsx'
import { officePage } from '../page.ts'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'
import { RequestTable } from './request-table.tsx'

const pageSize = 25

type Tab = { readonly view: ListView; readonly label: Text; readonly empty: Text; readonly next: Text }

const inboxTabs: readonly Tab[] = [
  { view: 'mine', label: texts.mine, empty: texts.emptyMine, next: texts.emptyMineNext },
  { view: 'open', label: texts.open, empty: texts.emptyOpen, next: texts.emptyOpenNext },
  { view: 'running', label: texts.running, empty: texts.emptyList, next: texts.emptyListNext },
  { view: 'ended', label: texts.ended, empty: texts.emptyList, next: texts.emptyListNext },
]

const listTabs: readonly Tab[] = [
  { view: 'all', label: texts.all, empty: texts.emptyList, next: texts.emptyListNext },
  { view: 'drafts', label: texts.drafts, empty: texts.emptyList, next: texts.emptyListNext },
  { view: 'running', label: texts.running, empty: texts.emptyList, next: texts.emptyListNext },
  { view: 'ended', label: texts.ended, empty: texts.emptyList, next: texts.emptyListNext },
]

/** The desk's inbox by the time left, and the list of all requests that somebody may see. */
export function registerInbox(portal: Portal): void {
  officePage(portal, {
    path: patterns.inbox,
    title: texts.inbox,
    show: (visit) =>
      showList(visit, { tabs: inboxTabs, title: texts.inbox, lead: texts.inboxLead, at: paths.inbox }),
    sheets: (visit) => listSheets(visit, inboxTabs),
    menu: { group: 'desk', order: 10, label: texts.inbox, icon: 'inbox', count: waiting },
  })
  officePage(portal, {
    path: patterns.requests,
    title: texts.list,
    show: (visit) =>
      showList(visit, { tabs: listTabs, title: texts.list, lead: texts.listLead, at: paths.requests }),
    sheets: (visit) => listSheets(visit, listTabs),
    menu: { group: 'desk', order: 20, label: texts.list, icon: 'document' },
  })
}

/** How many requests the member holds or could take. */
export async function waiting(member: Member, tx: Tx): Promise<number> {
  const filters = await Promise.all([filterOf(tx, member, 'mine'), filterOf(tx, member, 'open')])
  return (await countRequests(tx, filters)).reduce((sum, count) => sum + count)
}

type ListSpec = {
  readonly tabs: readonly Tab[]
  readonly title: Text
  readonly lead: Text
  readonly at: (office: string) => string
}

const searchOf = (visit: OfficeVisit): string => (visit.query('q') ?? '').trim().slice(0, 200)

function listSheets(visit: OfficeVisit, tabs: readonly Tab[]) {
  const { view } = tabs.find((each) => each.view === visit.query('lihat')) ?? tabs[0]!
  return [requestSheet(visit, { view, search: searchOf(visit) })]
}

async function showList(visit: OfficeVisit, spec: ListSpec): Promise<View> {
  const { say, locale, office, deps, member } = visit
  const search = searchOf(visit)
  const asked = visit.query('lihat')
  const { counts, tab, page } = await inScope(deps.db, member, async (tx) => {
    const filters = await Promise.all(spec.tabs.map(({ view }) => filterOf(tx, member, view)))
    const found = await countRequests(
      tx,
      filters.map((filter) => ({ ...filter, search })),
    )
    const counts = new Map(spec.tabs.map(({ view }, index) => [view, found[index]!]))
    const fallback = spec.tabs.find(({ view }) => counts.get(view)! > 0) ?? spec.tabs[0]!
    const tab = spec.tabs.find(({ view }) => view === asked) ?? fallback
    const rows = await listRequests(tx, {
      ...filters[spec.tabs.indexOf(tab)]!,
      order: orderOf(tab.view),
      limit: pageSize,
      search,
      after: readCursor(visit.query('sesudah'), 2) as [string, string] | undefined,
    })
    return { counts, tab, page: cutPage(rows, pageSize, cursorOf) }
  })
  const address = (query: Record<string, string | undefined>): string =>
    withQuery(spec.at(office.slug), query)
  const isInbox = spec.tabs === inboxTabs
  const act = tab.view === 'open' ? 'take' : tab.view === 'mine' ? 'give-back' : undefined
  return {
    title: say(spec.title),
    crumbs: [{ label: say(spec.title) }],
    body: (
      <>
        <PageHeader title={say(spec.title)} lead={say(spec.lead)} actions={<Start visit={visit} />} />
        <Tabs
          label={say(texts.views)}
          tabs={spec.tabs.map(({ view, label }) => ({
            label: say(label),
            href: address({ lihat: view, q: search }),
            current: view === tab.view,
            count: counts.get(view),
          }))}
        />
        <Toolbar
          locale={locale}
          action={spec.at(office.slug)}
          label={say(texts.filter)}
          clear={search ? address({ lihat: tab.view }) : undefined}
        >
          <input type="hidden" name="lihat" value={tab.view} />
          <TextInput locale={locale} name="q" label={say(texts.search)} type="search" value={search} />
        </Toolbar>
        <RequestTable
          visit={visit}
          rows={page.rows}
          caption={say(tab.label)}
          files={tableFiles(visit, spec.at(office.slug), { lihat: tab.view, q: search })}
          empty={<EmptyState title={say(tab.empty)} next={say(tab.next)} />}
          acts={isInbox ? act : undefined}
          withDue={isInbox && tab.view !== 'ended'}
        />
        <Pagination
          locale={locale}
          next={page.next ? address({ lihat: tab.view, q: search, sesudah: page.next }) : undefined}
        />
      </>
    ),
  }
}

/** The way to a new request, for whoever may make one. */
export function Start({ visit }: { visit: OfficeVisit }) {
  const { member, office, say } = visit
  if (member.roles.includes('applicant'))
    return (
      <Button href={paths.newRequest(office.slug)} icon="plus">
        {say(requestFormTexts.newTitle)}
      </Button>
    )
  if (member.roles.includes('operator'))
    return (
      <Button href={paths.counterRequest(office.slug)} icon="plus" kind="secondary">
        {say(requestFormTexts.counterTitle)}
      </Button>
    )
  return null
}
