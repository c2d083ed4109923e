import { createOffice } from '../../../actions/people/create-office.ts'
import { personEmail, personName } from '../../../domain/access/people.ts'
import { peoplePageTexts } from '../../../domain/text/people.ts'
import { setUpTexts as text } from '../../../domain/text/set-up.ts'
import { invitationLinks } from '../../links.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Fieldset, Form, FormErrorSummary, RequiredNote, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { firstSops, OfficeFields, readOfficeForm, officeLabels } from './office-fields.tsx'

/** An administrator adds another office to the installation. */
export function registerNewOffice(portal: Portal): void {
  officePage(portal, {
    path: patterns.newOffice,
    title: text.newOffice,
    menu: { group: 'administration', order: 90, label: text.newOffice, icon: 'building' },
    show: (visit, attempt) => newOfficeView(visit, attempt),
    submit: async (visit, form) => {
      const { sop, office, fields } = await readOfficeForm(visit.deps, form, {
        administratorName: personName,
        administratorEmail: personEmail,
      })
      const administrator = { name: fields.administratorName, email: fields.administratorEmail }
      const links = invitationLinks(visit.deps)
      await createOffice(visit.deps, visit.member, { office, sop, administrator }, links)
      await visit.flash('success', text.added)
      return paths.office(visit.office.slug)
    },
  })
}

async function newOfficeView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale } = visit
  const sops = await firstSops(visit.deps)
  return {
    title: say(text.newOffice),
    body: (
      <Stack>
        <PageHeader title={say(text.newOffice)} lead={say(text.newOfficeLead)} />
        <Card>
          <Form action={paths.newOffice(visit.office.slug)} guard>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={officeLabels}
              lead={attempt.lead}
            />
            <RequiredNote locale={locale} />
            <OfficeFields locale={locale} attempt={attempt} sops={sops} />
            <Fieldset legend={say(text.administratorLegend)}>
              {(['administratorName', 'administratorEmail'] as const).map((name) => (
                <TextInput
                  name={name}
                  label={say(name === 'administratorName' ? peoplePageTexts.name : peoplePageTexts.email)}
                  locale={locale}
                  type={name === 'administratorEmail' ? 'email' : 'text'}
                  width="medium"
                  required
                  value={attempt.value(name)}
                  error={attempt.error(name)}
                />
              ))}
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
