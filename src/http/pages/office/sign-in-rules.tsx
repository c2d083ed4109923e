import { setSignInRules } from '../../../actions/office/set-sign-in-rules.ts'
import { officeTexts } from '../../../domain/text/office.ts'
import { factorTexts } from '../../../domain/text/second-factor.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Checkbox, Form } from '../../ui/form.tsx'
import { Card } from '../../ui/page.tsx'
import type { Page } from '../page.ts'
import { pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** What the office asks of its applicants at the sign-in. */
export function registerSignInRules(portal: Portal, page: Page<OfficeVisit>): void {
  pageForm(portal, page, {
    path: patterns.settingsSignIn,
    submit: async (visit, form) => {
      const applicantsNeedFactor = form.text('applicantsNeedFactor') === 'yes'
      await setSignInRules(visit.deps, visit.member, { applicantsNeedFactor })
      await visit.flash('success', officeTexts.saved)
      return paths.settings(visit.office.slug)
    },
  })
}

export function SignInRules({ visit }: { visit: OfficeVisit }) {
  const { say, locale, office } = visit
  return (
    <Card title={say(factorTexts.card)}>
      <p>{say(factorTexts.cardLead)}</p>
      <Form action={paths.settingsSignIn(office.slug)}>
        <Checkbox
          name="applicantsNeedFactor"
          label={say(factorTexts.applicants)}
          hint={say(factorTexts.applicantsHint)}
          locale={locale}
          checked={office.applicantsNeedFactor}
        />
        <ButtonRow>
          <Button kind="secondary">{say(officeTexts.save)}</Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
