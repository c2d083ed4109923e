import type { ServiceFile } from '../../../db/services/lists.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import type { Text } from '../../../domain/refused.ts'
import type { Checklist } from '../../../domain/security-checklist/checklist.ts'
import type { FunctionState } from '../../../domain/security-checklist/functions.ts'
import { CHECKLIST_VERDICTS, SECURITY_FUNCTIONS } from '../../../domain/security-checklist/functions.ts'
import {
  checklistText as text,
  functionTexts,
  stateTexts,
  verdictTexts,
} from '../../../domain/text/security-checklist.ts'
import { paths } from '../../paths.ts'
import type { FunctionRow } from '../../services/security.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { ChecklistTable, Disclosure } from '../../ui/case.tsx'
import { Form, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { Card } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { StatusPill } from '../../ui/status.tsx'
import type { TableFiles } from '../../ui/table.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import type { OfficeVisit } from '../visit.ts'

/** Where the fields of the answers begin. */
export const prefix = 'fn'

const tones: Readonly<Record<FunctionState, Tone>> = {
  met: 'success',
  'not-applicable': 'neutral',
  waived: 'info',
  open: 'danger',
  unanswered: 'warning',
}

/** How many functions are settled, of all of them. */
export function progressOf(rows: readonly FunctionRow[]): Text {
  const settled = rows.filter(({ state }) => state !== 'open' && state !== 'unanswered').length
  return settled === rows.length ? text.allSettled : text.progress(settled, SECURITY_FUNCTIONS.length)
}

type Props = { readonly visit: OfficeVisit; readonly rows: readonly FunctionRow[] }

/** Each function with its state, what was said of it and what shows from outside. */
export function StateTable(props: Props & { readonly checklist: Checklist; readonly files: TableFiles }) {
  const { visit, rows, checklist, files } = props
  const { say, locale, office } = visit
  return (
    <Card title={say(progressOf(rows))}>
      <DataTable
        caption={say(text.states)}
        hideCaption
        rows={rows}
        files={files}
        empty={null}
        columns={[
          {
            header: say(text.function),
            cell: ({ id, letter }) => `${letter}. ${say(functionTexts[id].name)}`,
          },
          {
            header: say(text.state),
            cell: ({ state }) => <StatusPill tone={tones[state]} text={say(stateTexts[state])} />,
          },
          { header: say(text.remark), cell: (row) => <Remarks visit={visit} row={row} /> },
        ]}
      />
      <p class="hint">
        {checklist.lookedAt ? (
          <>
            {say(text.lookedAt)}: <Moment at={checklist.lookedAt} zone={office.timezone} locale={locale} />
          </>
        ) : (
          say(text.neverLooked)
        )}
      </p>
    </Card>
  )
}

function Remarks({ visit: { say, locale }, row }: { visit: OfficeVisit; row: FunctionRow }) {
  const { state, answer, findings, waiver } = row
  const bad = findings.filter(({ ok }) => !ok)
  const good = findings.filter(({ ok }) => ok)
  if (!answer?.remark && findings.length === 0 && !waiver) return <>–</>
  return (
    <>
      {answer?.remark && <p class="prose">{answer.remark}</p>}
      {waiver && state === 'waived' && (
        <p class="prose">{say(text.waivedUntil(formatDate(waiver.until, locale), waiver.reason))}</p>
      )}
      {bad.length > 0 && (
        <ul class="list">
          {bad.map((each) => (
            <li>{say(each.text)}</li>
          ))}
        </ul>
      )}
      {good.length > 0 && (
        <Disclosure label={say(text.seenWell(good.length))}>
          <ul class="list">
            {good.map((each) => (
              <li>{say(each.text)}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

type ServiceProps = { readonly visit: OfficeVisit; readonly service: ServiceFile }

export function LookCard({
  visit: { say, office },
  service,
}: ServiceProps & { readonly checklist: Checklist }) {
  return (
    <Card title={say(text.look)}>
      <p>{say(text.lookLead)}</p>
      <ButtonRow>
        <PostButton
          action={paths.serviceSecurityLook(office.slug, service.id)}
          kind="secondary"
          icon="search"
        >
          {say(text.look)}
        </PostButton>
      </ButtonRow>
    </Card>
  )
}

type FormProps = ServiceProps & { readonly rows: readonly FunctionRow[]; readonly attempt: Attempt }

export function AnswerForm({ visit: { say, locale, office }, service, rows, attempt }: FormProps) {
  const unanswered = rows.some(({ answer }) => !answer)
  return (
    <Card>
      <Disclosure label={say(text.fill)} open={unanswered || attempt.sent}>
        <Form action={paths.serviceSecurity(office.slug, service.id)} guard>
          <p>{say(text.fillLead)}</p>
          <ChecklistTable
            locale={locale}
            prefix={prefix}
            verdicts={CHECKLIST_VERDICTS.map((value) => ({ value, label: say(verdictTexts[value]) }))}
            items={rows.map(({ id, letter, answer }) => ({
              key: id,
              label: `${letter}. ${say(functionTexts[id].name)}`,
              hint: say(functionTexts[id].hint),
              verdict: attempt.value(`${prefix}.${id}.verdict`, answer?.verdict),
              remark: attempt.value(`${prefix}.${id}.remark`, answer?.remark),
              error: attempt.error(`${prefix}.${id}`),
            }))}
          />
          <ButtonRow>
            <Button>{say(text.save)}</Button>
          </ButtonRow>
        </Form>
      </Disclosure>
    </Card>
  )
}

export function WaiverForm({ visit: { say, locale, office }, service, rows, attempt }: FormProps) {
  const open = rows.filter(({ state }) => state === 'open' || state === 'waived')
  if (open.length === 0) return null
  const hasErrors = ['function', 'reason', 'until'].some((name) => attempt.error(name))
  return (
    <Card title={say(text.waiver)}>
      <ConfirmSection label={say(text.waive)} title={say(text.waive)} open={hasErrors}>
        <p>{say(text.waiveLead)}</p>
        <Form action={paths.serviceSecurityWaiver(office.slug, service.id)}>
          <Select
            locale={locale}
            name="function"
            label={say(text.function)}
            required
            options={open.map(({ id, letter }) => ({
              value: id,
              label: `${letter}. ${say(functionTexts[id].name)}`,
            }))}
            value={attempt.value('function')}
            error={attempt.error('function')}
          />
          <TextArea
            locale={locale}
            name="reason"
            label={say(text.reason)}
            hint={say(text.reasonHint)}
            required
            maxlength={1000}
            value={attempt.value('reason')}
            error={attempt.error('reason')}
          />
          <TextInput
            locale={locale}
            name="until"
            label={say(text.until)}
            type="date"
            width="short"
            required
            value={attempt.value('until')}
            error={attempt.error('until')}
          />
          <ButtonRow>
            <Button>{say(text.waive)}</Button>
          </ButtonRow>
        </Form>
      </ConfirmSection>
    </Card>
  )
}
