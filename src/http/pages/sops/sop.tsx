import { administrators } from '../../../domain/access/duties.ts'
import { notFound } from '../../../actions/act.ts'
import { publishSop } from '../../../actions/sops/publish-sop.ts'
import { retireSop } from '../../../actions/sops/retire-sop.ts'
import { inScope } from '../../../db/database.ts'
import type { SopRow, SopVersionRow } from '../../../db/sops-admin.ts'
import { listVersions, readSop, readVersion } from '../../../db/sops-admin.ts'
import { sopTexts as text } from '../../../domain/text/sop-pages.ts'
import { download } from '../../download.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { versionSheet, versionWord } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import { stepSheet } from '../../sheets/steps.ts'
import type { Portal } from '../../routes.ts'
import { sopBpmn, sopPdf } from '../../sops/files.ts'
import type { SopReview } from '../../sops/review.ts'
import { reviewSop, versionOf } from '../../sops/review.ts'
import { Button, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { FormErrorSummary } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { Identity, SopChart, StepTable } from './document.tsx'

/** One SOP and its versions: reading, comparing, publishing, retiring. */
export function registerSop(portal: Portal): void {
  const sop = officePage(portal, {
    path: patterns.sop,
    title: text.title,
    show: sopView,
    sheets: async (visit) => {
      const { sop, file } = await openSop(visit)
      return [versionSheet(visit, sop.slug), stepSheet(visit, file.document, visit.locale)]
    },
  })
  pageForm(portal, sop, {
    path: patterns.sopRetire,
    submit: async (visit, form) => {
      const retired = form.text('retired') === 'yes'
      await retireSop(visit.deps, visit.member, visit.param('sop'), retired)
      await visit.flash('success', retired ? text.wasRetired : text.wasRestored)
      return paths.sop(visit.office.slug, visit.param('sop'))
    },
  })
  const version = officePage(portal, {
    path: patterns.sopVersion,
    title: text.version,
    show: versionView,
    sheets: async (visit) => {
      const { file } = await openVersion(visit)
      return [stepSheet(visit, file.document, visit.locale)]
    },
  })
  pageForm(portal, version, {
    path: patterns.sopPublish,
    submit: async (visit) => {
      const slug = visit.param('sop')
      await publishSop(visit.deps, visit.member, slug, versionOf(visit.param('version')))
      await visit.flash('success', text.wasPublished)
      return paths.sop(visit.office.slug, slug)
    },
  })
  officePage(portal, { path: patterns.sopSource, title: text.source, show: sourceFile })
  const asked = (visit: OfficeVisit) => ({ slug: visit.param('sop'), version: visit.param('version') })
  officePage(portal, {
    path: patterns.sopPdf,
    title: text.printed,
    show: (visit) => sopPdf(visit.deps, visit.member, asked(visit), 'a4'),
  })
  officePage(portal, {
    path: patterns.sopBpmn,
    title: text.bpmn,
    show: (visit) => sopBpmn(visit.deps, visit.member, asked(visit)),
  })
}

async function sourceFile(visit: OfficeVisit): Promise<Response> {
  const slug = visit.param('sop')
  const file = await inScope(visit.deps.db, visit.member, async (tx) => {
    const sop = await readSop(tx, slug)
    return sop && readVersion(tx, sop.id, versionOf(visit.param('version')))
  })
  if (!file) throw notFound()
  const filename = `${slug}-${file.version}.yaml`
  return download({ filename, mediaType: 'application/yaml', bytes: Buffer.from(file.source) })
}

/** @throws Refused (404) for an SOP that the office does not have */
async function openSop(visit: OfficeVisit) {
  const { member } = visit
  const found = await inScope(visit.deps.db, member, async (tx) => {
    const sop = await readSop(tx, visit.param('sop'))
    if (!sop) return undefined
    const versions = await listVersions(tx, sop.id)
    const shown = sop.currentVersion ?? versions[0]?.version
    return { sop, versions, file: shown && (await readVersion(tx, sop.id, shown)) }
  })
  if (!found?.file) throw notFound()
  return { sop: found.sop, versions: found.versions, file: found.file }
}

const openVersion = (visit: OfficeVisit) =>
  reviewSop(visit.deps, visit.member, visit.param('sop'), versionOf(visit.param('version')))

async function sopView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const { sop, versions, file } = await openSop(visit)
  return {
    title: sop.name,
    crumbs: [{ label: say(text.title), href: paths.sops(office.slug) }, { label: sop.name }],
    body: (
      <Stack>
        <PageHeader
          over={sop.slug}
          title={sop.name}
          meta={<SopState visit={visit} sop={sop} />}
          actions={
            <>
              <Papers visit={visit} slug={sop.slug} version={file.version} />
              {mayOpen(administrators, member.roles) && <Actions visit={visit} sop={sop} />}
            </>
          }
        />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Versions visit={visit} sop={sop} versions={versions} />
        <Identity visit={visit} sop={file.document} />
        <SopChart visit={visit} sop={file.document} />
        <StepTable
          visit={visit}
          sop={file.document}
          files={tableFiles(visit, paths.sop(office.slug, sop.slug), {}, 'langkah-sop')}
        />
      </Stack>
    ),
  }
}

