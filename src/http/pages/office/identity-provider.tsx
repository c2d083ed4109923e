import {
  removeIdentityProvider,
  saveIdentityProvider,
} from '../../../actions/office/save-identity-provider.ts'
import { inScope } from '../../../db/database.ts'
import { readIdentityProvider } from '../../../db/identity-providers.ts'
import { factorTrusts, identityProviderInput } from '../../../domain/access/sign-on.ts'
import { factorTrustHints, factorTrustTexts, signOnTexts as text } from '../../../domain/text/sign-on.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, FormErrorSummary, RadioGroup, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import { StatusPill } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const fields = ['label', 'issuer', 'clientId', 'clientSecret', 'strongAcr', 'secondFactor'] as const

/** The office's own identity provider. */
export function registerIdentityProvider(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.identityProvider,
    title: text.title,
    menu: { group: 'administration', order: 44, label: text.title, icon: 'shield' },
    show: providerView,
    submit: async (visit, form) => {
      const given = Object.fromEntries(fields.map((name) => [name, form.text(name)]))
      await saveIdentityProvider(visit.deps, visit.member, identityProviderInput.parse(given))
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
        <PageHeader
          title={say(text.title)}
          lead={say(text.lead)}
          meta={
            <StatusPill
              tone={known ? 'success' : 'neutral'}
              text={known ? say(text.connected(known.label)) : say(text.notConnected)}
            />
          }
        />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <Card title={say(text.atProvider)}>
          <p>{say(text.atProviderText)}</p>
          <DefinitionList
            facts={[
              {
                term: say(text.redirect),
                value: <code class="mono">{`${deps.config.publicUrl}${paths.signOnBack()}`}</code>,
              },
              { term: say(text.flow), value: say(text.flowText) },
            ]}
          />
        </Card>
        <Card title={say(text.here)}>
          <Form action={paths.identityProvider(office.slug)}>
            {field('label', { hint: say(text.labelHint), value: known?.label, required: true })}
            {field('issuer', { hint: say(text.issuerHint), value: known?.issuer, required: true })}
            {field('clientId', { value: known?.clientId, required: true })}
            {field('clientSecret', {
              hint: known && say(text.clientSecretHint),
              type: 'password',
              required: !known,
            })}
            <RadioGroup
              name="secondFactor"
              label={say(text.secondFactor)}
              hint={say(text.secondFactorHint)}
              locale={locale}
              required
              options={factorTrusts.map((value) => ({
                value,
                label: say(factorTrustTexts[value]),
                hint: say(factorTrustHints[value]),
              }))}
              value={attempt.value('secondFactor', known?.secondFactor ?? 'portal')}
              error={attempt.error('secondFactor')}
            />
            {field('strongAcr', { hint: say(text.strongAcrHint), value: known?.strongAcr ?? '' })}
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
