import { noteListRead } from '../../../actions/oversight/note-reading.ts'
import { invitePerson } from '../../../actions/people/invite-person.ts'
import { renewInvitation } from '../../../actions/people/renew-invitation.ts'
import { revokeInvitation } from '../../../actions/people/revoke-invitation.ts'
import { inScope } from '../../../db/database.ts'
import { openInvitations } from '../../../db/invitations.ts'
import { invitationInput } from '../../../domain/access/people.ts'
import { roles, roleTexts } from '../../../domain/access/roles.ts'
import { appointmentPageTexts } from '../../../domain/text/appointments.ts'
import { peoplePageTexts as text } from '../../../domain/text/people.ts'
import { invitationLinks } from '../../links.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { invitationSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, PostButton } from '../../ui/button.tsx'
import { Form, FormErrorSummary, Select, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { PaperFields } from './appointment-fields.tsx'
import { Moment } from './moment.tsx'

const perPage = 50

/** Open invitations, and the form that sends one. Operators invite applicants, administrators anybody. */
export function registerInvitations(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.invitations,
    title: text.invitations,
    menu: { group: 'administration', order: 20, label: text.invitations, icon: 'mail' },
    show: invitationsView,
    sheets: (visit) => [invitationSheet(visit)],
    submit: async (visit, form) => {
      const links = invitationLinks(visit.deps)
      await invitePerson(visit.deps, visit.member, form.parse(invitationInput), links)
      await visit.flash('success', text.invited)
      return paths.invitations(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.invitationRenew,
    submit: async (visit) => {
      await renewInvitation(visit.deps, visit.member, visit.id('invitation'), invitationLinks(visit.deps))
      await visit.flash('success', text.renewed)
      return paths.invitations(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.invitationRevoke,
    submit: async (visit) => {
      await revokeInvitation(visit.deps, visit.member, visit.id('invitation'))
      await visit.flash('success', text.invitationRevoked)
      return paths.invitations(visit.office.slug)
    },
  })
}

async function invitationsView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, member, office } = visit
  const after = readPlace(visit.query('dari'))
  await noteListRead(visit.deps, member, 'undangan')
  const rows = await inScope(visit.deps.db, member, (tx) =>
    openInvitations(tx, member.officeId, { limit: perPage + 1, after }),
  )
  const page = cutPage(rows, perPage, (row) => placeOf(row.createdAt, row.id))
  return {
    title: say(text.invitations),
    body: (
      <Stack>
        <PageHeader title={say(text.invitations)} lead={say(text.inviteLead)} />
        <InviteForm visit={visit} attempt={attempt} />
        <DataTable
          caption={say(text.invitations)}
          rows={page.rows}
          files={tableFiles(visit, paths.invitations(office.slug))}
          empty={
            <EmptyState icon="mail" title={say(text.noInvitations)} next={say(text.noInvitationsNext)} />
          }
          columns={[
            { header: say(text.name), cell: (row) => row.name },
            { header: say(text.email), cell: (row) => row.email },
            { header: say(text.role), cell: (row) => say(roleTexts[row.role]) },
            { header: say(text.agency), cell: (row) => row.agency ?? '–' },
            { header: say(text.until), cell: (row) => <Moment at={row.expiresAt} office={office} /> },
            {
              header: say(text.change),
              cell: (row) => (
                <ButtonRow>
                  <PostButton action={paths.invitationRenew(office.slug, row.id)} kind="secondary" small>
                    {say(text.renew)}
                  </PostButton>
                  <PostButton action={paths.invitationRevoke(office.slug, row.id)} kind="secondary" small>
                    {say(text.revoke)}
                  </PostButton>
                </ButtonRow>
              ),
            },
          ]}
        />
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.invitations(office.slug), { dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

function InviteForm({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, member } = visit
  const offered = member.roles.includes('administrator') ? roles : (['applicant'] as const)
  const field = (name: 'name' | 'email' | 'agency', more: { hint?: string; required?: boolean } = {}) => (
    <TextInput
      name={name}
      label={say(text[name])}
      locale={locale}
      type={name === 'email' ? 'email' : 'text'}
      autocomplete="off"
      hint={more.hint}
      required={more.required}
      value={attempt.value(name)}
      error={attempt.error(name)}
    />
  )
  return (
    <Card title={say(text.invite)}>
      <Form action={paths.invitations(visit.office.slug)}>
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ ...appointmentPageTexts, ...text }}
          lead={attempt.lead}
        />
        {field('name', { required: true })}
        {field('email', { required: true })}
        <Select
          name="role"
          label={say(text.role)}
          locale={locale}
          width="medium"
          required
          options={offered.map((role) => ({ value: role, label: say(roleTexts[role]) }))}
          value={attempt.value('role', offered.length === 1 ? offered[0] : undefined)}
          error={attempt.error('role')}
        />
        {field('agency', { hint: say(text.agencyHint) })}
        <PaperFields attempt={attempt} locale={locale} optional />
        <ButtonRow>
          <Button icon="mail">{say(text.invite)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
