import { formatDate, formatInstant } from '../../../domain/dates/indonesian.ts'
import { standsAgainst } from '../../../domain/requests/takeover.ts'
import { takeoverPageTexts as texts } from '../../../domain/text/takeover.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, TextArea } from '../../ui/form.tsx'
import { Card, DefinitionList, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { RequestPageProps } from './page-props.ts'

/** What stands for and against taking a service over: the head on record, the old contacts, and what they say. */
export function TakeoverCard(props: RequestPageProps) {
  const { view, locale } = props
  const { takeover, zoneOfTime, row } = view
  if (!takeover) return null
  const since = (day: string) => texts.since({ id: formatDate(day, 'id'), en: formatDate(day, 'en') })[locale]
  const heads = takeover.heads.map((head) => `${head.name}, ${since(head.since)}`)
  const against = standsAgainst(takeover, view.now)
  const { confirmedAt, confirmedByName, confirmedReason } = takeover
  return (
    <Card title={texts.card[locale]} id="narahubung-lama">
      <Stack small>
        {row.phase === 'running' && (
          <Alert tone={against ? 'warning' : 'info'} locale={locale}>
            {(against ?? texts.nothingAgainst)[locale]}
          </Alert>
        )}
        <DefinitionList
          facts={[
            { term: texts.head[locale], value: heads.length > 0 ? heads.join('; ') : texts.noHead[locale] },
            { term: texts.until[locale], value: formatInstant(takeover.objectUntil, zoneOfTime, locale) },
            ...takeover.warned.map(({ name, email, objection }) => ({
              term: texts.warned[locale],
              value: `${name}${view.contacts.open ? ` (${email})` : ''}: ${(objection === null ? texts.noObjection : texts.objection(objection))[locale]}`,
            })),
            ...(confirmedAt
              ? [
                  {
                    term: texts.confirmed[locale],
                    value: `${confirmedByName ?? ''}, ${formatInstant(confirmedAt, zoneOfTime, locale)}: ${confirmedReason ?? ''}`,
                  },
                ]
              : []),
            ...(takeover.otherServices.length > 0
              ? [
                  {
                    term: texts.others[locale],
                    value: `${takeover.otherServices.join(', ')}. ${texts.othersHint[locale]}`,
                  },
                ]
              : []),
          ]}
        />
        <Confirm {...props} />
      </Stack>
    </Card>
  )
}

function Confirm({ view, locale, office, attempts }: RequestPageProps) {
  const { row, member } = view
  const isOwn = [row.applicant_id, row.created_by].includes(member.personId)
  if (row.phase !== 'running' || !member.roles.includes('operator') || isOwn) return null
  return (
    <ConfirmSection
      label={texts.confirm[locale]}
      title={texts.confirmTitle[locale]}
      open={attempts.left.sent}
    >
      <p>{texts.confirmLead[locale]}</p>
      <Form action={paths.requestContactsLeft(office, row.ticket)}>
        <TextArea
          locale={locale}
          name="left"
          label={texts.reason[locale]}
          required
          rows={2}
          maxlength={1000}
          value={attempts.left.value('left')}
          error={attempts.left.error('left')}
        />
        <ButtonRow>
          <Button>{texts.confirmSend[locale]}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
