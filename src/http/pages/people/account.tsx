import * as z from 'zod'
import { recipientOf } from '../../../db/age-recipients.ts'
import { hasTotp } from '../../../db/passkeys.ts'
import { roleTexts } from '../../../domain/access/roles.ts'
import { Refused } from '../../../domain/refused.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { factorTexts } from '../../../domain/text/second-factor.ts'
import { accountTexts as text, passwordTexts, signInTexts } from '../../../domain/text/sign-in.ts'
import type { Enrolment } from '../../auth/account.ts'
import {
  changePassword,
  confirmSecondFactor,
  enrolmentOf,
  startSecondFactor,
  stopSecondFactor,
} from '../../auth/account.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { noAttempt } from '../form-values.ts'
import { personPage } from '../page.ts'
import { render } from '../render.tsx'
import type { PersonVisit } from '../visit.ts'
import { AgeKeyCard, registerAgeKey } from './age-key.tsx'
import { OwnDetailsCard, registerOwnDetails } from './own-details.tsx'
import { QrCode } from './qr.tsx'
import { OwnDataCard } from './personal-data.tsx'
import { registerPasskeys } from './passkeys.tsx'
import { afterEnrolment, FactorPassword, onTheWay, OwedAlert, PasskeyInstead } from './enrolment.tsx'
import { newCodesView, registerRecoveryCodes } from './recovery-codes.tsx'
import { registerSessions } from './sessions.tsx'
import { SignInCard } from './sign-in-card.tsx'
import { callerOf, setCookies } from './sign-in-cookies.ts'

const passwordForm = z.object({
  current: z.string().min(1).max(128),
  password: z.string().min(1).max(1000),
  repeat: z.string().min(1).max(1000),
})

/** One's own account: password, second factor, sessions. */
export function registerAccount(portal: Portal): void {
  personPage(portal, { path: patterns.account, title: text.title, show: (visit) => accountView(visit) })
  personPage(portal, {
    path: patterns.accountPassword,
    title: text.passwordTitle,
    show: (visit, attempt) => passwordView(visit, attempt),
    submit: async (visit, form) => {
      const { current, password, repeat } = form.parse(passwordForm)
      if (password !== repeat)
        throw new Refused('bad-input', httpTexts.badInput, {
          issues: [{ field: 'repeat', text: passwordTexts.differ }],
        })
      setCookies(
        visit,
        await changePassword(visit.deps, callerOf(visit), visit.person, { current, password }),
      )
      await visit.flash('success', text.passwordChanged)
      return paths.account()
    },
  })
  registerOwnDetails(portal)
  registerSecondFactor(portal)
  registerRecoveryCodes(portal)
  registerPasskeys(portal)
  registerSessions(portal)
  registerAgeKey(portal)
}

function registerSecondFactor(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountSecondFactor,
    title: text.factorTitle,
    show: (visit, attempt) => factorView(visit, attempt),
    submit: async (visit, form) => {
      const caller = callerOf(visit)
      switch (form.text('act')) {
        case 'start': {
          const enrolment = await startSecondFactor(visit.deps, caller, visit.person, {
            password: form.text('password'),
            link: visit.query('tautan'),
          })
          return render(visit, await factorView(visit, noAttempt, enrolment))
        }
        case 'stop':
          await stopSecondFactor(visit.deps, caller, visit.person, form.text('password'))
          await visit.flash('success', text.factorStopped)
          return paths.account()
        default: {
          const confirmed = await confirmSecondFactor(visit.deps, caller, visit.person, {
            code: form.text('code').replace(/\s/g, ''),
            link: visit.query('tautan'),
          })
          setCookies(visit, confirmed.cookies)
          await visit.flash('success', text.factorActivated)
          if (confirmed.recoveryCodes.length === 0) return afterEnrolment(visit)
          return render(visit, newCodesView(visit, confirmed.recoveryCodes))
        }
      }
    },
  })
}

async function accountView(visit: PersonVisit) {
  const { person, say } = visit
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} />
        <OwedAlert visit={visit} />
        {await OwnDetailsCard({ visit })}
        <Card title={say(text.offices)}>
          <DefinitionList
            facts={person.memberships.map((each) => ({
              term: <a href={paths.office(each.office.slug)}>{each.office.name}</a>,
              value: each.roles.map((role) => say(roleTexts[role])).join(', '),
            }))}
          />
        </Card>
        {await SignInCard({ visit })}
        {!person.owes && <AgeKeyCard visit={visit} recipient={await recipientOf(visit.deps.db, person.id)} />}
        {!person.owes && <OwnDataCard visit={visit} />}
      </Stack>
    ),
  }
}

