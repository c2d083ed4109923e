import { keepTerms } from '../../../actions/archive/decide-disposal.ts'
import { nationalConsentYears } from '../../../domain/archive/standing.ts'
import { disposalTexts as text } from '../../../domain/text/disposal.ts'
import type { OpenDisposal } from '../../archive/disposal.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Checkbox, Form, RadioGroup, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import type { OfficeVisit } from '../visit.ts'

type Props = { readonly visit: OfficeVisit; readonly attempt: Attempt; readonly open: OpenDisposal }

/** What the reader may do with a proposal now; a refused form stays open with what was entered. */
export function Acts(props: Props) {
  const { may } = props.open
  return (
    <>
      {may.approve && <Approve {...props} />}
      {may.destroy && <Destroy {...props} />}
      {may.keep && <Keep {...props} />}
      {may.reissue && <Reissue {...props} />}
      {may.drop && <Drop {...props} />}
    </>
  )
}

/** Which form was refused shows in the address that it was sent to. */
const isSent = ({ visit, attempt }: Props, end: string): boolean =>
  attempt.sent && visit.c.req.path.endsWith(`/${end}`)

function Approve(props: Props) {
  const { visit, attempt, open } = props
  const { say, locale, office } = visit
  const long = open.items.filter(({ state, years }) => state === 'proposed' && years >= nationalConsentYears)
  return (
    <ConfirmSection
      label={say(text.approve)}
      title={say(text.approveTitle)}
      icon="check"
      open={isSent(props, 'setujui')}
    >
      {long.length > 0 && (
        <Alert tone="warning" locale={locale}>
          <p>{say(text.needsNational(long.length))}</p>
        </Alert>
      )}
      <Form action={paths.disposalApprove(office.slug, open.disposal.id)}>
        <TextInput
          locale={locale}
          name="consent"
          label={say(text.consent)}
          hint={say(text.consentHint)}
          value={attempt.value('consent')}
          error={attempt.error('consent')}
          maxlength={200}
          required
        />
        <TextInput
          locale={locale}
          name="consentDate"
          type="date"
          width="short"
          label={say(text.consentDate)}
          value={attempt.value('consentDate')}
          error={attempt.error('consentDate')}
          required
        />
        <ButtonRow>
          <Button>{say(text.approve)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Destroy(props: Props) {
  const { visit, attempt, open } = props
  const { say, locale, office } = visit
  const field = (name: 'legalName' | 'legalPost' | 'auditName' | 'auditPost') => ({
    locale,
    name,
    label: say(text[name]),
    value: attempt.value(name),
    error: attempt.error(name),
    required: true,
    autocomplete: 'off',
  })
  return (
    <ConfirmSection
      danger
      label={say(text.destroy)}
      title={say(text.destroyTitle)}
      open={isSent(props, 'musnahkan')}
    >
      <Form action={paths.disposalDestroy(office.slug, open.disposal.id)}>
        <p class="hint">{say(text.witnessHint)}</p>
        <TextInput {...field('legalName')} maxlength={120} />
        <TextInput {...field('legalPost')} maxlength={200} />
        <TextInput {...field('auditName')} maxlength={120} />
        <TextInput {...field('auditPost')} maxlength={200} />
        <Checkbox locale={locale} name="sure" label={say(text.sure)} error={attempt.error('sure')} required />
        <ButtonRow>
          <Button kind="danger">{say(text.destroy)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Keep(props: Props) {
  const { visit, attempt, open } = props
  const { say, locale, office } = visit
  const named = open.items.filter(({ state }) => state === 'proposed')
  return (
    <ConfirmSection label={say(text.keep)} title={say(text.keep)} icon="lock" open={isSent(props, 'simpan')}>
      <Form action={paths.disposalKeep(office.slug, open.disposal.id)}>
        <Select
          locale={locale}
          name="record"
          label={say(text.keepRecord)}
          options={named.map(({ document_id, name, number }) => ({
            value: document_id,
            label: number === '-' ? name : `${name} · ${number}`,
          }))}
          value={attempt.value('record')}
          error={attempt.error('record')}
          required
        />
        <RadioGroup
          locale={locale}
          name="term"
          label={say(text.keepFor)}
          options={keepTerms.map((value) => ({ value, label: say(text.keepTerms[value]) }))}
          value={attempt.value('term', '5')}
          error={attempt.error('term')}
          required
        />
        <Reason {...props} label={say(text.keepReason)} sent={isSent(props, 'simpan')} locale={locale} />
        <ButtonRow>
          <Button kind="secondary">{say(text.keep)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Reason(props: {
  readonly label: string
  readonly sent: boolean
  readonly attempt: Attempt
  readonly locale: OfficeVisit['locale']
}) {
  const { label, sent, attempt, locale } = props
  return (
    <TextArea
      locale={locale}
      name="reason"
      label={label}
      value={sent ? attempt.value('reason') : undefined}
      error={sent ? attempt.error('reason') : undefined}
      maxlength={500}
      required
    />
  )
}

function Reissue({ visit, open }: Props) {
  const { say, office } = visit
  return (
    <ConfirmSection label={say(text.reissue)} title={say(text.reissueTitle)}>
      <PostButton action={paths.disposalRecord(office.slug, open.disposal.id)}>
        {say(text.reissue)}
      </PostButton>
    </ConfirmSection>
  )
}

function Drop(props: Props) {
  const { visit, open } = props
  const { say, locale, office } = visit
  return (
    <ConfirmSection label={say(text.drop)} title={say(text.dropTitle)} open={isSent(props, 'batalkan')}>
      <Form action={paths.disposalDrop(office.slug, open.disposal.id)}>
        <Reason {...props} label={say(text.dropReason)} sent={isSent(props, 'batalkan')} locale={locale} />
        <ButtonRow>
          <Button kind="secondary">{say(text.drop)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
