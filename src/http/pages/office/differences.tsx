import type { Member } from '../../../actions/act.ts'
import { comparers, findingConfirmers } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import { confirmFinding } from '../../../actions/zones/confirm-finding.ts'
import { proposeFinding } from '../../../actions/zones/propose-finding.ts'
import { turnDownFinding } from '../../../actions/zones/turn-down-finding.ts'
import { requestComparison } from '../../../actions/zones/request-comparison.ts'
import type { Tx } from '../../../db/database.ts'
import { inScope } from '../../../db/database.ts'
import type { Comparison, Finding } from '../../../db/office/zone-findings.ts'
import { countProposals, listComparisons, listFindings, unsettled } from '../../../db/office/zone-findings.ts'
import { findingProposals } from '../../../domain/dns/drift.ts'
import { driftTexts as text } from '../../../domain/text/drift.ts'
import { cutPage, placeOf, readPlace } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { comparisonSheet, comparisonWord, findingSheet, isPending } from '../../sheets/zones.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, PostButton } from '../../ui/button.tsx'
import { Form, FormErrorSummary, Select } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import type { Page } from '../page.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { Content, findingView } from './difference.tsx'

const rowsPerPage = 50

/** Where name servers say something else than the registry, and what is done about it. */
export function registerDifferences(portal: Portal): void {
  const list = officePage(portal, {
    path: patterns.differences,
    title: text.title,
    menu: { group: 'registry', order: 40, label: text.title, icon: 'globe', count: waiting },
    show: listView,
    sheets: (visit) => [findingSheet(visit, filterOf(visit)), comparisonSheet(visit)],
  })
  pageForm(portal, list, {
    path: patterns.differencesCompare,
    submit: async (visit, form) => {
      await requestComparison(visit.deps, visit.member, form.text('zone'))
      await visit.flash('success', text.asked)
      return paths.differences(visit.office.slug)
    },
  })
  const one = officePage(portal, {
    path: patterns.difference,
    title: text.title,
    show: findingView,
  })
  registerDecisions(portal, one)
}

/** How many proposals wait for the member as the second person. */
async function waiting(member: Member, tx: Tx): Promise<number> {
  return mayOpen(findingConfirmers, member.roles) ? countProposals(tx, member.personId) : 0
}

const proposalInput = z.enum(findingProposals)
const confirmation = z.object({ proposal: proposalInput, touched: z.coerce.number().int().min(0).optional() })

function registerDecisions(portal: Portal, one: Page<OfficeVisit>): void {
  pageForm(portal, one, {
    path: patterns.differencePropose,
    submit: async (visit, form) => {
      const { proposal } = form.parse(z.object({ proposal: proposalInput }))
      const input = { proposal, reason: form.text('reason') }
      await proposeFinding(visit.deps, visit.member, visit.id('finding'), input)
      await visit.flash('success', text.proposed)
      return paths.difference(visit.office.slug, visit.id('finding'))
    },
  })
  pageForm(portal, one, {
    path: patterns.differenceConfirm,
    submit: async (visit, form) => {
      const input = form.parse(confirmation)
      await confirmFinding(visit.deps, visit.member, visit.id('finding'), input)
      await visit.flash('success', input.proposal === 'adopt' ? text.adopted : text.reverting)
      return paths.difference(visit.office.slug, visit.id('finding'))
    },
  })
  pageForm(portal, one, {
    path: patterns.differenceTurnDown,
    submit: async (visit, form) => {
      await turnDownFinding(visit.deps, visit.member, visit.id('finding'), form.text('reason'))
      await visit.flash('success', text.turnedDownDone)
      return paths.difference(visit.office.slug, visit.id('finding'))
    },
  })
}

function filterOf(visit: OfficeVisit) {
  const zone = visit.query('zona')
  return { statuses: unsettled, ...(zone && { zone }) }
}

async function listView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const chosen = visit.query('zona')
  const { zones, found } = await inScope(visit.deps.db, member, async (tx) => ({
    zones: await listComparisons(tx),
    found: await listFindings(tx, filterOf(visit), {
      limit: rowsPerPage + 1,
      after: readPlace(visit.query('dari')),
    }),
  }))
  const page = cutPage(found, rowsPerPage, (row) => placeOf(row.found_at, row.id))
  const next = page.next && withQuery(paths.differences(office.slug), { zona: chosen, dari: page.next })
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Zones visit={visit} zones={zones} />
        <Card title={say(text.open)}>
          {zones.length > 1 && <Filter visit={visit} zones={zones} chosen={chosen} />}
          <FindingTable visit={visit} rows={page.rows} compared={zones.some((zone) => zone.compared_at)} />
          <Pagination locale={locale} next={next ?? undefined} />
        </Card>
      </Stack>
    ),
  }
}

