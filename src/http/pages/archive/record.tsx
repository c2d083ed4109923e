import { holdInput, holdRecord, releaseRecord } from '../../../actions/archive/hold-record.ts'
import type { ArchiveItem } from '../../../db/archive/items.ts'
import { recordHolders } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { archiveRecordTexts as text } from '../../../domain/text/archive-records.ts'
import { scheduleTexts } from '../../../domain/text/retention-schedule.ts'
import { openRecord } from '../../archive/view.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { CopyField } from '../../ui/case.tsx'
import { Form, FormErrorSummary, TextArea } from '../../ui/form.tsx'
import { Card, DefinitionList, type Fact, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import { Day } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { StandingPill } from './list.tsx'

/** One paper: its class, its days, and holding it. */
export function registerRecord(portal: Portal): void {
  const page = officePage(portal, { path: patterns.record, title: text.item, show: recordView })
  pageForm(portal, page, {
    path: patterns.recordHold,
    submit: async (visit, form) => {
      await holdRecord(visit.deps, visit.member, visit.id('record'), form.parse(holdInput))
      await visit.flash('success', text.held)
      return paths.record(visit.office.slug, visit.param('record'))
    },
  })
  pageForm(portal, page, {
    path: patterns.recordRelease,
    submit: async (visit) => {
      await releaseRecord(visit.deps, visit.member, visit.id('record'))
      await visit.flash('success', text.released)
      return paths.record(visit.office.slug, visit.param('record'))
    },
  })
}

async function recordView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const record = await openRecord(visit, visit.id('record'))
  const mayHold = mayOpen(recordHolders, member.roles) && record.standing !== 'destroyed'
  return {
    title: record.name,
    crumbs: [{ label: say(text.title), href: paths.archive(office.slug) }, { label: record.name }],
    body: (
      <Stack>
        <PageHeader
          over={say(scheduleTexts.papers[record.kind])}
          title={record.name}
          meta={<StandingPill visit={visit} standing={record.standing} />}
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ reason: text.holdReason }}
          lead={attempt.lead}
        />
        {record.destroyed && (
          <Alert tone="info" locale={locale}>
            <p>{say(text.gone(record.destroyed.on, record.destroyed.number))}</p>
          </Alert>
        )}
        {record.heldReason && (
          <Alert tone="warning" locale={locale} title={say(text.standings.held)}>
            <p>{record.heldReason}</p>
          </Alert>
        )}
        <Card>
          <DefinitionList facts={factsOf(visit, record)} />
        </Card>
        {mayHold &&
          (record.heldReason === null ? <Hold visit={visit} attempt={attempt} /> : <Release visit={visit} />)}
      </Stack>
    ),
  }
}

function factsOf(visit: OfficeVisit, record: ArchiveItem): readonly Fact[] {
  const { say, locale, office } = visit
  const day = (date: string | null) => (date ? <Day date={date} locale={locale} /> : say(text.notYet))
  const letter = record.letterId && <a href={paths.letter(office.slug, record.letterId)}>{record.number}</a>
  return [
    ...(letter ? [{ term: say(text.item), value: letter }] : []),
    ...(record.ticket
      ? [
          {
            term: say(text.request),
            value: <a href={paths.request(office.slug, record.ticket)}>{record.ticket}</a>,
          },
        ]
      : []),
    { term: say(text.filedOn), value: day(record.filedOn) },
    {
      term: say(text.class),
      value: record.code ? `${record.code} · ${record.class}` : say(text.standings.unclassed),
    },
    ...(record.inUse ? [{ term: say(text.inUse), value: say(text.uses[record.inUse]!) }] : []),
    { term: say(text.startedOn), value: day(record.startedOn) },
    { term: say(text.activeUntil), value: day(record.activeUntil) },
    { term: say(text.inactiveUntil), value: day(record.inactiveUntil) },
    ...(record.fate ? [{ term: say(text.fate), value: say(scheduleTexts.fates[record.fate]) }] : []),
    {
      term: say(text.digest),
      value: <CopyField locale={locale} value={record.sha256} label={say(text.digest)} />,
    },
  ]
}

function Hold({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection label={say(text.hold)} title={say(text.holdTitle)} icon="lock" open={attempt.sent}>
      <Form action={paths.recordHold(office.slug, visit.param('record'))}>
        <TextArea
          locale={locale}
          name="reason"
          label={say(text.holdReason)}
          hint={say(text.holdHint)}
          value={attempt.value('reason')}
          error={attempt.error('reason')}
          maxlength={500}
          required
        />
        <ButtonRow>
          <Button>{say(text.hold)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Release({ visit }: { visit: OfficeVisit }) {
  const { say, office } = visit
  return (
    <ConfirmSection label={say(text.release)} title={say(text.releaseTitle)}>
      <PostButton action={paths.recordRelease(office.slug, visit.param('record'))}>
        {say(text.release)}
      </PostButton>
    </ConfirmSection>
  )
}
