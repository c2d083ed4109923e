import { agencyEditors } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import { notFound } from '../../../actions/act.ts'
import { agencyInput, saveAgency } from '../../../actions/registry/save-agency.ts'
import { inScope } from '../../../db/database.ts'
import type { AgencyRow } from '../../../db/registry/agencies.ts'
import { listAgencies, listApplicants, readAgency } from '../../../db/registry/agencies.ts'
import { registryTexts as text } from '../../../domain/text/registry.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { agencySheet } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Checkbox, Form, FormErrorSummary, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50

/** The agencies that apply. */
export function registerAgencies(portal: Portal): void {
  officePage(portal, {
    path: patterns.agencies,
    title: text.agencies,
    menu: { group: 'registry', order: 20, label: text.agencies, icon: 'building' },
    show: listView,
    sheets: (visit) => [agencySheet(visit)],
  })
  officePage(portal, {
    path: patterns.newAgency,
    title: text.newAgency,
    show: (visit, attempt) => formView(visit, attempt),
    submit: async (visit, form) => {
      await saveAgency(visit.deps, visit.member, form.parse(agencyInput))
      return done(visit)
    },
  })
  officePage(portal, {
    path: patterns.agency,
    title: text.editAgency,
    show: async (visit, attempt) => formView(visit, attempt, await openAgency(visit)),
    submit: async (visit, form) => {
      const { id } = await openAgency(visit)
      await saveAgency(visit.deps, visit.member, form.parse(agencyInput), id)
      return done(visit)
    },
  })
}

async function done(visit: OfficeVisit): Promise<string> {
  await visit.flash('success', text.saved)
  return paths.agencies(visit.office.slug)
}

async function openAgency(visit: OfficeVisit): Promise<AgencyRow> {
  const id = z.uuid().safeParse(visit.param('agency'))
  if (!id.success) throw notFound()
  const agency = await inScope(visit.deps.db, visit.member, (tx) => readAgency(tx, id.data))
  if (!agency) throw notFound()
  return agency
}

async function listView(visit: OfficeVisit) {
  const { say, locale, office, member } = visit
  const after = readCursor(visit.query('setelah'), 1)?.[0]
  const rows = await inScope(visit.deps.db, member, (tx) => listAgencies(tx, { limit: perPage + 1, after }))
  const page = cutPage(rows, perPage, (row) => [row.name])
  const edits = mayOpen(agencyEditors, member.roles)
  return {
    title: say(text.agencies),
    body: (
      <Stack>
        <PageHeader
          title={say(text.agencies)}
          lead={say(text.agenciesLead)}
          actions={
            <>
              {edits && (
                <Button href={paths.newAgency(office.slug)} icon="plus">
                  {say(text.newAgency)}
                </Button>
              )}
              {member.roles.includes('administrator') && (
                <Button href={paths.registryImport(office.slug)} kind="secondary" icon="upload">
                  {say(text.import)}
                </Button>
              )}
            </>
          }
        />
        <DataTable
          caption={say(text.agencies)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.agencies(office.slug))}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="building" />}
          columns={[
            {
              header: say(text.name),
              cell: (row) => (edits ? <a href={paths.agency(office.slug, row.id)}>{row.name}</a> : row.name),
            },
            { header: say(text.shortName), cell: (row) => row.shortName ?? '–' },
            { header: say(text.headPost), cell: (row) => row.headPost ?? '–' },
            { header: say(text.services), cell: (row) => row.services, end: true },
            {
              header: say(text.status),
              cell: (row) => (
                <StatusPill
                  tone={row.archivedAt ? 'neutral' : 'success'}
                  text={say(row.archivedAt ? text.archived : text.active)}
                />
              ),
            },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.agencies(office.slug), { setelah: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

async function formView(visit: OfficeVisit, attempt: Attempt, agency?: AgencyRow) {
  const { say, locale, office } = visit
  const title = say(agency ? text.editAgency : text.newAgency)
  return {
    title,
    crumbs: [{ label: say(text.agencies), href: paths.agencies(office.slug) }, { label: title }],
    body: (
      <Stack>
        <PageHeader title={title} over={agency?.name} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ name: text.name, address: text.address, email: text.email }}
          lead={attempt.lead}
        />
        <Card>
          <AgencyForm visit={visit} attempt={attempt} agency={agency} />
        </Card>
        {agency && (await Applicants({ visit, agency }))}
      </Stack>
    ),
  }
}

function AgencyForm(props: { visit: OfficeVisit; attempt: Attempt; agency?: AgencyRow }) {
  const { visit, attempt, agency } = props
  const { say, locale, office } = visit
  const input = (name: 'name' | 'shortName' | 'email' | 'headPost', hint?: string) => (
    <TextInput
      locale={locale}
      name={name}
      label={say(text[name])}
      hint={hint}
      value={attempt.value(name, agency?.[name] ?? undefined)}
      error={attempt.error(name)}
      maxlength={200}
      required={name === 'name'}
    />
  )
  const action = agency ? paths.agency(office.slug, agency.id) : paths.newAgency(office.slug)
  return (
    <Form action={action} guard>
      {input('name')}
      {input('shortName')}
      {input('headPost', say(text.headPostHint))}
      <TextArea
        locale={locale}
        name="address"
        label={say(text.address)}
        rows={3}
        value={attempt.value('address', agency?.address ?? undefined)}
        error={attempt.error('address')}
        maxlength={500}
      />
      {input('email')}
      {agency && (
        <Checkbox
          locale={locale}
          name="archived"
          label={say(text.isArchived)}
          checked={attempt.sent ? attempt.value('archived') === 'yes' : agency.archivedAt !== null}
        />
      )}
      <ButtonRow>
        <Button>{say(text.save)}</Button>
      </ButtonRow>
    </Form>
  )
}

async function Applicants({ visit, agency }: { visit: OfficeVisit; agency: AgencyRow }) {
  const { say } = visit
  const people = await inScope(visit.deps.db, visit.member, (tx) => listApplicants(tx, agency.id))
  return (
    <Card title={say(text.contacts)}>
      {people.length === 0 && <p>{say(text.noContacts)}</p>}
      <ul>
        {people.map((person) => (
          <li>
            {person.name} · <a href={`mailto:${person.email}`}>{person.email}</a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