function SopState({ visit: { say }, sop }: { visit: OfficeVisit; sop: SopRow }) {
  if (sop.retiredAt) return <StatusPill text={say(text.retired)} />
  return sop.currentVersion === null ? (
    <StatusPill tone="warning" text={say(text.draft)} />
  ) : (
    <StatusPill tone="success" text={`${say(text.inForce)}: ${say(text.versionOf(sop.currentVersion))}`} />
  )
}

/** The version as paper and for other programs. */
function Papers({ visit, slug, version }: { visit: OfficeVisit; slug: string; version: number }) {
  const { say, office } = visit
  const place = [office.slug, slug, String(version)] as const
  return (
    <>
      <Button href={paths.sopPdf(...place)} kind="secondary" icon="document" plain>
        {say(text.printed)}
      </Button>
      <Button href={paths.sopBpmn(...place)} kind="secondary" icon="download" plain>
        {say(text.bpmn)}
      </Button>
    </>
  )
}

function Actions({ visit, sop }: { visit: OfficeVisit; sop: SopRow }) {
  const { say, office } = visit
  return (
    <>
      <Button href={paths.sopActors(office.slug, sop.slug)} kind="secondary" icon="users">
        {say(text.mapActors)}
      </Button>
      <Button href={withQuery(paths.newSop(office.slug), { sop: sop.slug })} kind="secondary" icon="upload">
        {say(text.newVersion)}
      </Button>
      {sop.currentVersion !== null && <Retire visit={visit} sop={sop} />}
    </>
  )
}

function Retire({ visit, sop }: { visit: OfficeVisit; sop: SopRow }) {
  const { say, office } = visit
  const action = paths.sopRetire(office.slug, sop.slug)
  if (sop.retiredAt)
    return (
      <PostButton action={action} kind="secondary" fields={{ retired: 'no' }}>
        {say(text.restore)}
      </PostButton>
    )
  return (
    <ConfirmSection label={say(text.retire)} title={say(text.retireTitle)} danger>
      <PostButton action={action} kind="danger" fields={{ retired: 'yes' }}>
        {say(text.retire)}
      </PostButton>
    </ConfirmSection>
  )
}

function Versions(props: { visit: OfficeVisit; sop: SopRow; versions: readonly SopVersionRow[] }) {
  const { visit, sop, versions } = props
  const { say, locale, office } = visit
  return (
    <Card title={say(text.versions)}>
      <DataTable
        caption={say(text.versions)}
        hideCaption
        rows={versions}
        files={tableFiles(visit, paths.sop(office.slug, sop.slug), {}, 'versi-sop')}
        empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} />}
        columns={[
          {
            header: say(text.version),
            cell: (row) => (
              <a href={paths.sopVersion(office.slug, sop.slug, String(row.version))}>
                {say(text.versionOf(row.version))}
              </a>
            ),
          },
          {
            header: say(text.time),
            cell: (row) => (
              <Moment at={row.publishedAt ?? row.createdAt} zone={office.timezone} locale={locale} />
            ),
          },
          { header: say(text.status), cell: (row) => <VersionPill visit={visit} sop={sop} row={row} /> },
        ]}
      />
    </Card>
  )
}

