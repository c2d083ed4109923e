import type { Member } from '../../../actions/act.ts'
import { impactOn } from '../../../domain/fulfilment/guards.ts'
import { fingerprintOf } from '../../../domain/fulfilment/plan.ts'
import { needsRecords } from '../../../domain/sop/kinds.ts'
import { recordFormTexts as texts } from '../../../domain/text/record-pages.ts'
import { requestPageTexts } from '../../../domain/text/request-page.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, Stack } from '../../ui/page.tsx'
import { PlanPart } from './plan-part.tsx'
import type { RequestPageProps } from './page-props.ts'

/** Those who may let a plan run that touches much of a zone. */
export const mayAllow = ({ roles }: Member): boolean =>
  roles.includes('head-of-division') || roles.includes('head-of-office')

/** For whoever may allow a large change: the plan where they do not run it themselves, and the permission. */
export function PlanCard({ view, plan, attempts, locale, office }: RequestPageProps) {
  if (plan?.kind !== 'plan' || !mayAllow(view.member)) return null
  const impact = impactOn(plan.plan)
  if (!impact || !plan.findings.some(({ kind }) => kind === 'unsafe')) return null
  return (
    <Card title={texts.allowTitle[locale]}>
      <Stack small>
        {!view.verbs.includes('complete') && (
          <PlanPart preview={plan} fulfilment={view.kind.fulfilment} locale={locale} />
        )}
        <ConfirmSection
          danger
          label={texts.allowLabel[locale]}
          title={texts.allowTitle[locale]}
          open={attempts.allowance.sent}
        >
          <p>{texts.allowText(impact.touched, impact.total)[locale]}</p>
          <Form action={paths.requestAllowance(office, view.row.ticket)}>
            <input type="hidden" name="plan" value={fingerprintOf(plan.plan)} />
            <TextInput
              locale={locale}
              name="touched"
              label={texts.allowNumber[locale]}
              required
              inputmode="numeric"
              width="short"
              maxlength={9}
              value={attempts.allowance.value('touched')}
              error={attempts.allowance.error('touched')}
            />
            <TextArea
              locale={locale}
              name="allowance"
              label={texts.allowReason[locale]}
              required
              rows={2}
              maxlength={2000}
              value={attempts.allowance.value('allowance')}
              error={attempts.allowance.error('allowance')}
            />
            <ButtonRow>
              <Button kind="danger">{texts.allowSend[locale]}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      </Stack>
    </Card>
  )
}

/** One click takes a finished change of records back, as a new draft. */
export function ReversalCard({ view, locale, office }: RequestPageProps) {
  const { row, service, provisioning, member } = view
  const isDone = row.state.ending === 'completed' && provisioning?.status === 'recorded'
  const mayApply = view.applies || member.roles.includes('operator')
  if (!isDone || !needsRecords(view.kind.fulfilment) || service?.status !== 'live' || !mayApply) return null
  return (
    <Card title={requestPageTexts.nowTitle[locale]}>
      <Stack small>
        <p class="muted">{texts.reverseHint[locale]}</p>
        <PostButton action={paths.requestReversal(office, row.ticket)} kind="secondary">
          {texts.reverse[locale]}
        </PostButton>
      </Stack>
    </Card>
  )
}