const crumbs = (visit: PersonVisit, label: string) => [
  { label: visit.say(text.title), href: paths.account() },
  { label },
]

function passwordView(visit: PersonVisit, attempt: Attempt) {
  const { say, locale } = visit
  const title = say(text.passwordTitle)
  const field = (name: string, label: string, complete: string, hint?: string) => (
    <TextInput
      name={name}
      label={label}
      hint={hint}
      locale={locale}
      type="password"
      autocomplete={complete}
      width="medium"
      required
      error={attempt.error(name)}
    />
  )
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} />
        <Card>
          <Form action={paths.accountPassword()}>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{
                current: text.currentPassword,
                password: text.newPassword,
                repeat: text.repeatPassword,
              }}
              lead={attempt.lead}
            />
            {field('current', say(text.currentPassword), 'current-password')}
            {field('password', say(text.newPassword), 'new-password', say(text.newPasswordHint))}
            {field('repeat', say(text.repeatPassword), 'new-password')}
            <ButtonRow>
              <Button>{say(text.changePassword)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

async function factorView(visit: PersonVisit, attempt: Attempt, begun?: Enrolment) {
  const { say, locale, person } = visit
  const enrolment = begun ?? shownBefore(visit, attempt)
  const totp = await hasTotp(visit.deps.db, person.id)
  const title = say(person.owes ? factorTexts.begin : text.factorTitle)
  const lead = person.owes ? factorTexts.needed : totp ? text.factorOn : text.factorOff
  const triedCode = attempt.value('act') === 'confirm'
  return {
    title,
    crumbs: crumbs(visit, title),
    body: (
      <Stack>
        <PageHeader title={title} lead={say(lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ password: text.currentPassword, code: signInTexts.code }}
          lead={attempt.lead}
        />
        {(enrolment || triedCode) && <ConfirmCard visit={visit} attempt={attempt} enrolment={enrolment} />}
        {!enrolment && (
          <Card title={person.owes && say(factorTexts.byApp)}>
            {person.owes && (
              <p>{say(person.hasJustSignedOn ? factorTexts.byAppSignedOn : factorTexts.byAppText)}</p>
            )}
            <Form action={onTheWay(visit, paths.accountSecondFactor())} plain>
              <input type="hidden" name="act" value={totp ? 'stop' : 'start'} />
              <FactorPassword visit={visit} attempt={attempt} />
              <ButtonRow>
                <Button kind={totp ? 'danger' : 'primary'}>
                  {say(totp ? text.factorStop : text.factorStart)}
                </Button>
              </ButtonRow>
            </Form>
          </Card>
        )}
        {!enrolment && <PasskeyInstead visit={visit} />}
      </Stack>
    ),
  }
}

/** After a wrong code the page shows the key again that it was sent back with; the portal itself tells it once. */
function shownBefore({ person }: PersonVisit, attempt: Attempt): Enrolment | undefined {
  const secret = attempt.value('secret') ?? ''
  return /^[A-Z2-7]{16,64}$/.test(secret) ? enrolmentOf(person, secret) : undefined
}

function ConfirmCard(props: { visit: PersonVisit; attempt: Attempt; enrolment?: Enrolment }) {
  const { visit, attempt, enrolment } = props
  const { say, locale } = visit
  return (
    <Card>
      <Stack>
        <p>{say(enrolment ? text.factorScan : text.factorPending)}</p>
        {enrolment && (
          <>
            <QrCode text={enrolment.uri} label={say(text.factorPicture)} />
            <DefinitionList
              facts={[{ term: say(text.factorKey), value: <code class="mono">{enrolment.secret}</code> }]}
            />
          </>
        )}
        <Form action={onTheWay(visit, paths.accountSecondFactor())} plain>
          <input type="hidden" name="act" value="confirm" />
          {enrolment && <input type="hidden" name="secret" value={enrolment.secret} />}
          <TextInput
            name="code"
            label={say(signInTexts.code)}
            hint={say(factorTexts.codeHint)}
            locale={locale}
            autocomplete="one-time-code"
            inputmode="numeric"
            width="short"
            maxlength={7}
            required
            error={attempt.error('code')}
          />
          <ButtonRow>
            <Button>{say(text.factorConfirm)}</Button>
          </ButtonRow>
        </Form>
      </Stack>
    </Card>
  )
}
