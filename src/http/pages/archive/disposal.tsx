import {
  approvalInput,
  approveDisposal,
  dropDisposal,
  dropInput,
  keepInput,
  keepRecord,
} from '../../../actions/archive/decide-disposal.ts'
import { destroyRecords, destructionInput } from '../../../actions/archive/destroy-records.ts'
import { reissueRecord } from '../../../actions/archive/reissue-record.ts'
import type { DisposalItem } from '../../../db/archive/disposals.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import { disposalTexts as text } from '../../../domain/text/disposal.ts'
import { scheduleTexts } from '../../../domain/text/retention-schedule.ts'
import type { OpenDisposal } from '../../archive/disposal.ts'
import { openDisposal } from '../../archive/disposal.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { disposalItemSheet } from '../../sheets/archive.ts'
import { tableFiles } from '../../sheets/links.ts'
import { BreakAfter } from '../../ui/breaks.tsx'
import { FormErrorSummary } from '../../ui/form.tsx'
import { Card, DefinitionList, type Fact, PageHeader, Stack } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { Acts } from './disposal-acts.tsx'
import { DisposalPill, titleOf } from './disposals.tsx'

const labels = {
  record: text.keepRecord,
  reason: text.keepReason,
  term: text.keepFor,
  consent: text.consent,
  consentDate: text.consentDate,
  legalName: text.legalName,
  legalPost: text.legalPost,
  auditName: text.auditName,
  auditPost: text.auditPost,
  sure: text.sure,
}

/** One proposal of destruction, from its list to the record. */
export function registerDisposal(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.disposal,
    title: text.title,
    show: disposalView,
    sheets: async (visit) => {
      const { disposal } = await openDisposal(visit.deps.db, visit.member, visit.id('disposal'))
      return [disposalItemSheet(visit, disposal.id)]
    },
  })
  const back = (visit: OfficeVisit): string => paths.disposal(visit.office.slug, visit.param('disposal'))
  pageForm(portal, page, {
    path: patterns.disposalKeep,
    submit: async (visit, form) => {
      await keepRecord(visit.deps, visit.member, visit.id('disposal'), form.parse(keepInput))
      await visit.flash('success', text.kept)
      return back(visit)
    },
  })
  pageForm(portal, page, {
    path: patterns.disposalApprove,
    submit: async (visit, form) => {
      await approveDisposal(visit.deps, visit.member, visit.id('disposal'), form.parse(approvalInput))
      await visit.flash('success', text.approved)
      return back(visit)
    },
  })
  pageForm(portal, page, {
    path: patterns.disposalDestroy,
    submit: async (visit, form) => {
      const { deps, member } = visit
      const input = form.parse(destructionInput)
      const done = await destroyRecords(deps, member, visit.id('disposal'), input, deps.config.publicUrl)
      await visit.flash('success', text.destroyed(done.count, done.number))
      return back(visit)
    },
  })
  pageForm(portal, page, {
    path: patterns.disposalDrop,
    submit: async (visit, form) => {
      await dropDisposal(visit.deps, visit.member, visit.id('disposal'), form.parse(dropInput))
      await visit.flash('success', text.dropped)
      return back(visit)
    },
  })
  pageForm(portal, page, {
    path: patterns.disposalRecord,
    submit: async (visit) => {
      const { deps, member } = visit
      await reissueRecord(deps, member, visit.id('disposal'), deps.config.publicUrl)
      await visit.flash('success', text.reissued)
      return back(visit)
    },
  })
}

async function disposalView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, deps, member } = visit
  const open = await openDisposal(deps.db, member, visit.id('disposal'))
  const { disposal, items } = open
  const title = say(titleOf(visit, disposal))
  return {
    title,
    crumbs: [
      { label: say(archiveRecordTexts.title), href: paths.archive(office.slug) },
      { label: say(text.title), href: paths.disposals(office.slug) },
      { label: title },
    ],
    body: (
      <Stack>
        <PageHeader
          title={title}
          lead={say(text.next[disposal.status])}
          meta={<DisposalPill visit={visit} status={disposal.status} />}
        />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={labels} lead={attempt.lead} />
        <Card>
          <DefinitionList facts={factsOf(visit, open)} />
        </Card>
        <DataTable
          caption={say(text.items)}
          rows={items}
          files={tableFiles(visit, paths.disposal(office.slug, disposal.id))}
          empty={<p class="muted">{say(text.nothingLeft)}</p>}
          columns={columnsFor(visit)}
        />
        <Acts visit={visit} attempt={attempt} open={open} />
      </Stack>
    ),
  }
}

function factsOf(visit: OfficeVisit, { disposal }: OpenDisposal): readonly Fact[] {
  const { say, locale, office } = visit
  const moment = (at: Date) => <Moment at={at} zone={office.timezone} locale={locale} />
  const { approvedAt, destroyedAt, droppedAt, consent, consentDate } = disposal
  return [
    {
      term: say(text.proposedAt),
      value: (
        <>
          {moment(disposal.proposedAt)} · {disposal.proposer}
        </>
      ),
    },
    ...(approvedAt
      ? [
          {
            term: say(text.approvedBy),
            value: (
              <>
                {disposal.approver} · {moment(approvedAt)}
              </>
            ),
          },
        ]
      : []),
    ...(consent && consentDate
      ? [
          {
            term: say(text.consentOf),
            value: (
              <>
                {consent} · <Day date={consentDate} locale={locale} />
              </>
            ),
          },
        ]
      : []),
    ...(destroyedAt ? [{ term: say(text.destroyedAt), value: moment(destroyedAt) }] : []),
    ...(disposal.letterId
      ? [
          {
            term: say(text.record),
            value: <a href={paths.letter(office.slug, disposal.letterId)}>{disposal.letterNumber}</a>,
          },
        ]
      : []),
    ...(droppedAt ? [{ term: say(text.droppedAt), value: moment(droppedAt) }] : []),
    ...(disposal.dropReason ? [{ term: say(text.dropReason), value: disposal.dropReason }] : []),
    { term: say(text.count), value: String(disposal.count) },
  ]
}

const tones: Readonly<Record<DisposalItem['state'], Tone>> = {
  proposed: 'warning',
  kept: 'success',
  destroyed: 'neutral',
  dropped: 'neutral',
}

function columnsFor(visit: OfficeVisit) {
  const { say, locale, office } = visit
  return [
    {
      header: say(text.name),
      cell: (row: DisposalItem) => (
        <>
          <a href={paths.record(office.slug, row.document_id)}>
            <BreakAfter sign="/" text={row.name} />
          </a>
          <br />
          <span class="muted small">
            {[row.code, say(scheduleTexts.papers[row.paper]), row.number.replace(/^-$/, '')]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ),
    },
    { header: say(text.filedOn), cell: (row: DisposalItem) => <Day date={row.filed_on} locale={locale} /> },
    { header: say(text.dueOn), cell: (row: DisposalItem) => <Day date={row.due_on} locale={locale} /> },
    { header: say(text.fate), cell: (row: DisposalItem) => say(scheduleTexts.fates[row.fate]) },
    {
      header: say(text.state),
      cell: (row: DisposalItem) => (
        <>
          <StatusPill tone={tones[row.state]} text={say(text.states[row.state])} />
          {row.kept_reason && (
            <>
              <br />
              <span class="muted small">{row.kept_reason}</span>
            </>
          )}
        </>
      ),
    },
  ]
}
