import { proposalInput, proposeDisposal } from '../../../actions/archive/propose-disposal.ts'
import type { Disposal } from '../../../db/archive/disposals.ts'
import { listDisposals } from '../../../db/archive/disposals.ts'
import { inScope } from '../../../db/database.ts'
import { archivists } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { DisposalStatus } from '../../../domain/archive/standing.ts'
import { maxProposed } from '../../../domain/archive/standing.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import { disposalTexts as text } from '../../../domain/text/disposal.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { disposalSheet } from '../../sheets/archive.ts'
import { tableFiles } from '../../sheets/links.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Checkbox, Form, FormErrorSummary } from '../../ui/form.tsx'
import { EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const perPage = 50

/** The proposals of destruction, and making one. */
export function registerDisposals(portal: Portal): void {
  officePage(portal, {
    path: patterns.disposals,
    title: text.title,
    show: listView,
    sheets: (visit) => [disposalSheet(visit)],
    submit: async (visit, form) => {
      const { id } = await proposeDisposal(visit.deps, visit.member, form.parse(proposalInput))
      await visit.flash('success', text.made)
      return paths.disposal(visit.office.slug, id)
    },
  })
}

const tones: Readonly<Record<DisposalStatus, Tone>> = {
  proposed: 'warning',
  approved: 'info',
  destroyed: 'neutral',
  dropped: 'neutral',
}

export const DisposalPill = ({ visit, status }: { visit: OfficeVisit; status: DisposalStatus }) => (
  <StatusPill tone={tones[status]} text={visit.say(text.statuses[status])} />
)

export const titleOf = ({ office }: OfficeVisit, { proposedAt }: Disposal) =>
  text.one(localDate(proposedAt, office.timezone))

async function listView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member, deps } = visit
  const after = readPlace(visit.query('dari'))
  const rows = await inScope(deps.db, member, (tx) => listDisposals(tx, { limit: perPage + 1, after }))
  const page = cutPage(rows, perPage, (row) => placeOf(row.proposedAt, row.id))
  const address = paths.disposals(office.slug)
  return {
    title: say(text.title),
    crumbs: [
      { label: say(archiveRecordTexts.title), href: paths.archive(office.slug) },
      { label: say(text.title) },
    ],
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        {mayOpen(archivists, member.roles) && <Propose visit={visit} attempt={attempt} />}
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={page.rows}
          files={tableFiles(visit, address)}
          empty={<EmptyState icon="list" title={say(text.none)} next={say(text.noneNext)} />}
          columns={[
            {
              header: say(text.title),
              cell: (row) => <a href={paths.disposal(office.slug, row.id)}>{say(titleOf(visit, row))}</a>,
            },
            { header: say(text.proposedBy), cell: (row) => row.proposer },
            {
              header: say(text.proposedAt),
              cell: (row) => <Moment at={row.proposedAt} zone={office.timezone} locale={locale} />,
            },
            { header: say(text.count), cell: (row) => String(row.count), end: true },
            { header: say(text.status), cell: (row) => <DisposalPill visit={visit} status={row.status} /> },
            {
              header: say(text.record),
              cell: (row) =>
                row.letterId ? (
                  <a href={paths.letter(office.slug, row.letterId)}>{row.letterNumber}</a>
                ) : (
                  <>–</>
                ),
            },
          ]}
        />
        <Pagination locale={locale} next={page.next ? withQuery(address, { dari: page.next }) : undefined} />
      </Stack>
    ),
  }
}

function Propose({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection label={say(text.make)} title={say(text.make)} icon="plus" open={attempt.sent}>
      <p>{say(text.makeHint(maxProposed))}</p>
      <Form action={paths.disposals(office.slug)}>
        <Checkbox
          locale={locale}
          name="withReview"
          label={say(text.withReview)}
          hint={say(text.withReviewHint)}
          checked={attempt.value('withReview') === 'yes'}
        />
        <ButtonRow>
          <Button>{say(text.make)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}
