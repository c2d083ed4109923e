import { recordAppointment } from '../../../actions/appointments/record-appointment.ts'
import { inScope } from '../../../db/database.ts'
import type { Appointment } from '../../../db/appointments.ts'
import { listAppointments } from '../../../db/appointments.ts'
import type { OfficePerson } from '../../../db/people.ts'
import { listPeople } from '../../../db/people.ts'
import { actingForms, appointmentInput } from '../../../domain/access/appointments.ts'
import { inviters } from '../../../domain/access/duties.ts'
import { roles, roleTexts } from '../../../domain/access/roles.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { appointmentPageTexts as text, basisTexts } from '../../../domain/text/appointments.ts'
import type { AppointmentState } from '../../appointments.ts'
import { stateOf } from '../../appointments.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { appointmentSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RequiredNote, Select } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Tone } from '../../ui/shell.ts'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { PaperFields } from './appointment-fields.tsx'

const perPage = 50
/** People offered in a form; an office has fewer. */
const maxPeople = 500

/** By which paper everybody is what they are: the list, its file, and the form. */
export function registerAppointments(portal: Portal): void {
  officePage(portal, {
    path: patterns.appointments,
    title: text.title,
    menu: { group: 'administration', order: 15, label: text.title, icon: 'document' },
    show: listView,
    sheets: (visit) => [appointmentSheet(visit)],
  })
  officePage(portal, {
    path: patterns.newAppointment,
    title: text.record,
    show: formView,
    submit: async (visit, form) => {
      const { id } = await recordAppointment(visit.deps, visit.member, form.parse(appointmentInput))
      await visit.flash('success', text.recorded)
      return paths.appointment(visit.office.slug, id)
    },
  })
}

const tones: Readonly<Record<AppointmentState, Tone>> = {
  valid: 'success',
  later: 'info',
  over: 'neutral',
  revoked: 'neutral',
  endsSoon: 'warning',
  makeGood: 'warning',
}

/** What an appointment is worth today, in a word. */
export function State({ visit, row }: { visit: OfficeVisit; row: Appointment }) {
  const state = stateOf(row, localDate(visit.deps.now(), visit.office.timezone))
  return <StatusPill tone={tones[state]} text={visit.say(text[state])} />
}

/** `1 Mei 2026 – 10 Mei 2026`. */
export const termOf = ({ say, locale }: OfficeVisit, { fromDay, untilDay }: Appointment): string =>
  `${formatDate(fromDay, locale)} – ${untilDay ? formatDate(untilDay, locale) : say(text.noEnd)}`

/** `Plh. Kepala Bidang (Ani Contoh)`. */
export const roleOf = ({ say }: OfficeVisit, { role, acting, principal, agency }: Appointment): string =>
  [acting, say(roleTexts[role]), principal ? `(${principal})` : agency && `(${agency})`]
    .filter(Boolean)
    .join(' ')

async function listView(visit: OfficeVisit) {
  const { say, member, office, locale } = visit
  const after = readPlace(visit.query('dari'))
  const rows = await inScope(visit.deps.db, member, (tx) =>
    listAppointments(tx, member.officeId, { limit: perPage + 1, after }),
  )
  const page = cutPage(rows, perPage, (row) => placeOf(row.createdAt, row.id))
  const record = (
    <Button href={paths.newAppointment(office.slug)} icon="plus">
      {say(text.record)}
    </Button>
  )
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} actions={mayRecord(visit) && record} />
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.appointments(office.slug))}
          empty={<EmptyState icon="document" title={say(text.empty)} next={say(text.emptyNext)} />}
          columns={[
            {
              header: say(text.person),
              cell: (row) => <a href={paths.appointment(office.slug, row.id)}>{row.person}</a>,
            },
            { header: say(text.role), cell: (row) => roleOf(visit, row) },
            {
              header: say(text.letter),
              cell: (row) => (
                <>
                  {say(basisTexts[row.basis])}
                  {row.number && <br />}
                  {row.number && <span class="muted small">{row.number}</span>}
                </>
              ),
            },
            { header: say(text.term), cell: (row) => termOf(visit, row) },
            { header: say(text.state), cell: (row) => <State visit={visit} row={row} /> },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.appointments(office.slug), { dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

/** An administrator whose own paper is over gets this far, to have it made good. */
export const mayRecord = ({ member }: OfficeVisit): boolean =>
  mayOpen(inviters, member.roles) || (member.lapsed ?? []).some(({ role }) => role === 'administrator')

async function formView(visit: OfficeVisit, attempt: Attempt) {
  const { say, member } = visit
  const people = await inScope(visit.deps.db, member, (tx) =>
    listPeople(tx, member.officeId, { limit: maxPeople }),
  )
  return {
    title: say(text.record),
    body: (
      <Stack>
        <PageHeader title={say(text.record)} lead={say(text.lead)} />
        <FormErrorSummary locale={visit.locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <RecordForm visit={visit} attempt={attempt} people={people.filter(({ active }) => active)} />
      </Stack>
    ),
  }
}

function RecordForm(props: { visit: OfficeVisit; attempt: Attempt; people: readonly OfficePerson[] }) {
  const { visit, attempt, people } = props
  const { say, locale, office, member } = visit
  const field = (name: 'personId' | 'role' | 'acting' | 'principalId', fallback?: string) => ({
    locale,
    name,
    label: say(text[name]),
    value: attempt.value(name, fallback),
    error: attempt.error(name),
  })
  const isAdministrator = member.roles.length === 0 || member.roles.includes('administrator')
  const offered = isAdministrator ? roles : (['applicant'] as const)
  const named = people.map(({ id, name, roles: has }) => ({
    value: id,
    label: `${name} (${has.map((role) => roleTexts[role][locale]).join(', ')})`,
  }))
  return (
    <Card>
      <Form action={paths.newAppointment(office.slug)} guard>
        <RequiredNote locale={locale} />
        <Select {...field('personId', visit.query('orang'))} required options={named} />
        <Select
          {...field('role')}
          required
          width="medium"
          options={offered.map((role) => ({ value: role, label: say(roleTexts[role]) }))}
        />
        <PaperFields attempt={attempt} locale={locale} />
        {isAdministrator && (
          <>
            <Select
              {...field('acting')}
              hint={say(text.actingHint)}
              width="medium"
              empty={say(text.definitive)}
              options={actingForms.map((value) => ({ value, label: value }))}
            />
            <Select {...field('principalId')} empty={say(text.nobody)} options={named} />
          </>
        )}
        <ButtonRow>
          <Button>{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
