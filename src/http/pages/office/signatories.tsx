import { administrators } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import { appointSignatory } from '../../../actions/letters/appoint-signatory.ts'
import { endSignatory } from '../../../actions/letters/end-signatory.ts'
import { inScope } from '../../../db/database.ts'
import type { SignatoryRow } from '../../../db/letters/signatories.ts'
import { listSignatories } from '../../../db/letters/signatories.ts'
import { listServers } from '../../../db/office/servers.ts'
import type { ServerFile } from '../../../db/office/servers.ts'
import type { OfficePerson } from '../../../db/people.ts'
import { listPeople } from '../../../db/people.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { signatoryInput, signatoryOn } from '../../../domain/letters/signing.ts'
import { signatoryPageTexts as text } from '../../../domain/text/signing.ts'
import { paths, patterns } from '../../paths.ts'
import { signatorySheet } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RequiredNote, Select, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

/** People offered as signatories; an office has fewer. */
const maxPeople = 500
export const endForm = z.strictObject({ untilDay: z.iso.date() })

/** Who signs for the office, from when to when, and how. */
export function registerSignatories(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.signatories,
    title: text.title,
    menu: { group: 'administration', order: 42, label: text.title, icon: 'edit' },
    show: signatoriesView,
    sheets: (visit) => [signatorySheet(visit)],
  })
  pageForm(portal, page, {
    path: patterns.newSignatory,
    submit: async (visit, form) => {
      await appointSignatory(visit.deps, visit.member, form.parse(signatoryInput))
      await visit.flash('success', text.saved)
      return paths.signatories(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.endSignatory,
    submit: async (visit, form) => {
      const id = visit.id('signatory')
      const { untilDay } = endForm.parse({ untilDay: form.text(`lastDay-${id}`) })
      await endSignatory(visit.deps, visit.member, id, untilDay)
      await visit.flash('success', text.ended)
      return paths.signatories(visit.office.slug)
    },
  })
}

async function signatoriesView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, member, office } = visit
  const { rows, servers, people } = await inScope(visit.deps.db, member, async (tx) => ({
    rows: await listSignatories(tx),
    servers: (await listServers(tx)).filter(({ kind }) => kind === 'signature'),
    people: await listPeople(tx, member.officeId, { limit: maxPeople }),
  }))
  const today = localDate(visit.deps.now(), office.timezone)
  const current = signatoryOn(rows, today)
  const mayEdit = mayOpen(administrators, member.roles)
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{
            ...text,
            fromDay: text.from,
            untilDay: text.until,
            personId: text.person,
            serverId: text.way,
          }}
          lead={attempt.lead}
        />
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={rows}
          files={tableFiles(visit, paths.signatories(office.slug))}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="edit" />}
          columns={[
            {
              header: say(text.name),
              cell: (row: SignatoryRow) => (
                <>
                  {row.name}
                  <br />
                  <span class="muted">{`${row.acting ? `${row.acting} ` : ''}${row.post}`}</span>
                  {row === current && <br />}
                  {row === current && <StatusPill tone="success" text={say(text.now)} />}
                </>
              ),
            },
            { header: say(text.days), cell: (row) => termOf(visit, row) },
            { header: say(text.way), cell: (row) => row.serverName ?? say(text.byHand) },
            {
              header: say(text.end),
              cell: (row) =>
                mayEdit && (row.untilDay === null || row.untilDay >= today) ? (
                  <End visit={visit} row={row} today={today} />
                ) : null,
            },
          ]}
        />
        {mayEdit && <Appoint visit={visit} attempt={attempt} servers={servers} people={people} />}
      </Stack>
    ),
  }
}

/** `1 Mei 2026 – 10 Mei 2026`. */
function termOf({ say, locale }: OfficeVisit, { fromDay, untilDay }: SignatoryRow): string {
  return `${formatDate(fromDay, locale)} – ${untilDay ? formatDate(untilDay, locale) : say(text.open)}`
}

function End({ visit, row, today }: { visit: OfficeVisit; row: SignatoryRow; today: string }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection label={say(text.end)} title={row.name}>
      <Form action={paths.endSignatory(office.slug, row.id)}>
        <TextInput
          locale={locale}
          name={`lastDay-${row.id}`}
          type="date"
          label={say(text.endDay)}
          value={row.untilDay ?? today}
          width="short"
          required
        />
        <ButtonRow>
          <Button kind="secondary">{say(text.end)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Appoint(props: {
  visit: OfficeVisit
  attempt: Attempt
  servers: readonly ServerFile[]
  people: readonly OfficePerson[]
}) {
  const { visit, attempt, servers, people } = props
  const { say, locale, office } = visit
  const field = (name: string) => ({
    locale,
    name,
    value: attempt.value(name),
    error: attempt.error(name),
  })
  const staff = people.filter(({ active, roles }) => active && roles.some((role) => role !== 'applicant'))
  return (
    <Card title={say(text.add)}>
      <Form action={paths.newSignatory(office.slug)} guard>
        <RequiredNote locale={locale} />
        <Select
          {...field('personId')}
          label={say(text.person)}
          options={staff.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <Select
          {...field('acting')}
          label={say(text.acting)}
          empty={say(text.definitive)}
          options={['Plt.', 'Plh.', 'a.n.'].map((value) => ({ value, label: value }))}
        />
        <TextInput {...field('post')} label={say(text.post)} maxlength={200} required />
        <TextInput
          {...field('name')}
          label={say(text.name)}
          hint={say(text.nameHint)}
          maxlength={200}
          required
        />
        <TextInput {...field('rank')} label={say(text.rank)} width="medium" maxlength={100} />
        <TextInput {...field('nip')} label={say(text.nip)} width="medium" maxlength={40} />
        <TextInput {...field('fromDay')} type="date" label={say(text.from)} width="short" required />
        <TextInput
          {...field('untilDay')}
          type="date"
          label={say(text.until)}
          hint={say(text.untilHint)}
          width="short"
        />
        <Select
          {...field('serverId')}
          label={say(text.way)}
          empty={say(text.byHand)}
          options={servers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          {...field('certificateName')}
          label={say(text.certificateName)}
          hint={say(text.certificateNameHint)}
          maxlength={200}
        />
        <TextInput
          {...field('nik')}
          value={undefined}
          label={say(text.nik)}
          hint={say(text.nikHint)}
          width="medium"
          maxlength={16}
          autocomplete="off"
        />
        <ButtonRow>
          <Button>{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
