import { inScope } from '../../../db/database.ts'
import type { OfficeFacts } from '../../../db/people.ts'
import { listOffices } from '../../../db/people.ts'
import { readOpenData } from '../../../db/office/settings.ts'
import type { OfficialName } from '../../../db/public/names.ts'
import { listOfficialNames } from '../../../db/public/names.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { termsOf } from '../../../domain/office/open-data.ts'
import { openDataTexts } from '../../../domain/text/open-data.ts'
import { publicTexts as text } from '../../../domain/text/public.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { namesAnswer } from '../../open-data.ts'
import type { Portal } from '../../routes.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/form.tsx'
import { Toolbar } from '../../ui/toolbar.tsx'
import { EmptyState, PageHeader, Section, Stack } from '../../ui/page.tsx'
import type { TableFiles } from '../../ui/table.tsx'
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
    title: text.namesFile,
    show: async (visit) => fileOf(visit, await listOffices(visit.deps.db), paths.names()),
  })
  publicPage(portal, {
    path: patterns.names,
    title: text.namesTitle,
    show: async (visit) => namesView(visit, await listOffices(visit.deps.db), paths.names()),
  })
  officePublicPage(portal, {
    path: patterns.officeNamesFile,
    title: text.namesFile,
    show: (visit) => fileOf(visit, [visit.office], paths.officeNames(visit.office.slug)),
  })
  officePublicPage(portal, {
    path: patterns.officeNames,
    title: text.namesTitle,
    show: (visit) => namesView(visit, [visit.office], paths.officeNames(visit.office.slug)),
  })
}

const searchOf = (visit: Visit): string | undefined => visit.query('cari')?.trim() || undefined

const fileOf = (visit: Visit, offices: readonly OfficeFacts[], page: string): Promise<Response> =>
  namesAnswer(visit.deps.db, {
    offices,
    search: searchOf(visit),
    format: visit.param('format'),
    source: new URL(page, visit.deps.config.publicUrl).href,
    ifNoneMatch: visit.c.req.header('if-none-match'),
  })

async function namesView(visit: Visit, offices: readonly OfficeFacts[], here: string) {
  const { say, locale } = visit
  const search = searchOf(visit)
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
            offices.length > 1 && (
              <Button
                href={withQuery(paths.namesFile('csv'), { cari: search })}
                kind="secondary"
                icon="download"
                plain
              >
                {say(text.allCsv)}
              </Button>
            )
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
  const link = (format: string) => withQuery(paths.officeNamesFile(office.slug, format), { cari: search })
  const terms = termsOf(office, await readOpenData(visit.deps.db, office.id))
  return (
    <Section
      title={office.name}
      lead={office.government}
      actions={
        <a href={link('json')} data-turbo="false" download>
          {say(text.json)}
        </a>
      }
    >
      <NamesTable
        visit={visit}
        office={office}
        rows={shown}
        files={{ locale: visit.locale, csv: link('csv'), xlsx: link('xlsx') }}
        isFiltered={Boolean(search)}
      />
      {rows.length > maxShown && <p class="hint">{say(text.moreNames(maxShown))}</p>}
      {rows.length > 0 && (
        <p class="hint">
          {say(openDataTexts.terms(terms.licence, terms.attribution))}{' '}
          <a href={terms.licenceUrl} rel="license noopener">
            {say(openDataTexts.readLicence)}
          </a>
        </p>
      )}
    </Section>
  )
}

function NamesTable(props: {
  visit: Visit
  office: OfficeFacts
  rows: readonly OfficialName[]
  files: TableFiles
  isFiltered: boolean
}) {
  const { visit, office, rows, files, isFiltered } = props
  const { say, locale } = visit
  const title = isFiltered ? text.namesNoMatch : text.namesEmpty
  const next = isFiltered ? text.namesNoMatchNext : text.namesEmptyNext
  return (
    <DataTable
      caption={`${say(text.namesTitle)}: ${office.name}`}
      hideCaption
      rows={rows}
      files={files}
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
