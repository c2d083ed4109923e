import * as z from 'zod'
import { notFound } from '../../../actions/act.ts'
import { acceptInvitation } from '../../../actions/people/accept-invitation.ts'
import { inScope } from '../../../db/database.ts'
import type { Invitation } from '../../../db/invitations.ts'
import { findInvitation } from '../../../db/invitations.ts'
import type { OfficeFacts } from '../../../db/people.ts'
import { personName } from '../../../domain/access/people.ts'
import { roleTexts } from '../../../domain/access/roles.ts'
import { hashToken } from '../../../domain/access/tokens.ts'
import { Refused } from '../../../domain/refused.ts'
import { peoplePageTexts as text, peopleTexts } from '../../../domain/text/people.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { namesOfOffice, requireStrongPassword } from '../../auth/own-password.ts'
import type { HttpDeps } from '../../deps.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { requireOffice } from '../../visitor.ts'
import type { Attempt } from '../form-values.ts'
import { publicPage } from '../page.ts'
import type { Visit } from '../visit.ts'
import { enterNew } from './enrolment.tsx'

const newPerson = z.object({ name: personName, password: z.string().min(1).max(1000) })

/** The page behind the one-time link of an invitation. */
export function registerAccept(portal: Portal): void {
  publicPage(portal, {
    path: patterns.invitation,
    title: text.acceptTitle,
    show: async (visit, attempt) => {
      const opened = await openedInvitation(visit.deps, visit.param('token'))
      return acceptView(visit, attempt, opened)
    },
    submit: async (visit, form) => {
      const { deps } = visit
      const { person } = visit.visitor
      const { invitation, office, token } = await openedInvitation(deps, visit.param('token'))
      if (person?.email === invitation.email) {
        await acceptInvitation(deps, office.id, token, { kind: 'signed-in', personId: person.id })
        await visit.flash('success', text.joined)
        return paths.office(office.slug)
      }
      const { name, password } = form.parse(newPerson)
      const places = [...namesOfOffice(office), invitation.agency ?? '']
      await requireStrongPassword(password, { name, email: invitation.email, places })
      const passwordHash = await deps.auth.hashPassword(password)
      const { personId } = await acceptInvitation(deps, office.id, token, { kind: 'new', name, passwordHash })
      await visit.flash('success', text.joined)
      return enterNew(visit, personId, paths.office(office.slug))
    },
  })
}

type Opened = { readonly invitation: Invitation; readonly office: OfficeFacts; readonly token: string }

/** @throws Refused: 404 for an unknown token, 410 for one that is used, revoked or over */
export async function openedInvitation(deps: HttpDeps, token: string): Promise<Opened> {
  if (!/^[a-z0-9]{2,16}-[A-Za-z0-9_-]{43}$/.test(token)) throw notFound()
  const office = await requireOffice(deps, token.split('-')[0]!)
  const invitation = await inScope(deps.db, { officeId: office.id }, (tx) =>
    findInvitation(tx, office.id, hashToken(token)),
  )
  if (!invitation) throw notFound()
  if (invitation.acceptedAt || invitation.revokedAt || invitation.expiresAt <= deps.now())
    throw new Refused('invitation-over', peopleTexts.invitationOver, { status: 410 })
  return { invitation, office, token }
}

function acceptView(visit: Visit, attempt: Attempt, { invitation, office, token }: Opened) {
  const { say, locale } = visit
  const mine = visit.visitor.person?.email === invitation.email
  return {
    title: say(text.acceptTitle),
    layout: 'auth' as const,
    lead: `${say(text.acceptLead(office.name))} ${say(roleTexts[invitation.role])}${
      invitation.agency ? ` · ${invitation.agency}` : ''
    }`,
    body: (
      <Form action={paths.invitation(token)} plain>
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <p>
          {say(text.email)}: <strong>{invitation.email}</strong>
        </p>
        {!mine && (
          <>
            <TextInput
              name="name"
              label={say(text.name)}
              locale={locale}
              autocomplete="name"
              required
              value={attempt.value('name', invitation.name)}
              error={attempt.error('name')}
            />
            <TextInput
              name="password"
              label={say(text.password)}
              hint={say(accountTexts.newPasswordHint)}
              locale={locale}
              type="password"
              autocomplete="new-password"
              required
              error={attempt.error('password')}
            />
          </>
        )}
        <ButtonRow>
          <Button>{say(mine ? text.acceptSignedIn : text.accept)}</Button>
        </ButtonRow>
      </Form>
    ),
  }
}
