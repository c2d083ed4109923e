import * as z from 'zod'
import { noteListRead } from '../../../actions/oversight/note-reading.ts'
import { changeRoles } from '../../../actions/people/change-roles.ts'
import { forgetFactorsOf } from '../../../actions/people/forget-second-factors.ts'
import { setMembershipActive } from '../../../actions/people/set-membership-active.ts'
import { inScope } from '../../../db/database.ts'
import type { OfficePerson } from '../../../db/people.ts'
import { listPeople } from '../../../db/people.ts'
import { resetReason, staffRole } from '../../../domain/access/people.ts'
import { roles, roleTexts } from '../../../domain/access/roles.ts'
import { enrolmentHours } from '../../../domain/access/second-factor.ts'
import { isStaff } from '../../../domain/access/sessions.ts'
import { appointmentPageTexts } from '../../../domain/text/appointments.ts'
import { factorTexts } from '../../../domain/text/second-factor.ts'
import { personalDataTexts } from '../../../domain/text/personal-data.ts'
import { peoplePageTexts as text } from '../../../domain/text/people.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { enrolmentLinks } from '../../links.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { peopleSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, FormErrorSummary } from '../../ui/form.tsx'
import { PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import type { Page } from '../page.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50
const staffRoles = roles.filter((role) => role !== 'applicant')
const rolesForm = z.object({
  roles: z
    .union([z.array(staffRole), staffRole.transform((role) => [role])])
    .default([])
    .transform((list) => [...new Set(list)]),
})

/** Who belongs to the office, and what they are in it. */
export function registerPeople(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.people,
    title: text.people,
    menu: { group: 'administration', order: 10, label: text.people, icon: 'users' },
    show: peopleView,
    sheets: (visit) => [peopleSheet(visit)],
  })
  pageForm(portal, page, {
    path: patterns.personRoles,
    submit: async (visit, form) => {
      await changeRoles(visit.deps, visit.member, visit.param('person'), form.parse(rolesForm).roles)
      await visit.flash('success', text.rolesChanged)
      return paths.people(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.personActive,
    submit: async (visit, form) => {
      const active = form.text('active') === 'yes'
      await setMembershipActive(visit.deps, visit.member, visit.param('person'), active)
      await visit.flash('success', active ? text.activated : text.deactivated)
      return paths.people(visit.office.slug)
    },
  })
  registerFactors(portal, page)
}

function registerFactors(portal: Portal, page: Page<OfficeVisit>): void {
  pageForm(portal, page, {
    path: patterns.personFactors,
    submit: async (visit, form) => {
      const { reason } = form.parse(z.object({ reason: resetReason }))
      const links = enrolmentLinks(visit.deps)
      await forgetFactorsOf(visit.deps, visit.member, visit.param('person'), reason, links)
      await visit.flash('success', text.factorsForgotten)
      return paths.people(visit.office.slug)
    },
  })
}

async function peopleView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, member, office } = visit
  const after = readCursor(visit.query('dari'), 2)
  await noteListRead(visit.deps, member, 'pengguna')
  const rows = await inScope(visit.deps.db, member, (tx) =>
    listPeople(tx, member.officeId, { limit: perPage + 1, after }),
  )
  const page = cutPage(rows, perPage, (row) => [row.name, row.id])
  return {
    title: say(text.people),
    body: (
      <Stack>
        <PageHeader
          title={say(text.people)}
          lead={say(text.peopleLead)}
          actions={
            <Button href={paths.invitations(office.slug)} icon="mail">
              {say(text.invite)}
            </Button>
          }
        />
        {/* The form of one row among many: the sentence stands above the list. */}
        <FormErrorSummary
          locale={locale}
          issues={[]}
          lead={attempt.sent ? (attempt.lead ?? attempt.issues[0]?.text) : undefined}
        />
        <DataTable
          caption={say(text.people)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, paths.people(office.slug))}
          empty={null}
          columns={[
            {
              header: say(text.nameAndEmail),
              cell: (row) => (
                <>
                  {row.name}
                  <div class="small muted">{row.email}</div>
                </>
              ),
            },
            {
              header: say(text.role),
              cell: (row) => row.roles.map((role) => say(roleTexts[role])).join(', '),
            },
            { header: say(text.agency), cell: (row) => row.agency ?? '–' },
            { header: say(text.state), cell: (row) => <State visit={visit} row={row} /> },
            { header: say(text.change), cell: (row) => <Change visit={visit} row={row} /> },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.people(office.slug), { dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

function State({ visit, row }: { visit: OfficeVisit; row: OfficePerson }) {
  const { say } = visit
  return (
    <>
      <StatusPill
        tone={row.active ? 'success' : 'neutral'}
        text={say(row.active ? text.active : text.inactive)}
      />
      <Steps visit={visit} row={row} />
    </>
  )
}

/** What a second factor lets this person do today. */
function Steps({ visit, row }: { visit: OfficeVisit; row: OfficePerson }) {
  const { say, office } = visit
  if (row.hasSecondFactor) return <StatusPill tone="info" icon="shield" text={say(text.twoSteps)} />
  if (row.awaitsFactor) return <StatusPill tone="warning" text={say(factorTexts.awaitsLink)} />
  const isOwed = row.active && (office.applicantsNeedFactor || isStaff(row.roles))
  return isOwed ? <StatusPill tone="warning" text={say(factorTexts.missing)} /> : null
}

function Change({ visit, row }: { visit: OfficeVisit; row: OfficePerson }) {
  const { say, locale, office, member } = visit
  if (row.id === member.personId) return <StatusPill text={say(text.you)} />
  return (
    <ConfirmSection label={say(text.change)} title={row.name}>
      <Form action={paths.personRoles(office.slug, row.id)} id={`roles-${row.id}`}>
        <fieldset class="field">
          <legend class="label">{say(text.roles)}</legend>
          <div class="choices">
            {staffRoles
              .filter((role) => row.roles.includes(role))
              .map((role) => (
                <label class="choice">
                  <input type="checkbox" name="roles" value={role} checked />
                  <span>{roleTexts[role][locale]}</span>
                </label>
              ))}
          </div>
        </fieldset>
        <ButtonRow>
          <Button small>{say(text.saveRoles)}</Button>
          <Button
            small
            kind="secondary"
            href={withQuery(paths.newAppointment(office.slug), { orang: row.id })}
          >
            {say(appointmentPageTexts.record)}
          </Button>
        </ButtonRow>
      </Form>
      <ButtonRow>
        <PostButton
          action={paths.personActive(office.slug, row.id)}
          kind={row.active ? 'danger' : 'secondary'}
          small
          fields={{ active: row.active ? 'no' : 'yes' }}
        >
          {say(row.active ? text.deactivate : text.activate)}
        </PostButton>
        <Button small kind="secondary" href={paths.personData(office.slug, row.id)}>
          {say(personalDataTexts.title)}
        </Button>
      </ButtonRow>
      {(row.hasSecondFactor || row.awaitsFactor) && row.active && <ForgetFactors visit={visit} row={row} />}
    </ConfirmSection>
  )
}

function ForgetFactors({ visit, row }: { visit: OfficeVisit; row: OfficePerson }) {
  const { say, office } = visit
  const id = `reason-${row.id}`
  return (
    <Form action={paths.personFactors(office.slug, row.id)}>
      <div class="field">
        <label class="label" for={id}>
          {say(text.forgetFactorsWhy)}
        </label>
        <p class="hint" id={`${id}-hint`}>
          {say(text.forgetFactorsHint(enrolmentHours))}
        </p>
        <input class="input" id={id} name="reason" maxlength={500} aria-describedby={`${id}-hint`} />
      </div>
      <ButtonRow>
        <Button kind="danger" small>
          {say(text.forgetFactors)}
        </Button>
      </ButtonRow>
    </Form>
  )
}
