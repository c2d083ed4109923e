import {
  removeIdentityProvider,
  saveIdentityProvider,
} from '../../../actions/office/save-identity-provider.ts'
import { inScope } from '../../../db/database.ts'
import { readIdentityProvider } from '../../../db/identity-providers.ts'
import { identityProviderInput } from '../../../domain/access/sign-on.ts'
import { signOnTexts as text } from '../../../domain/text/sign-on.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Checkbox, Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const fields = ['label', 'issuer', 'clientId', 'clientSecret', 'strongAcr'] as const

/** The office's own identity provider. */
export function registerIdentityProvider(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.identityProvider,
    title: text.title,
    menu: { group: 'administration', order: 44, label: text.title, icon: 'shield' },
    show: providerView,
    submit: async (visit, form) => {
      const given = Object.fromEntries(fields.map((name) => [name, form.text(name)]))
      await saveIdentityProvider(
        visit.deps,
        visit.member,
        identityProviderInput.parse({ ...given, alwaysStrong: form.text('alwaysStrong') === 'yes' }),
      )
      await visit.flash('success', text.saved)
      return paths.identityProvider(visit.office.slug)
    },
  })
  pageForm(portal, page, {
    path: patterns.removeIdentityProvider,
    submit: async (visit) => {
      await removeIdentityProvider(visit.deps, visit.member)
      await visit.flash('success', text.removed)
      return paths.identityProvider(visit.office.slug)
    },
  })
}

async function providerView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, member, office, deps } = visit
  const known = await inScope(deps.db, member, (tx) => readIdentityProvider(tx, member.officeId))
  const field = (
    name: (typeof fields)[number],
    facts: { hint?: string; value?: string; required?: boolean; type?: 'password' },
  ) => (
    <TextInput
      name={name}
      label={say(text[name])}
      locale={locale}
      autocomplete="off"
      {...facts}
      value={facts.type ? undefined : attempt.value(name, facts.value)}
      error={attempt.error(name)}
    />
  )
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <Card>
          <DefinitionList
            facts={[
              {
                term: say(text.redirect),
                value: <code class="mono">{`${deps.config.publicUrl}${paths.signOnBack()}`}</code>,
              },
            ]}
          />
          <Form action={paths.identityProvider(office.slug)}>
            {field('label', { hint: say(text.labelHint), value: known?.label, required: true })}
            {field('issuer', { hint: say(text.issuerHint), value: known?.issuer, required: true })}
            {field('clientId', { value: known?.clientId, required: true })}
            {field('clientSecret', {
              hint: known && say(text.clientSecretHint),
              type: 'password',
              required: !known,
            })}
            {field('strongAcr', { hint: say(text.strongAcrHint), value: known?.strongAcr ?? '' })}
            <Checkbox
              name="alwaysStrong"
              label={say(text.alwaysStrong)}
              hint={say(text.alwaysStrongHint)}
              locale={locale}
              checked={attempt.sent ? attempt.value('alwaysStrong') === 'yes' : known?.alwaysStrong}
            />
            <ButtonRow>
              <Button>{say(text.save)}</Button>
            </ButtonRow>
          </Form>
        </Card>
        {known && (
          <ConfirmSection label={say(text.remove)} title={say(text.removeTitle)} danger>
            <PostButton action={paths.removeIdentityProvider(office.slug)} kind="danger">
              {say(text.remove)}
            </PostButton>
          </ConfirmSection>
        )}
      </Stack>
    ),
  }
}