function VersionPill(props: { visit: OfficeVisit; sop: SopRow; row: SopVersionRow }) {
  const { visit, sop, row } = props
  const tone = row.status === 'draft' ? 'warning' : row.version === sop.currentVersion ? 'success' : 'neutral'
  return <StatusPill tone={tone} text={visit.say(versionWord(row, sop))} />
}

async function versionView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member } = visit
  const review = await openVersion(visit)
  const { sop, file } = review
  const isDraft = file.status === 'draft'
  return {
    title: `${sop.name}: ${say(text.versionOf(file.version))}`,
    crumbs: [
      { label: say(text.title), href: paths.sops(office.slug) },
      { label: sop.name, href: paths.sop(office.slug, sop.slug) },
      { label: say(text.versionOf(file.version)) },
    ],
    body: (
      <Stack>
        <PageHeader
          over={say(text.versionOf(file.version))}
          title={file.document.identity.name}
          meta={<VersionPill visit={visit} sop={sop} row={file} />}
          actions={
            <>
              <Papers visit={visit} slug={sop.slug} version={file.version} />
              <Button
                href={paths.sopSource(office.slug, sop.slug, String(file.version))}
                kind="secondary"
                icon="download"
                plain
              >
                {say(text.source)}
              </Button>
            </>
          }
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          lead={attempt.sent ? (attempt.lead ?? say(text.notPublishable)) : undefined}
        />
        <Findings visit={visit} review={review} />
        {isDraft && <Changes visit={visit} review={review} />}
        {isDraft && <Replay visit={visit} review={review} />}
        {isDraft && mayOpen(administrators, member.roles) && <Publish visit={visit} review={review} />}
        <Identity visit={visit} sop={file.document} />
        <SopChart visit={visit} sop={file.document} />
        <StepTable
          visit={visit}
          sop={file.document}
          files={tableFiles(visit, paths.sopVersion(office.slug, sop.slug, String(file.version)))}
        />
      </Stack>
    ),
  }
}

type Reviewed = { readonly visit: OfficeVisit; readonly review: SopReview }

function Findings({ visit: { say }, review }: Reviewed) {
  return (
    <Card title={say(text.findings)}>
      {review.findings.length === 0 ? (
        <p>{say(text.noFindings)}</p>
      ) : (
        <ul class="plan">
          {review.findings.map((finding) => (
            <li>
              <StatusPill
                tone={finding.severity === 'error' ? 'danger' : 'warning'}
                text={say(finding.severity === 'error' ? text.error : text.warning)}
              />
              <div>
                {finding.line === null ? say(finding.text) : say(text.atLine(finding.line, finding.text))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Changes({ visit: { say }, review: { changes } }: Reviewed) {
  return (
    <Card title={say(text.changes)}>
      {changes === null && <p>{say(text.firstVersion)}</p>}
      {changes?.length === 0 && <p>{say(text.noChanges)}</p>}
      <ul>
        {changes?.map((change) => (
          <li>{say(change.text)}</li>
        ))}
      </ul>
    </Card>
  )
}

function Replay({ visit, review: { replayed, differs } }: Reviewed) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.replay)}>
      <p>
        {say(text.replayed(replayed))} {replayed > 0 && differs.length === 0 && say(text.replayFine)}
      </p>
      {differs.length > 0 && (
        <Alert tone="warning" locale={locale}>
          <p>{say(text.replayDiffers(differs.length))}</p>
          <ul>
            {differs.map((finding) => (
              <li>
                <a href={paths.request(office.slug, finding.ticket)}>{finding.ticket}</a>: {say(finding.text)}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </Card>
  )
}

function Publish({ visit, review: { sop, file } }: Reviewed) {
  const { say, office } = visit
  return (
    <ConfirmSection label={say(text.publish)} title={say(text.publishTitle)} icon="check">
      <PostButton action={paths.sopPublish(office.slug, sop.slug, String(file.version))}>
        {say(text.publish)}
      </PostButton>
    </ConfirmSection>
  )
}
