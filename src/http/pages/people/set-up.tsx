import * as z from 'zod'
import { notFound } from '../../../actions/act.ts'
import { requireSetupCode, setUpInstallation } from '../../../actions/people/set-up-installation.ts'
import { listOffices } from '../../../db/people.ts'
import { personEmail, personName } from '../../../domain/access/people.ts'
import { peoplePageTexts } from '../../../domain/text/people.ts'
import { setUpTexts as text } from '../../../domain/text/set-up.ts'
import { accountTexts } from '../../../domain/text/sign-in.ts'
import { namesOfOffice, requireStrongPassword } from '../../auth/own-password.ts'
import { limitTries } from '../../auth/limit-tries.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Fieldset, Form, FormErrorSummary, RequiredNote, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { publicPage } from '../page.ts'
import type { Visit } from '../visit.ts'
import { enterNew } from './enrolment.tsx'
import { firstSops, OfficeFields, readOfficeForm, officeLabels } from './office-fields.tsx'

const administratorFields = {
  code: z.string().min(1).max(200),
  administratorName: personName,
  administratorEmail: personEmail,
  password: z.string().min(1).max(1000),
}

/** The first-run page: open to whoever holds the code that was printed at start, until an office exists. */
export function registerSetUp(portal: Portal): void {
  publicPage(portal, {
    path: patterns.setUp,
    title: text.title,
    show: async (visit, attempt) => {
      await requireEmpty(visit)
      return setUpView(visit, attempt)
    },
    submit: async (visit, form) => {
      await requireEmpty(visit)
      const { deps } = visit
      await limitTries(deps, 'setup-code', visit.visitor.address)
      requireSetupCode(form.text('code'), deps.config.setupCode)
      const { sop, office, fields } = await readOfficeForm(deps, form, administratorFields)
      const person = { name: fields.administratorName, email: fields.administratorEmail }
      await requireStrongPassword(fields.password, { ...person, places: namesOfOffice(office) })
      const passwordHash = await deps.auth.hashPassword(fields.password)
      const administrator = { ...person, passwordHash }
      const { personId } = await setUpInstallation(deps, { office, sop, administrator })
      await visit.flash('success', text.done)
      return enterNew(visit, personId, paths.office(office.slug))
    },
  })
}

async function requireEmpty(visit: Visit): Promise<void> {
  if ((await listOffices(visit.deps.db)).length > 0) throw notFound()
}

type FieldFacts = {
  readonly type?: 'email' | 'password'
  readonly hint?: string
  /** What stands in the field at the first visit; the link that was printed at start carries the code. */
  readonly given?: string
}

async function setUpView(visit: Visit, attempt: Attempt) {
  const { say, locale } = visit
  const sops = await firstSops(visit.deps)
  const field = (name: string, label: string, more: FieldFacts = {}) => (
    <TextInput
      name={name}
      label={label}
      locale={locale}
      type={more.type}
      hint={more.hint}
      autocomplete={more.type === 'password' ? 'new-password' : 'off'}
      width="medium"
      required
      value={more.type === 'password' ? undefined : attempt.value(name, more.given)}
      error={attempt.error(name)}
    />
  )
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <Card>
          <Form action={paths.setUp()} guard>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={officeLabels}
              lead={attempt.lead}
            />
            <RequiredNote locale={locale} />
            {field('code', say(text.code), { hint: say(text.codeHint), given: visit.query('kode') })}
            <OfficeFields locale={locale} attempt={attempt} sops={sops} />
            <Fieldset legend={say(text.administratorLegend)}>
              {field('administratorName', say(peoplePageTexts.name))}
              {field('administratorEmail', say(peoplePageTexts.email), { type: 'email' })}
              {field('password', say(peoplePageTexts.password), {
                type: 'password',
                hint: say(accountTexts.newPasswordHint),
              })}
            </Fieldset>
            <ButtonRow>
              <Button>{say(text.submit)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}
