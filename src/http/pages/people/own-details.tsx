import * as z from 'zod'
import type { EmailChange } from '../../../db/email-changes.ts'
import { openEmailChange } from '../../../db/email-changes.ts'
import { personEmail, personName } from '../../../domain/access/people.ts'
import { Refused } from '../../../domain/refused.ts'
import { ownDetailsTexts as text } from '../../../domain/text/own-details.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import {
  askEmailChange,
  changeName,
  confirmEmail,
  confirmMinutes,
  requireConfirmLink,
} from '../../auth/own-details.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { personPage } from '../page.ts'
import type { PersonVisit } from '../visit.ts'
import { CurrentPassword } from './current-password.tsx'
import { callerOf } from './sign-in-cookies.ts'

const nameForm = z.object({ name: personName })
const emailForm = z.object({ email: personEmail, password: z.string().min(1).max(1000) })

/** One's own name, and the e-mail address with the page behind the link that confirms it. */
export function registerOwnDetails(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountName,
    title: text.nameTitle,
    show: nameView,
    submit: async (visit, form) => {
      await changeName(visit.deps, callerOf(visit), visit.person, form.parse(nameForm).name)
      await visit.flash('success', text.nameSaved)
      return paths.account()
    },
  })
  personPage(portal, {
    path: patterns.accountEmail,
    title: text.emailTitle,
    show: emailView,
    submit: async (visit, form) => {
      await askEmailChange(visit.deps, callerOf(visit), visit.person, form.parse(emailForm))
      await visit.flash('success', text.asked)
      return paths.account()
    },
  })
  personPage(portal, {
    path: patterns.confirmEmail,
    title: text.confirmTitle,
    show: async (visit, attempt) => {
      const change = await changeBehind(visit)
      return change ? confirmView(visit, attempt, change) : overView(visit)
    },
    submit: async (visit) => {
      await confirmEmail(visit.deps, callerOf(visit), visit.person, visit.param('token'))
      await visit.flash('success', text.confirmed)
      return paths.account()
    },
  })
}

async function changeBehind(visit: PersonVisit): Promise<EmailChange | undefined> {
  try {
    return await requireConfirmLink(visit.deps, visit.person, visit.param('token'))
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

/** What the page of the account says about name and address. */
export async function OwnDetailsCard({ visit }: { visit: PersonVisit }) {
  const { say, locale, person, deps } = visit
  const change = await openEmailChange(deps.db, person.id, deps.now())
  return (
    <Card title={say(text.cardTitle)}>
      <Stack>
        <DefinitionList
          facts={[
            { term: say(text.name), value: person.name },
            { term: say(text.email), value: person.email },
          ]}
        />
        {change && (
          <Alert tone="info" locale={locale}>
            {say(text.waiting(change.email))}
          </Alert>
        )}
        <ButtonRow>
          <Button href={paths.accountName()} kind="secondary">
            {say(text.nameTitle)}
          </Button>
          <Button href={paths.accountEmail()} kind="secondary">
            {say(text.emailTitle)}
          </Button>
        </ButtonRow>
      </Stack>
    </Card>
  )
}

const crumbs = (visit: PersonVisit, label: string) => [
  { label: visit.say(accountTexts.title), href: paths.account() },
  { label },
]

function nameView(visit: PersonVisit, attempt: Attempt) {
  const { say, locale, person } = visit
  const title = say(text.nameTitle)
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} lead={say(text.nameLead)} />
        <Card>
          <Form action={paths.accountName()}>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ name: text.name }}
              lead={attempt.lead}
            />
            <TextInput
              name="name"
              label={say(text.name)}
              hint={say(text.nameHint)}
              locale={locale}
              value={attempt.value('name', person.name)}
              maxlength={120}
              autocomplete="name"
              required
              error={attempt.error('name')}
            />
            <ButtonRow>
              <Button>{say(text.saveName)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

function emailView(visit: PersonVisit, attempt: Attempt) {
  const { say, locale } = visit
  const title = say(text.emailTitle)
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} lead={say(text.emailLead(confirmMinutes))} />
        <Card>
          <Form action={paths.accountEmail()}>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ email: text.newEmail, password: accountTexts.currentPassword }}
              lead={attempt.lead}
            />
            <p>{say(text.contactsStay)}</p>
            <TextInput
              name="email"
              label={say(text.newEmail)}
              locale={locale}
              type="email"
              value={attempt.value('email')}
              maxlength={254}
              autocomplete="email"
              width="medium"
              required
              error={attempt.error('email')}
            />
            <CurrentPassword attempt={attempt} locale={locale} />
            <ButtonRow>
              <Button>{say(text.sendLink)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

function confirmView(visit: PersonVisit, attempt: Attempt, change: EmailChange) {
  const { say, locale, person } = visit
  const title = say(text.confirmTitle)
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} lead={say(text.confirmLead(person.email))} />
        <Card>
          <Form action={paths.confirmEmail(visit.param('token'))} plain>
            <FormErrorSummary locale={locale} issues={attempt.issues} labels={{}} lead={attempt.lead} />
            <DefinitionList facts={[{ term: say(text.newEmail), value: change.email }]} />
            <ButtonRow>
              <Button>{say(text.confirm)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

function overView(visit: PersonVisit) {
  const { say, locale } = visit
  const title = say(text.confirmTitle)
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} />
        <Alert tone="warning" locale={locale}>
          {say(text.over)}
        </Alert>
        <ButtonRow>
          <Button href={paths.accountEmail()}>{say(text.askAgain)}</Button>
        </ButtonRow>
      </Stack>
    ),
  }
}
