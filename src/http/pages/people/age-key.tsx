import { recipientOf } from '../../../db/age-recipients.ts'
import { isSecretKey, maxRecipientLength } from '../../../domain/access/age-recipient.ts'
import { ageTexts as text } from '../../../domain/text/age.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { changeAgeRecipient } from '../../auth/account.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { personPage } from '../page.ts'
import type { PersonVisit } from '../visit.ts'
import { CurrentPassword } from './current-password.tsx'
import { callerOf } from './sign-in-cookies.ts'

/** The age key to which one's credentials are encrypted. */
export function registerAgeKey(portal: Portal): void {
  personPage(portal, {
    path: patterns.accountAgeKey,
    title: text.title,
    show: (visit, attempt) => ageKeyView(visit, attempt),
    submit: async (visit, form) => {
      const isRemoval = form.text('act') === 'remove'
      const given = {
        recipient: isRemoval ? null : form.text('recipient'),
        password: form.text('password'),
      }
      await changeAgeRecipient(visit.deps, callerOf(visit), visit.person, given)
      await visit.flash('success', isRemoval ? text.removed : text.saved)
      return paths.account()
    },
  })
}

/** What the page of the account says about the key. */
export function AgeKeyCard(props: { visit: PersonVisit; recipient: string | null }) {
  const { say } = props.visit
  const { recipient } = props
  return (
    <Card title={say(text.cardTitle)}>
      <p>{say(recipient ? text.some : text.none)}</p>
      {recipient && <p class="mono">{recipient}</p>}
      <ButtonRow>
        <Button href={paths.accountAgeKey()} kind="secondary">
          {say(recipient ? text.change : text.add)}
        </Button>
      </ButtonRow>
    </Card>
  )
}

async function ageKeyView(visit: PersonVisit, attempt: Attempt) {
  const { say, locale, person } = visit
  const recipient = await recipientOf(visit.deps.db, person.id)
  return {
    title: say(text.title),
    crumbs: [{ label: say(accountTexts.title), href: paths.account() }, { label: say(text.title) }],
    body: (
      <Stack>
        <PageHeader title={say(text.cardTitle)} lead={say(text.how)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ recipient: text.recipient, password: accountTexts.currentPassword }}
          lead={attempt.lead}
        />
        <Card>
          <Form action={paths.accountAgeKey()}>
            <TextInput
              name="recipient"
              label={say(text.recipient)}
              hint={say(text.recipientHint)}
              locale={locale}
              value={shownAgain(attempt.value('recipient', recipient ?? '') ?? '')}
              maxlength={maxRecipientLength}
              autocomplete="off"
              spellcheck={false}
              required
              error={attempt.error('recipient')}
            />
            <CurrentPassword attempt={attempt} locale={locale} />
            {recipient && <p>{say(text.removeText)}</p>}
            <ButtonRow>
              <Button name="act" value="save">
                {say(text.save)}
              </Button>
              {recipient && (
                <Button name="act" value="remove" kind="danger">
                  {say(text.remove)}
                </Button>
              )}
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

/** A secret key that was pasted by mistake does not come back in the page. */
const shownAgain = (value: string): string => (isSecretKey(value) ? '' : value)
