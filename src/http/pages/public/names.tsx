import { inScope } from '../../../db/database.ts'
import type { OfficeFacts } from '../../../db/people.ts'
import { listOffices } from '../../../db/people.ts'
import type { OfficialName } from '../../../db/public/names.ts'
import { listOfficialNames } from '../../../db/public/names.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { publicTexts as text } from '../../../domain/text/public.ts'
import { apiBase, paths, patterns } from '../../paths.ts'
import { csvAnswer, namesCsv } from '../../public-facts.ts'
import type { Portal } from '../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput, Toolbar } from '../../ui/form.tsx'
import { EmptyState, PageHeader, Section, Stack } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { officePublicPage, publicPage } from '../page.ts'
import type { Visit } from '../visit.ts'

/** Names that a page shows of one office; the files hold all. */
const maxShown = 500

/** The official names, for everybody: of all offices, of one office, and as a file. */
export function registerNames(portal: Portal): void {
  publicPage(portal, {
    path: patterns.namesFile,
    title: text.csv,
    show: async ({ deps }) =>
      csvAnswer('subdomain-resmi.csv', await namesCsv(deps.db, await listOffices(deps.db))),
  })
  publicPage(portal, {
    path: patterns.names,
    title: text.namesTitle,
    show: async (visit) => namesView(visit, await listOffices(visit.deps.db), paths.names()),
  })
  officePublicPage(portal, {
    path: patterns.officeNamesFile,
    title: text.csv,
    show: async ({ deps, office }) =>
      csvAnswer(`subdomain-resmi-${office.slug}.csv`, await namesCsv(deps.db, [office])),
  })
  officePublicPage(portal, {
    path: patterns.officeNames,
    title: text.namesTitle,
    show: (visit) => namesView(visit, [visit.office], paths.officeNames(visit.office.slug)),
  })
}

async function namesView(visit: Visit, offices: readonly OfficeFacts[], here: string) {
  const { say, locale } = visit
  const search = visit.query('cari')?.trim()
  const lists = []
  for (const office of offices) lists.push(await OfficeNames({ visit, office, search }))
  return {
    title: say(text.namesTitle),
    body: (
      <Stack>
        <PageHeader
          title={say(text.namesTitle)}
          lead={say(text.namesLead)}
          actions={
            <Button href={`${here}/csv`} kind="secondary" icon="download" plain>
              {say(text.csv)}
            </Button>
          }
        />
        <Toolbar locale={locale} action={here} label={say(text.filter)} clear={search ? here : undefined}>
          <TextInput locale={locale} name="cari" label={say(text.search)} type="search" value={search} />
        </Toolbar>
        {lists}
      </Stack>
    ),
  }
}

async function OfficeNames(props: { visit: Visit; office: OfficeFacts; search?: string }) {
  const { visit, office, search } = props
  const { say } = visit
  const rows = await inScope(visit.deps.db, { officeId: office.id }, (tx) =>
    listOfficialNames(tx, { search, limit: maxShown + 1 }),
  )
  const shown = rows.slice(0, maxShown)
  return (
    <Section
      title={office.name}
      lead={office.government}
      actions={
        <a href={`${apiBase}/public/offices/${office.slug}/names`} data-turbo="false">
          {say(text.json)}
        </a>
      }
    >
      <NamesTable visit={visit} office={office} rows={shown} isFiltered={Boolean(search)} />
      {rows.length > maxShown && <p class="hint">{say(text.moreNames(maxShown))}</p>}
    </Section>
  )
}

function NamesTable(props: {
  visit: Visit
  office: OfficeFacts
  rows: readonly OfficialName[]
  isFiltered: boolean
}) {
  const { visit, office, rows, isFiltered } = props
  const { say, locale } = visit
  const title = isFiltered ? text.namesNoMatch : text.namesEmpty
  const next = isFiltered ? text.namesNoMatchNext : text.namesEmptyNext
  return (
    <DataTable
      caption={`${say(text.namesTitle)}: ${office.name}`}
      hideCaption
      rows={rows}
      files={null}
      empty={<EmptyState title={say(title)} next={say(next)} icon="globe" />}
      columns={[
        { header: say(text.name), cell: (row) => <span class="mono">{row.name}</span> },
        { header: say(text.agency), cell: (row) => row.agency },
        {
          header: say(text.since),
          cell: (row) => <Day date={localDate(row.since, office.timezone)} locale={locale} />,
        },
        {
          header: say(text.until),
          cell: (row) => (row.until ? <Day date={row.until} locale={locale} /> : '–'),
        },
      ]}
    />
  )
}