function Filter(props: { visit: OfficeVisit; zones: readonly Comparison[]; chosen: string | undefined }) {
  const { visit, zones, chosen } = props
  const { say, locale, office } = visit
  return (
    <Form action={paths.differences(office.slug)} method="get">
      <Select
        locale={locale}
        name="zona"
        label={say(text.zone)}
        empty={say(text.allZones)}
        options={zones.map(({ name }) => ({ value: name, label: name }))}
        value={chosen}
        width="medium"
      />
      <ButtonRow>
        <Button kind="secondary">{say(text.show)}</Button>
      </ButtonRow>
    </Form>
  )
}

function Zones({ visit, zones }: { visit: OfficeVisit; zones: readonly Comparison[] }) {
  const { say, locale, office, member } = visit
  return (
    <Card title={say(text.zones)}>
      <DataTable
        caption={say(text.zones)}
        hideCaption
        rows={zones}
        files={tableFiles(visit, paths.differences(office.slug), {}, 'pembandingan-dns')}
        empty={<p>{say(text.noneYet)}</p>}
        columns={[
          {
            header: say(text.zone),
            cell: (zone) => (
              <a class="mono" href={paths.zone(office.slug, zone.id)}>
                {zone.name}
              </a>
            ),
          },
          {
            header: say(text.comparedAt),
            cell: ({ compared_at: at }) =>
              at ? <Moment at={at} zone={office.timezone} locale={locale} /> : say(text.never),
          },
          { header: say(text.state), cell: (zone) => <ZoneState visit={visit} zone={zone} /> },
          {
            header: say(text.action),
            cell: (zone) =>
              mayOpen(comparers, member.roles) && (
                <PostButton
                  action={paths.differencesCompare(office.slug)}
                  fields={{ zone: zone.name }}
                  kind="secondary"
                  small
                >
                  {say(text.compare)}
                </PostButton>
              ),
          },
        ]}
      />
      {zones.map(
        (zone) =>
          zone.compare_trouble && (
            <Alert tone="warning" locale={locale}>
              <p>
                {zone.name}: {say(zone.compare_trouble)} {say(text.unknownNote)}
              </p>
            </Alert>
          ),
      )}
    </Card>
  )
}

function ZoneState({ visit, zone }: { visit: OfficeVisit; zone: Comparison }) {
  const word = comparisonWord(zone)
  if (!word) return <span>–</span>
  const tone = isPending(zone) ? 'info' : zone.compare_trouble ? 'warning' : 'success'
  return <StatusPill tone={tone} text={visit.say(word)} />
}

function FindingTable(props: { visit: OfficeVisit; rows: readonly Finding[]; compared: boolean }) {
  const { visit, rows, compared } = props
  const { say, office } = visit
  return (
    <DataTable
      caption={say(text.open)}
      hideCaption
      rows={rows}
      files={tableFiles(
        visit,
        paths.differences(office.slug),
        { zona: visit.query('zona') },
        'perbedaan-dns',
      )}
      empty={
        <EmptyState
          title={say(text.none)}
          next={say(compared ? text.noneNext : text.noneYet)}
          icon={compared ? 'success' : 'globe'}
        />
      }
      columns={[
        {
          header: say(text.name),
          cell: (row) => (
            <a class="mono" href={paths.difference(office.slug, row.id)}>
              {row.name}
            </a>
          ),
        },
        { header: say(text.type), cell: (row) => row.type },
        { header: say(text.kind), cell: (row) => <Kind visit={visit} finding={row} /> },
        { header: say(text.registered), cell: (row) => <Content visit={visit} content={row.registered} /> },
        { header: say(text.live), cell: (row) => <Content visit={visit} content={row.live} /> },
      ]}
    />
  )
}

function Kind({ visit, finding }: { visit: OfficeVisit; finding: Finding }) {
  const { say } = visit
  if (finding.status === 'reverting') return <StatusPill tone="info" text={say(text.statuses.reverting)} />
  return (
    <>
      <StatusPill tone="warning" text={say(text.kinds[finding.kind])} />
      {finding.proposal && <StatusPill tone="info" text={say(text.waiting)} />}
    </>
  )
}
