import { importers } from '../../../domain/access/duties.ts'
import { maxZoneFileBytes, requestTakeOver } from '../../../actions/zones/request-take-over.ts'
import { notFound } from '../../../actions/act.ts'
import { inScope } from '../../../db/database.ts'
import type { ZoneImport } from '../../../db/office/zone-imports.ts'
import { lastImport } from '../../../db/office/zone-imports.ts'
import { countZoneRecords, listZoneRecords } from '../../../db/office/zone-records.ts'
import { findZone } from '../../../db/office/zones.ts'
import type { Rrset } from '../../../domain/dns/records.ts'
import { Refused } from '../../../domain/refused.ts'
import { driftTexts } from '../../../domain/text/drift.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { takeOverTexts as text } from '../../../domain/text/take-over.ts'
import { cutPage, readCursor } from '../../api/paging.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { unownedSheet } from '../../sheets/zones.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable, Pagination } from '../../ui/table.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

const rowsPerPage = 50
/** Room for the rest of a form around a file, in bytes. */
const aroundBytes = 64 * 1024
/** How often a browser asks again while a take-over runs, in seconds. */
const refreshSeconds = 2

/** What a zone has that belongs to no service, and how it comes into the registry. */
export function registerTakeOver(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.zone,
    title: text.title,
    show: zoneView,
    sheets: (visit) => [unownedSheet(visit, visit.id('zone'))],
  })
  pageForm(portal, page, {
    path: patterns.zoneTakeOver,
    maxBytes: maxZoneFileBytes + aroundBytes,
    submit: async (visit, form) => {
      const zone = visit.id('zone')
      const file = form.file('file')
      if (form.text('source') === 'file' && !file)
        throw new Refused('bad-input', httpTexts.badInput, {
          issues: [{ field: 'file', text: text.fileMissing }],
        })
      const bytes = file ? Buffer.from(await file.arrayBuffer()) : null
      await requestTakeOver(visit.deps, visit.member, zone, bytes)
      await visit.flash('success', text.started)
      return paths.zone(visit.office.slug, zone)
    },
  })
}

async function zoneView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const id = visit.id('zone')
  const after = readCursor(visit.query('dari'), 2)
  const read = await inScope(visit.deps.db, member, async (tx) => {
    const zone = await findZone(tx, id)
    if (!zone) return undefined
    return {
      zone,
      last: await lastImport(tx, id),
      count: await countZoneRecords(tx, id),
      rows: await listZoneRecords(tx, id, { limit: rowsPerPage + 1, ...(after && { after }) }),
    }
  })
  if (!read) throw notFound()
  const { zone, last, count, rows } = read
  // Without script too: a take-over under way is looked at again by the browser itself.
  if (last?.status === 'running') visit.c.header('Refresh', String(refreshSeconds))
  const page = cutPage(rows, rowsPerPage, (row) => [row.name, row.type])
  const next = page.next && withQuery(paths.zone(office.slug, id), { dari: page.next })
  return {
    title: zone.name,
    crumbs: [{ label: say(driftTexts.title), href: paths.differences(office.slug) }, { label: zone.name }],
    body: (
      <Stack>
        <PageHeader title={zone.name} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <TakeOver visit={visit} attempt={attempt} zoneId={id} last={last} />
        <Card title={say(text.unowned)}>
          {count > 0 && <p class="hint">{say(text.count(count))}</p>}
          <Unowned visit={visit} zoneId={id} rows={page.rows} />
          <Pagination locale={locale} next={next ?? undefined} />
          {count > 0 && <p>{say(text.claim)}</p>}
          {mayOpen(['administrator'], member.roles) && count > 0 && (
            <ButtonRow>
              <Button href={paths.registryImport(office.slug)} kind="secondary">
                {say(text.openImport)}
              </Button>
            </ButtonRow>
          )}
        </Card>
      </Stack>
    ),
  }
}

type TakeOverProps = {
  readonly visit: OfficeVisit
  readonly attempt: Attempt
  readonly zoneId: string
  readonly last: ZoneImport | undefined
}

function TakeOver({ visit, attempt, zoneId, last }: TakeOverProps) {
  const { say, locale, office, member } = visit
  const action = paths.zoneTakeOver(office.slug, zoneId)
  const isOffered = mayOpen(importers, member.roles) && last?.status !== 'running'
  return (
    <Card title={say(text.title)}>
      <p>{say(text.lead)}</p>
      {last && <Last visit={visit} last={last} />}
      {isOffered && (
        <>
          <Form action={action} plain>
            <p class="hint">{say(text.transferHint)}</p>
            <ButtonRow>
              <Button name="source" value="transfer">
                {say(text.transfer)}
              </Button>
            </ButtonRow>
          </Form>
          <Form action={action} files plain>
            <input type="hidden" name="source" value="file" />
            <FileInput
              locale={locale}
              name="file"
              label={say(text.file)}
              hint={say(text.fileHint)}
              error={attempt.error('file')}
              required
            />
            <ButtonRow>
              <Button kind="secondary" icon="upload">
                {say(text.upload)}
              </Button>
            </ButtonRow>
          </Form>
        </>
      )}
    </Card>
  )
}

function Last({ visit, last }: { visit: OfficeVisit; last: ZoneImport }) {
  const { say, locale } = visit
  if (last.status === 'failed')
    return (
      <Alert tone="danger" locale={locale}>
        <p>
          {say(text.failed)}. {last.trouble && say(last.trouble)}
        </p>
      </Alert>
    )
  if (last.status === 'done')
    return (
      <Alert tone="success" locale={locale}>
        <p>
          {say(text.done)}. {say(text.added(last.added ?? 0, (last.total ?? 0) - (last.added ?? 0)))}
        </p>
      </Alert>
    )
  const words = last.total === null ? text.reading : text.progress(last.done, last.total)
  return (
    <div role="status">
      <StatusPill tone="info" text={say(text.running)} />
      <p>
        <progress max={last.total ?? undefined} value={last.total === null ? undefined : last.done}>
          {say(words)}
        </progress>{' '}
        {say(words)}
      </p>
    </div>
  )
}

function Unowned({ visit, zoneId, rows }: { visit: OfficeVisit; zoneId: string; rows: readonly Rrset[] }) {
  const { say } = visit
  return (
    <DataTable
      caption={say(text.unowned)}
      hideCaption
      rows={rows}
      files={tableFiles(visit, paths.zone(visit.office.slug, zoneId))}
      empty={<EmptyState title={say(text.noneUnowned)} next={say(text.noneUnownedNext)} icon="globe" />}
      columns={[
        { header: say(driftTexts.name), cell: (row) => <span class="mono">{row.name}</span> },
        { header: say(driftTexts.type), cell: (row) => row.type },
        {
          header: say(driftTexts.registered),
          cell: (row) => row.values.map((value) => <div class="mono">{value}</div>),
        },
        { header: 'TTL', cell: (row) => row.ttl, end: true },
      ]}
    />
  )
}
