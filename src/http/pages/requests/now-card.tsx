import type { Child } from 'hono/jsx'
import { activityTitle } from '../../../domain/sop/activities.ts'
import { requestPageTexts as texts } from '../../../domain/text/request-page.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, Select, TextArea } from '../../ui/form.tsx'
import { Card, Stack } from '../../ui/page.tsx'
import { documentTitle } from '../../requests/history-words.ts'
import { GroundList, openGrounds } from './history.tsx'
import { GroundFields, StepForm } from './step-form.tsx'
import type { RequestPageProps } from './page-props.ts'
import { Alert } from '../../ui/status.tsx'

/** What the reader can do now, before everything else on the page. */
export function NowCard(props: RequestPageProps) {
  const { view, locale, office } = props
  const { row, step, verbs } = view
  const may = (verb: (typeof verbs)[number]): boolean => verbs.includes(verb)
  const edits = may('save')
  if (view.barrier)
    return (
      <Alert tone="warning" locale={locale} title={texts.notYours[locale]}>
        {view.barrier[locale]}
      </Alert>
    )
  if (!edits && !may('complete') && !may('take') && !may('give-back')) return <Reasons {...props} />
  return (
    <Card
      title={
        step && may('complete')
          ? texts.stepTitle(step.no, activityTitle(step.activity, view.kind.fulfilment))[locale]
          : texts.nowTitle[locale]
      }
      actions={<Holding {...props} />}
    >
      <Stack small>
        <Reasons {...props} />
        {edits && (
          <ButtonRow>
            <Button href={paths.requestForm(office, row.ticket)} icon="edit">
              {(row.phase === 'draft' ? texts.goOn : texts.correct)[locale]}
            </Button>
          </ButtonRow>
        )}
        {step && may('complete') && (
          <>
            <p class="pre muted">{step.text}</p>
            {view.missing.length > 0 && (
              <Alert tone="warning" locale={locale}>
                {texts.waitsFor[locale]}: {view.missing.map((each) => each.text).join('; ')}.
              </Alert>
            )}
            <StepForm {...props} step={step} attempt={props.attempts.step} />
          </>
        )}
      </Stack>
    </Card>
  )
}

/** Taking and giving back is for the desk; an application belongs to its agency anyway. */
function Holding({ view, locale, office }: RequestPageProps): Child {
  if (view.step?.activity === 'submit') return null
  const fields = { visit: String(view.row.visit) }
  if (view.verbs.includes('give-back'))
    return (
      <PostButton action={paths.requestGiveBack(office, view.row.ticket)} kind="secondary" small>
        {texts.giveBack[locale]}
      </PostButton>
    )
  if (view.verbs.includes('take') && view.verbs.includes('complete'))
    return (
      <PostButton action={paths.requestTake(office, view.row.ticket)} kind="secondary" small fields={fields}>
        {texts.take[locale]}
      </PostButton>
    )
  return null
}

/** Why the request was returned or refused: the first thing that the applicant must know. */
function Reasons({ view, locale }: RequestPageProps) {
  const open = openGrounds(view)
  if (!open || open.grounds.length === 0) return null
  return (
    <Alert
      tone={open.kind === 'refused' ? 'danger' : 'warning'}
      locale={locale}
      title={(open.kind === 'refused' ? texts.refusedWhy : texts.returnedWhy)[locale]}
    >
      <GroundList grounds={open.grounds} locale={locale} />
    </Alert>
  )
}

/** Grave and rare acts, each behind a second look. */
export function GraveActs(props: RequestPageProps) {
  const { view } = props
  const grave = ['waive', 'refuse', 'appeal', 'withdraw', 'call-off'] as const
  if (!grave.some((verb) => view.verbs.includes(verb))) return null
  return (
    <div class="buttons">
      {view.verbs.includes('waive') && <Waive {...props} />}
      {view.verbs.includes('refuse') && <Refuse {...props} />}
      {view.verbs.includes('appeal') && <Appeal {...props} />}
      {view.verbs.includes('withdraw') && <Withdraw {...props} />}
      {view.verbs.includes('call-off') && <CallOff {...props} />}
    </div>
  )
}

function Refuse({ view, attempts, locale, office }: RequestPageProps) {
  return (
    <ConfirmSection
      danger
      icon="close"
      label={texts.refuse[locale]}
      title={texts.refuseTitle[locale]}
      open={attempts.refuse.sent}
    >
      <p>{texts.refuseText[locale]}</p>
      <Form action={paths.requestRefuse(office, view.row.ticket)}>
        <input type="hidden" name="visit" value={String(view.row.visit)} />
        <GroundFields attempt={attempts.refuse} locale={locale} prefix="refusal" />
        <ButtonRow>
          <Button kind="danger">{texts.refuseSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Waive({ view, attempts, locale, office }: RequestPageProps) {
  const waivable = view.sop.steps
    .flatMap((step) => step.requirements)
    .flatMap((each) => (each.waivable && each.document ? [each.document] : []))
  return (
    <ConfirmSection label={texts.waive[locale]} title={texts.waiveTitle[locale]} open={attempts.waive.sent}>
      <Form action={paths.requestWaive(office, view.row.ticket)}>
        <Select
          locale={locale}
          name="document"
          label={texts.waiveDocument[locale]}
          required
          options={[...new Set(waivable)].map((kind) => ({
            value: kind,
            label: documentTitle(view, kind, locale),
          }))}
          value={attempts.waive.value('document')}
          error={attempts.waive.error('document')}
        />
        <TextArea
          locale={locale}
          name="waiver"
          label={texts.waiveReason[locale]}
          required
          rows={2}
          value={attempts.waive.value('waiver')}
          error={attempts.waive.error('waiver')}
        />
        <ButtonRow>
          <Button>{texts.waiveSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Withdraw({ view, attempts, locale, office }: RequestPageProps) {
  return (
    <ConfirmSection
      danger
      label={texts.withdraw[locale]}
      title={texts.withdrawTitle[locale]}
      open={attempts.withdraw.sent}
    >
      <p>{texts.withdrawText[locale]}</p>
      <Form action={paths.requestWithdraw(office, view.row.ticket)}>
        <TextArea
          locale={locale}
          name="withdrawal"
          label={texts.withdrawReason[locale]}
          rows={2}
          value={attempts.withdraw.value('withdrawal')}
        />
        <ButtonRow>
          <Button kind="danger">{texts.withdrawSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function CallOff({ view, locale, office }: RequestPageProps) {
  return (
    <ConfirmSection danger label={texts.callOff[locale]} title={texts.callOffTitle[locale]}>
      <p>{texts.callOffText[locale]}</p>
      <Form action={paths.requestCallOff(office, view.row.ticket)}>
        <ButtonRow>
          <Button kind="danger">{texts.callOffSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Appeal({ view, attempts, locale, office }: RequestPageProps) {
  return (
    <ConfirmSection
      icon="message"
      label={texts.appeal[locale]}
      title={texts.appealTitle[locale]}
      open={attempts.appeal.sent}
    >
      <p>{texts.appealText[locale]}</p>
      <Form action={paths.requestAppeal(office, view.row.ticket)}>
        <TextArea
          locale={locale}
          name="appeal"
          label={texts.appealReason[locale]}
          required
          rows={3}
          value={attempts.appeal.value('appeal')}
          error={attempts.appeal.error('appeal')}
        />
        <ButtonRow>
          <Button>{texts.appealSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
