import { takeoverPageTexts } from '../../../domain/text/takeover.ts'
import * as z from 'zod'
import { fewCodesLeft } from '../../../domain/access/recovery-codes.ts'
import { recoveryTexts } from '../../../domain/text/recovery-codes.ts'
import { resetTexts, signInTexts as text } from '../../../domain/text/sign-in.ts'
import { signInWithPasskey } from '../../auth/passkeys.ts'
import { giveCode, signIn, signOut } from '../../auth/sign-in.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { lineFor } from '../../authorize.ts'
import { pageForm, publicPage } from '../page.ts'
import { callerOf, setCookies } from './sign-in-cookies.ts'
import { SignOnLinks } from './sign-on.tsx'
import { PasskeySignIn } from './passkeys.tsx'
import { localPath } from '../preferences.ts'
import type { Visit } from '../visit.ts'

const credentials = z.object({ email: z.email().max(254), password: z.string().min(1).max(128) })
const codeField = z.object({ code: z.string().min(6).max(20) })

/** Where a visitor wanted to go before signing in; only within the portal. */
const wantedPath = (visit: Visit): string => localPath(visit.query('kembali') ?? '')

/** Sign-in with password and code, and sign-out. */
export function registerSignIn(portal: Portal): void {
  registerPassword(portal)
  registerCode(portal)
  const path = patterns.signOut
  portal.routes.push({ method: 'POST', path, who: lineFor('POST', path), title: text.signedOut })
  portal.app.post(path, async (c) => {
    const { person, address } = c.get('visitor')
    const cookies = await signOut(portal.deps, { headers: c.req.raw.headers, address }, person?.id)
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect(paths.signIn(), 303)
  })
}

function registerPassword(portal: Portal): void {
  const page = publicPage(portal, {
    path: patterns.signIn,
    title: text.title,
    show: async (visit, attempt) => {
      const { person } = visit.visitor
      if (person && person.owes !== 'sign-in' && !attempt.sent)
        return visit.c.redirect(wantedPath(visit), 303)
      const { locale, say } = visit
      return {
        title: say(text.title),
        layout: 'auth',
        lead: say(text.lead),
        foot: (
          <>
            <p>
              <a href={paths.forgotPassword()}>{say(resetTexts.forgot)}</a>
            </p>
            <p>{say(text.foot)}</p>
            <p>
              <a href={`${paths.home()}#kantor`}>{say(takeoverPageTexts.front)}</a>
            </p>
          </>
        ),
        body: (
          <>
            <Form action={withQuery(paths.signIn(), { kembali: visit.query('kembali') })} plain>
              <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
              <TextInput
                name="email"
                label={say(text.email)}
                locale={locale}
                type="email"
                autocomplete="username"
                required
                value={attempt.value('email')}
                error={attempt.error('email')}
              />
              <TextInput
                name="password"
                label={say(text.password)}
                locale={locale}
                type="password"
                autocomplete="current-password"
                required
                error={attempt.error('password')}
              />
              <ButtonRow>
                <Button>{say(text.submit)}</Button>
              </ButtonRow>
            </Form>
            {await PasskeySignIn({ visit })}
            {await SignOnLinks({ visit })}
          </>
        ),
      }
    },
    submit: async (visit, form) => {
      const { next, cookies } = await signIn(visit.deps, callerOf(visit), form.parse(credentials))
      setCookies(visit, cookies)
      if (next === 'signed-in') return wantedPath(visit)
      return withQuery(paths.secondFactor(), { kembali: visit.query('kembali') })
    },
  })
  pageForm(portal, page, {
    path: patterns.passkeySignIn,
    submit: async (visit, form) => {
      const { cookies } = await signInWithPasskey(visit.deps, callerOf(visit), form.text('response'))
      setCookies(visit, cookies)
      return wantedPath(visit)
    },
  })
}

function registerCode(portal: Portal): void {
  publicPage(portal, {
    path: patterns.secondFactor,
    title: text.codeTitle,
    show: async (visit, attempt) => ({
      title: visit.say(text.codeTitle),
      layout: 'auth',
      lead: visit.say(text.codeLead),
      foot: <a href={paths.signIn()}>{visit.say(text.title)}</a>,
      body: (
        <>
          <Form action={withQuery(paths.secondFactor(), { kembali: visit.query('kembali') })} plain>
            <FormErrorSummary
              locale={visit.locale}
              issues={attempt.issues}
              labels={text}
              lead={attempt.lead}
            />
            <TextInput
              name="code"
              label={visit.say(text.code)}
              locale={visit.locale}
              autocomplete="one-time-code"
              width="short"
              maxlength={20}
              required
              error={attempt.error('code')}
            />
            <ButtonRow>
              <Button>{visit.say(text.codeSubmit)}</Button>
            </ButtonRow>
          </Form>
          {await PasskeySignIn({ visit })}
        </>
      ),
    }),
    submit: async (visit, form) => {
      const { cookies, codesLeft } = await giveCode(visit.deps, callerOf(visit), form.parse(codeField).code)
      setCookies(visit, cookies)
      if (codesLeft !== undefined && codesLeft <= fewCodesLeft)
        await visit.flash('warning', recoveryTexts.few(codesLeft))
      return wantedPath(visit)
    },
  })
}
