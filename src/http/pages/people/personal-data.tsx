import type { HeldOn } from '../../../actions/people/personal-data.ts'
import { erasePerson, readPersonalData } from '../../../actions/people/personal-data.ts'
import { erasureInput } from '../../../domain/access/personal-data.ts'
import { actText } from '../../../domain/text/acts.ts'
import { logbookTexts } from '../../../domain/text/oversight.ts'
import { personalDataTexts as text } from '../../../domain/text/personal-data.ts'
import { peoplePageTexts } from '../../../domain/text/people.ts'
import { download } from '../../download.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { tableFiles } from '../../sheets/links.ts'
import { readersSheet, readerWords, readWords } from '../../sheets/readers.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/case.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit, PersonVisit } from '../visit.ts'

/** Everything held on a person: to read, to take along, to erase. */
export function registerPersonalData(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.personData,
    title: text.title,
    show: async (visit, attempt) =>
      dataView(visit, await readPersonalData(visit.deps, visit.member, visit.param('person')), attempt),
    sheets: async (visit) => {
      const { readers } = await readPersonalData(visit.deps, visit.member, visit.param('person'))
      return [readersSheet(visit, readers)]
    },
  })
  officePage(portal, {
    path: patterns.personDataFile,
    title: text.download,
    show: async (visit) => {
      const found = await readPersonalData(visit.deps, visit.member, visit.param('person'))
      const at = visit.deps.now().toISOString()
      const bytes = Buffer.from(`${JSON.stringify({ at, office: visit.office.slug, ...found }, null, 2)}\n`)
      return download({
        filename: `data-pribadi-${visit.office.slug}-${at.slice(0, 10)}.json`,
        mediaType: 'application/json',
        bytes,
      })
    },
  })
  pageForm(portal, page, {
    path: patterns.personErase,
    submit: async (visit, form) => {
      const { reference } = form.parse(erasureInput)
      await erasePerson(visit.deps, visit.member, visit.param('person'), reference)
      await visit.flash('success', text.erased)
      return paths.personData(visit.office.slug, visit.param('person'))
    },
  })
}

function dataView(visit: OfficeVisit, { person, held, readers }: HeldOn, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const isAdministrator = member.roles.includes('administrator')
  const crumbs = isAdministrator
    ? [{ label: say(peoplePageTexts.people), href: paths.people(office.slug) }, { label: person.name }]
    : [{ label: person.name }]
  return {
    title: say(text.title),
    crumbs,
    body: (
      <Stack>
        <PageHeader
          over={person.name}
          title={say(text.title)}
          lead={say(text.lead)}
          actions={
            <Button
              href={paths.personDataFile(office.slug, person.id)}
              kind="secondary"
              icon="download"
              plain
            >
              {say(text.download)}
            </Button>
          }
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ reference: text.reference }}
          lead={attempt.lead}
        />
        <Readers visit={visit} personId={person.id} readers={readers} />
        <Card title={say(text.what)}>
          {held.map(({ table, rows }) => (
            <Disclosure label={`${tableWords(table, say)}: ${say(text.rows(rows.length))}`}>
              {rows.map((row) => (
                <dl class="dl">
                  {Object.entries(row)
                    .filter(([, value]) => value !== null)
                    .map(([name, value]) => (
                      <div>
                        <dt>{name}</dt>
                        <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
                      </div>
                    ))}
                </dl>
              ))}
            </Disclosure>
          ))}
        </Card>
        {isAdministrator && person.id !== member.personId && (
          <Erase visit={visit} person={person} attempt={attempt} />
        )}
      </Stack>
    ),
  }
}

/** Readings that the page shows; the file has all. */
const shownReaders = 50

/** Whoever saw the data of this person: the one whose data it is may know. */
function Readers({
  visit,
  personId,
  readers,
}: {
  visit: OfficeVisit
  personId: string
  readers: HeldOn['readers']
}) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.readers)}>
      <p class="hint">{say(text.readersLead)}</p>
      <DataTable
        caption={say(text.readers)}
        hideCaption
        rows={readers.slice(0, shownReaders)}
        files={tableFiles(visit, paths.personData(office.slug, personId))}
        empty={<EmptyState title={say(text.noReaders)} next={say(text.noReadersNext)} icon="users" />}
        columns={[
          {
            header: say(logbookTexts.time),
            cell: (row) => <Moment at={row.at} zone={office.timezone} locale={locale} />,
          },
          { header: say(logbookTexts.actor), cell: (row) => readerWords(row, say) },
          { header: say(logbookTexts.act), cell: (row) => say(actText(row.act)) },
          { header: say(logbookTexts.subject), cell: (row) => readWords(row, say) },
        ]}
      />
    </Card>
  )
}

const tableWords = (table: string, say: OfficeVisit['say']): string => {
  const words = text.tables[table]
  return words ? say(words) : table.replaceAll('_', ' ')
}

function Erase({
  visit,
  person,
  attempt,
}: {
  visit: OfficeVisit
  person: HeldOn['person']
  attempt: Attempt
}) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection label={say(text.erase)} title={say(text.eraseLead)}>
      <Form action={paths.personErase(office.slug, person.id)}>
        <TextInput
          locale={locale}
          name="reference"
          label={say(text.reference)}
          hint={say(text.referenceHint)}
          value={attempt.value('reference')}
          error={attempt.error('reference')}
          required
        />
        <ButtonRow>
          <Button kind="danger">{say(text.eraseButton)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

/** In one's own account: the data that each office holds. */
export function OwnDataCard({ visit }: { visit: PersonVisit }) {
  const { say, person } = visit
  return (
    <Card title={say(text.own)}>
      <p>{say(text.ownLead)}</p>
      <ButtonRow>
        {person.memberships.map(({ office }) => (
          <Button href={paths.personData(office.slug, person.id)} kind="secondary">
            {person.memberships.length === 1 ? say(text.ownOpen) : office.name}
          </Button>
        ))}
      </ButtonRow>
    </Card>
  )
}
