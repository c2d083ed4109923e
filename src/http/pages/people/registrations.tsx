import { noteListRead } from '../../../actions/oversight/note-reading.ts'
import { decideRegistration } from '../../../actions/people/decide-registration.ts'
import { registerSelf } from '../../../actions/people/register-self.ts'
import { inScope } from '../../../db/database.ts'
import type { PageOf } from '../../../db/page.ts'
import type { Registration } from '../../../db/people.ts'
import { countRegistrations, pendingRegistrations } from '../../../db/people.ts'
import { registrationDecision, registrationInput } from '../../../domain/access/people.ts'
import { peoplePageTexts as text } from '../../../domain/text/people.ts'
import { limitTries } from '../../auth/limit-tries.ts'
import { invitationLinks } from '../../links.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { registrationSheet } from '../../sheets/people.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RequiredNote, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Files, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, officePublicPage, pageForm } from '../page.ts'
import type { OfficePublicVisit, OfficeVisit } from '../visit.ts'
import { Moment } from './moment.tsx'

const perPage = 25

/** Applicants ask for an account; the office approves and invites, or refuses with a reason. */
export function registerRegistrations(portal: Portal): void {
  officePublicPage(portal, {
    path: patterns.register,
    title: text.registerTitle,
    show: registerView,
    submit: async (visit, form) => {
      const input = form.parse(registrationInput)
      await limitTries(visit.deps, 'register', visit.visitor.address)
      await registerSelf(visit.deps, visit.office.id, input)
      await visit.flash('success', text.registered)
      return paths.home()
    },
  })
  const page = officePage(portal, {
    path: patterns.registrations,
    title: text.registrations,
    menu: {
      group: 'administration',
      order: 30,
      label: text.registrations,
      icon: 'user',
      count: (member, tx) => countRegistrations(tx, member.officeId),
    },
    show: registrationsView,
    sheets: (visit) => [registrationSheet(visit)],
  })
  pageForm(portal, page, {
    path: patterns.registration,
    submit: async (visit, form) => {
      const approve = form.text('decision') === 'approve'
      const decision = registrationDecision.parse({ approve, text: form.text('text') })
      const links = invitationLinks(visit.deps)
      await decideRegistration(visit.deps, visit.member, visit.id('registration'), decision, links)
      await visit.flash('success', approve ? text.approved : text.refused)
      return paths.registrations(visit.office.slug)
    },
  })
}

const pendingOf = ({ deps, member }: OfficeVisit, page: PageOf): Promise<readonly Registration[]> =>
  inScope(deps.db, member, (tx) => pendingRegistrations(tx, member.officeId, page))

function registerView(visit: OfficePublicVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const field = (name: 'name' | 'email' | 'post' | 'agency', autocomplete: string) => (
    <TextInput
      name={name}
      label={say(text[name])}
      locale={locale}
      type={name === 'email' ? 'email' : 'text'}
      autocomplete={autocomplete}
      required
      value={attempt.value(name)}
      error={attempt.error(name)}
    />
  )
  return {
    title: say(text.registerTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.registerTitle)} over={office.name} lead={say(text.registerLead)} />
        <Card>
          <Form action={paths.register(office.slug)} guard>
            <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
            <RequiredNote locale={locale} />
            {field('name', 'name')}
            {field('email', 'email')}
            {field('post', 'organization-title')}
            {field('agency', 'organization')}
            <TextArea
              name="reason"
              label={say(text.reason)}
              hint={say(text.reasonHint)}
              locale={locale}
              required
              maxlength={2000}
              value={attempt.value('reason')}
              error={attempt.error('reason')}
            />
            <ButtonRow>
              <Button>{say(text.register)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

async function registrationsView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const after = readPlace(visit.query('dari'))
  await noteListRead(visit.deps, visit.member, 'pendaftaran')
  const rows = await pendingOf(visit, { limit: perPage + 1, after })
  const page = cutPage(rows, perPage, (row) => placeOf(row.createdAt, row.id))
  const pending = page.rows
  return {
    title: say(text.registrations),
    body: (
      <Stack>
        <PageHeader title={say(text.registrations)} lead={say(text.registrationsLead)} />
        <FormErrorSummary
          locale={locale}
          issues={[]}
          lead={attempt.sent ? (attempt.lead ?? attempt.issues[0]?.text) : undefined}
        />
        {pending.length === 0 && (
          <EmptyState icon="user" title={say(text.noRegistrations)} next={say(text.noRegistrationsNext)} />
        )}
        {pending.map((row) => (
          <RegistrationCard visit={visit} row={row} />
        ))}
        {pending.length > 0 && (
          <Files {...tableFiles(visit, paths.registrations(office.slug))} of={say(text.registrations)} />
        )}
        <Pagination
          locale={locale}
          next={page.next ? withQuery(paths.registrations(office.slug), { dari: page.next }) : undefined}
        />
      </Stack>
    ),
  }
}

function RegistrationCard({ visit, row }: { visit: OfficeVisit; row: Registration }) {
  const { say, locale, office } = visit
  const action = paths.registration(office.slug, row.id)
  return (
    <Card title={row.name}>
      <Stack>
        <DefinitionList
          facts={[
            { term: say(text.email), value: row.email },
            { term: say(text.post), value: row.post },
            { term: say(text.agency), value: row.agency },
            { term: say(text.reason), value: row.reason },
            { term: say(text.askedAt), value: <Moment at={row.createdAt} office={office} /> },
          ]}
        />
        <ButtonRow>
          <form method="post" action={action}>
            <Button name="decision" value="approve">
              {say(text.approve)}
            </Button>
          </form>
          <ConfirmSection label={say(text.refuse)} title={say(text.refuse)} danger>
            <form method="post" action={action} class="form">
              <div class="field">
                <label class="label" for={`text-${row.id}`}>
                  {say(text.refusalReason)}
                </label>
                <textarea
                  class="input"
                  id={`text-${row.id}`}
                  name="text"
                  rows={3}
                  maxlength={2000}
                  lang={locale}
                />
              </div>
              <Button kind="danger" name="decision" value="refuse">
                {say(text.refuse)}
              </Button>
            </form>
          </ConfirmSection>
        </ButtonRow>
      </Stack>
    </Card>
  )
}
