import { recoveryCodesLeft } from '../../../db/recovery-codes.ts'
import { fewCodesLeft } from '../../../domain/access/recovery-codes.ts'
import { recoveryTexts as text } from '../../../domain/text/recovery-codes.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { renewRecoveryCodes } from '../../auth/recovery-codes.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { personPage } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import type { PersonVisit } from '../visit.ts'
import { CurrentPassword } from './current-password.tsx'
import { afterEnrolment } from './enrolment.tsx'
import { callerOf } from './sign-in-cookies.ts'

/** Codes for the day the second factor is lost. */
export function registerRecoveryCodes(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountRecoveryCodes,
    title: text.title,
    show: renewView,
    submit: async (visit, form) => {
      const password = form.text('password')
      const codes = await renewRecoveryCodes(visit.deps, callerOf(visit), visit.person, password)
      return render(visit, newCodesView(visit, codes))
    },
  })
}

/** How many codes still work; few or none stand out. */
export function CodesLeft({ visit, left }: { visit: PersonVisit; left: number | undefined }) {
  const { say, locale } = visit
  if (left !== undefined && left > fewCodesLeft) return <p>{say(text.left(left))}</p>
  return (
    <Alert tone="warning" locale={locale}>
      {say(left === undefined ? text.none : text.few(left))}
    </Alert>
  )
}

const crumbs = (visit: PersonVisit) => [
  { label: visit.say(accountTexts.title), href: paths.account() },
  { label: visit.say(text.title) },
]

async function renewView(visit: PersonVisit, attempt: Attempt): Promise<View> {
  const { say, locale, person } = visit
  return {
    title: say(text.title),
    crumbs: crumbs(visit),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ password: accountTexts.currentPassword }}
          lead={attempt.lead}
        />
        {!person.hasSecondFactor && (
          <Alert tone="info" locale={locale}>
            <p>{say(text.noFactor)}</p>
            <p>
              <a href={paths.accountSecondFactor()}>{say(accountTexts.factorStart)}</a>
            </p>
          </Alert>
        )}
        {person.hasSecondFactor && (
          <Card>
            <CodesLeft visit={visit} left={await recoveryCodesLeft(visit.deps.db, person.id)} />
            <p>{say(text.renewText)}</p>
            <Form action={paths.accountRecoveryCodes()} plain>
              <CurrentPassword attempt={attempt} locale={locale} />
              <ButtonRow>
                <Button>{say(text.renew)}</Button>
              </ButtonRow>
            </Form>
          </Card>
        )}
      </Stack>
    ),
  }
}

/** The codes, for this once, on a page that prints well. */
export function newCodesView(visit: PersonVisit, codes: readonly string[]): View {
  const { say, person } = visit
  return {
    title: say(text.newTitle),
    crumbs: crumbs(visit),
    body: (
      <Stack>
        <PageHeader title={say(text.newTitle)} lead={say(text.newLead)} />
        <Card foot={`${say(text.printFoot)} ${person.email}`}>
          <ol class="recovery-codes mono" aria-label={say(text.listLabel)}>
            {codes.map((code) => (
              <li>{code}</li>
            ))}
          </ol>
          <ButtonRow>
            <Button href={afterEnrolment(visit)}>{say(text.kept)}</Button>
            <button class="button button-secondary" type="button" data-print hidden>
              {say(text.print)}
            </button>
          </ButtonRow>
        </Card>
      </Stack>
    ),
  }
}
