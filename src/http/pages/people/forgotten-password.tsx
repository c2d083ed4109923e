import * as z from 'zod'
import { Refused } from '../../../domain/refused.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { accountTexts, passwordTexts, resetTexts as text, signInTexts } from '../../../domain/text/sign-in.ts'
import { resetMinutes } from '../../auth/auth.ts'
import { askReset, requireResetLink, resetPassword } from '../../auth/reset-password.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { publicPage } from '../page.ts'
import { render } from '../render.tsx'
import type { View } from '../render.tsx'
import type { Visit } from '../visit.ts'
import { callerOf } from './sign-in-cookies.ts'

const asked = z.object({ email: z.email().max(254) })
const chosen = z.object({ password: z.string().min(1).max(1000), repeat: z.string().min(1).max(1000) })

/** A forgotten password: a page that sends a link, and the page behind the link. */
export function registerForgottenPassword(portal: Portal): void {
  publicPage(portal, {
    path: patterns.forgotPassword,
    title: text.title,
    show: askView,
    submit: async (visit, form) => {
      await askReset(visit.deps, callerOf(visit), form.parse(asked).email)
      return render(visit, sentView(visit))
    },
  })
  publicPage(portal, {
    path: patterns.resetPassword,
    title: text.newTitle,
    show: async (visit, attempt) => {
      const isOver = await isLinkOver(visit)
      return isOver ? overView(visit) : newView(visit, attempt)
    },
    submit: async (visit, form) => {
      const { password, repeat } = form.parse(chosen)
      if (password !== repeat)
        throw new Refused('bad-input', httpTexts.badInput, {
          issues: [{ field: 'repeat', text: passwordTexts.differ }],
        })
      await resetPassword(visit.deps, callerOf(visit), { token: visit.param('token'), password })
      await visit.flash('success', text.done)
      return paths.signIn()
    },
  })
}

async function isLinkOver(visit: Visit): Promise<boolean> {
  try {
    await requireResetLink(visit.deps, visit.param('token'))
    return false
  } catch (error) {
    if (error instanceof Refused) return true
    throw error
  }
}

const backToSignIn = (visit: Visit) => <a href={paths.signIn()}>{visit.say(signInTexts.title)}</a>

function askView(visit: Visit, attempt: Attempt): View {
  const { say, locale } = visit
  return {
    title: say(text.title),
    layout: 'auth',
    lead: say(text.lead),
    foot: backToSignIn(visit),
    body: (
      <Form action={paths.forgotPassword()} plain>
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ email: signInTexts.email }}
          lead={attempt.lead}
        />
        <TextInput
          name="email"
          label={say(signInTexts.email)}
          locale={locale}
          type="email"
          autocomplete="username"
          required
          value={attempt.value('email')}
          error={attempt.error('email')}
        />
        <ButtonRow>
          <Button>{say(text.send)}</Button>
        </ButtonRow>
      </Form>
    ),
  }
}

function sentView(visit: Visit): View {
  const { say, locale } = visit
  return {
    title: say(text.sentTitle),
    layout: 'auth',
    foot: backToSignIn(visit),
    body: (
      <>
        <Alert tone="info" locale={locale}>
          {say(text.sent(resetMinutes))}
        </Alert>
        <p>{say(text.sentNext)}</p>
      </>
    ),
  }
}

function newView(visit: Visit, attempt: Attempt): View {
  const { say, locale } = visit
  const field = (name: 'password' | 'repeat', label: string, hint?: string) => (
    <TextInput
      name={name}
      label={label}
      hint={hint}
      locale={locale}
      type="password"
      autocomplete="new-password"
      required
      error={attempt.error(name)}
    />
  )
  return {
    title: say(text.newTitle),
    layout: 'auth',
    lead: say(text.newLead),
    body: (
      <Form action={paths.resetPassword(visit.param('token'))} plain>
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ password: accountTexts.newPassword, repeat: accountTexts.repeatPassword }}
          lead={attempt.lead}
        />
        {field('password', say(accountTexts.newPassword), say(accountTexts.newPasswordHint))}
        {field('repeat', say(accountTexts.repeatPassword))}
        <ButtonRow>
          <Button>{say(text.save)}</Button>
        </ButtonRow>
      </Form>
    ),
  }
}

function overView(visit: Visit): View {
  const { say, locale } = visit
  return {
    title: say(text.newTitle),
    layout: 'auth',
    foot: backToSignIn(visit),
    body: (
      <>
        <Alert tone="warning" locale={locale}>
          {say(text.over)}
        </Alert>
        <ButtonRow>
          <Button href={paths.forgotPassword()}>{say(text.askAgain)}</Button>
        </ButtonRow>
      </>
    ),
  }
}
