import { maxArchiveBytes, uploadArchive } from '../../../actions/services/deploy-archive.ts'
import { requestRotation } from '../../../actions/services/rotate-credentials.ts'
import { inScope } from '../../../db/database.ts'
import type { LogbookRow } from '../../../db/oversight/logbook.ts'
import { listHistory } from '../../../db/oversight/logbook.ts'
import type { ContactData } from '../../../db/schema/services.ts'
import type { Deployment, ServiceFile } from '../../../db/services/lists.ts'
import { noticeWriters } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { formatInstant } from '../../../domain/dates/indonesian.ts'
import { Refused } from '../../../domain/refused.ts'
import { actText } from '../../../domain/text/acts.ts'
import { contactTexts } from '../../../domain/text/contacts.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { logbookTexts } from '../../../domain/text/oversight.ts'
import { noticeText } from '../../../domain/text/notice.ts'
import { checklistText } from '../../../domain/text/security-checklist.ts'
import type { Checklist } from '../../../domain/security-checklist/checklist.ts'
import { openChecklist, rowsOf } from '../../services/security.ts'
import { progressOf } from './security-parts.tsx'
import { serviceTexts as text } from '../../../domain/text/services.ts'
import type { ShownContacts } from '../../contacts.ts'
import { readContacts, shownServiceContacts } from '../../contacts.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { deploymentSheet, recordSheet } from '../../sheets/desk.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { deploymentWords, dueBy, kindText, mayRotate, mayUpload, openService } from '../../services/view.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack, Tiles } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { StatusPill, Timeline } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { Certificates } from './certificates.tsx'
import { ShowContacts } from '../show-contacts.tsx'
import { ServicePill } from './list.tsx'

/** Room for the rest of a multipart body around an archive, in bytes. */
const aroundBytes = 64 * 1024
/** Entries of the logbook that the history of a service shows. */
const shownHistory = 30

/** One service: facts, contacts, records, site, credentials, history. */
export function registerService(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.service,
    title: text.title,
    show: serviceView,
    sheets: async (visit) => {
      const service = await openService(visit.deps, visit.member, visit.param('service'))
      return [recordSheet(visit, service), deploymentSheet(visit, service)]
    },
  })
  pageForm(portal, page, {
    path: patterns.serviceFiles,
    maxBytes: maxArchiveBytes + aroundBytes,
    submit: async (visit, form) => {
      const service = await openService(visit.deps, visit.member, visit.param('service'))
      const file = form.file('archive')
      if (!file) {
        const issues = [{ field: 'archive', text: text.fileMissing }]
        throw new Refused('bad-input', httpTexts.badInput, { issues })
      }
      const bytes = Buffer.from(await file.arrayBuffer())
      await uploadArchive(visit.deps, visit.member, service.id, { filename: file.name, bytes })
      await visit.flash('success', text.uploaded)
      return paths.service(visit.office.slug, service.id)
    },
  })
  pageForm(portal, page, {
    path: patterns.serviceContacts,
    submit: async (visit) => {
      const service = await openService(visit.deps, visit.member, visit.param('service'))
      await readContacts(
        visit.deps,
        visit.member,
        await shownServiceContacts(visit.deps, visit.member, service),
      )
      await visit.flash('success', contactTexts.shown)
      return `${paths.service(visit.office.slug, service.id)}#kontak`
    },
  })
  pageForm(portal, page, {
    path: patterns.serviceCredentials,
    submit: async (visit) => {
      const service = await openService(visit.deps, visit.member, visit.param('service'))
      await requestRotation(visit.deps, visit.member, service.id)
      await visit.flash('success', text.rotateAsked)
      return paths.service(visit.office.slug, service.id)
    },
  })
}

async function serviceView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member, deps } = visit
  const service = await openService(deps, member, visit.param('service'))
  const history = await inScope(deps.db, member, (tx) => listHistory(tx, service.fqdn, shownHistory))
  const checklist = await openChecklist(deps, member, service)
  const now = deps.now()
  return {
    title: service.fqdn,
    crumbs: [{ label: say(text.title), href: paths.services(office.slug) }, { label: service.fqdn }],
    body: (
      <Stack>
        <PageHeader
          over={say(kindText(service))}
          title={service.fqdn}
          meta={
            <>
              <ServicePill
                visit={visit}
                service={service}
                today={localDate(now, office.timezone)}
                due={dueBy(now, office.timezone)}
              />
              {service.imported && <StatusPill text={say(text.imported)} />}
            </>
          }
          actions={
            service.status === 'live' && member.agencyIds.includes(service.agencyId) ? (
              <Button
                href={withQuery(paths.newRequest(office.slug), { jenis: 're-registration' })}
                kind="secondary"
                icon="clock"
              >
                {say(text.renew)}
              </Button>
            ) : service.status === 'live' && mayOpen(noticeWriters, member.roles) ? (
              <Button href={paths.serviceNotice(office.slug, service.id)} kind="secondary" icon="document">
                {say(noticeText.title)}
              </Button>
            ) : undefined
          }
        />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ archive: text.upload }}
          lead={attempt.lead}
        />
        <Card title={say(text.facts)}>
          <DefinitionList facts={factsOf(visit, service)} />
        </Card>
        <Contacts
          visit={visit}
          service={service}
          shown={await shownServiceContacts(visit.deps, visit.member, service)}
        />
        <Records visit={visit} service={service} />
        <Security visit={visit} service={service} checklist={checklist} />
        {service.hasSite && <Certificates visit={visit} service={service} />}
        {service.hasSite && <Credentials visit={visit} service={service} />}
        {service.hasSite && <Site visit={visit} service={service} attempt={attempt} />}
        <History visit={visit} entries={history} />
      </Stack>
    ),
  }
}

function factsOf({ say, locale, office }: OfficeVisit, service: ServiceFile) {
  const moment = (at: Date) => <Moment at={at} zone={office.timezone} locale={locale} />
  return [
    { term: say(text.agency), value: service.agency },
    ...(service.system ? [{ term: say(text.system), value: service.system.name }] : []),
    { term: say(text.zone), value: <span class="mono">{service.zone}</span> },
    { term: say(text.since), value: moment(service.liveAt) },
    ...(service.registeredUntil
      ? [{ term: say(text.registeredUntil), value: <Day date={service.registeredUntil} locale={locale} /> }]
      : []),
    ...(service.closedAt ? [{ term: say(text.closedOn), value: moment(service.closedAt) }] : []),
  ]
}

type ContactsProps = { visit: OfficeVisit; service: ServiceFile; shown: ShownContacts }

function Contacts({ visit: { say, locale, office }, service, shown }: ContactsProps) {
  const contact = (title: string, who: ContactData) => (
    <Card title={title} level={3}>
      <p>
        <strong>{who.name}</strong>
        <br />
        {who.post}
      </p>
      {shown.open && (
        <p>
          <a href={`mailto:${who.email}`}>{who.email}</a>
          <br />
          {who.phone}
        </p>
      )}
    </Card>
  )
  return (
    <Card title={say(text.contacts)} id="kontak">
      <Stack small>
        <Tiles>
          {contact(say(text.administrative), service.administrative)}
          {contact(say(text.technical), service.technical)}
        </Tiles>
        {!shown.open && (
          <ShowContacts action={paths.serviceContacts(office.slug, service.id)} locale={locale} />
        )}
      </Stack>
    </Card>
  )
}

function Security(props: { visit: OfficeVisit; service: ServiceFile; checklist: Checklist }) {
  const { say, office, deps } = props.visit
  const rows = rowsOf(props.checklist, localDate(deps.now(), office.timezone))
  return (
    <Card title={say(checklistText.title)}>
      <p>{say(progressOf(rows))}</p>
      <ButtonRow>
        <Button href={paths.serviceSecurity(office.slug, props.service.id)} kind="secondary" icon="shield">
          {say(checklistText.open)}
        </Button>
      </ButtonRow>
    </Card>
  )
}

function Records({ visit, service }: { visit: OfficeVisit; service: ServiceFile }) {
  const { say, office } = visit
  return (
    <Card title={say(text.records)}>
      <DataTable
        caption={say(text.records)}
        hideCaption
        rows={service.records}
        files={tableFiles(visit, paths.service(office.slug, service.id), {}, 'rekaman-dns')}
        empty={<EmptyState title={say(text.noRecords)} next={say(text.noRecordsNext)} icon="server" />}
        columns={[
          { header: say(text.type), cell: (row) => row.type },
          { header: say(text.value), cell: (row) => <span class="mono">{row.value}</span> },
        ]}
      />
    </Card>
  )
}

const revealWords = {
  ready: text.revealReady,
  revealed: text.revealRevealed,
  expired: text.revealExpired,
  rotated: text.revealRotated,
}

const accessWords = { office: text.accessByOffice, upload: text.accessByUpload }

function Credentials({ visit, service }: { visit: OfficeVisit; service: ServiceFile }) {
  const { say, locale, office, member } = visit
  const { reveal } = service
  return (
    <Card title={say(text.credentials)}>
      <p>
        {say(
          service.fileAccess !== 'sftp'
            ? accessWords[service.fileAccess]
            : reveal
              ? revealWords[reveal.status]
              : text.revealNone,
        )}
      </p>
      {reveal?.status === 'ready' && (
        <p>
          {say(text.until)} <Moment at={reveal.expiresAt} zone={office.timezone} locale={locale} />.{' '}
          <a href={paths.reveal(reveal.id)}>{say(text.revealPage)}</a>
        </p>
      )}
      {mayRotate(member, service) && (
        <ConfirmSection label={say(text.rotate)} title={say(text.rotateTitle)} icon="key">
          <PostButton action={paths.serviceCredentials(office.slug, service.id)}>
            {say(text.rotate)}
          </PostButton>
        </ConfirmSection>
      )}
    </Card>
  )
}

const outcomeTones: Readonly<Record<Deployment['status'], Tone>> = {
  queued: 'info',
  live: 'success',
  refused: 'danger',
}

function Site(props: { visit: OfficeVisit; service: ServiceFile; attempt: Attempt }) {
  const { visit, service, attempt } = props
  const { say, locale, office, member } = visit
  return (
    <Card title={say(text.site)}>
      {mayUpload(member, service) && (
        <Form action={paths.serviceFiles(office.slug, service.id)} files>
          <FileInput
            locale={locale}
            name="archive"
            label={say(text.upload)}
            hint={say(text.uploadHint)}
            accept="application/zip,.zip"
            error={attempt.error('archive')}
            required
          />
          <ButtonRow>
            <Button icon="upload">{say(text.uploadButton)}</Button>
          </ButtonRow>
        </Form>
      )}
      <DataTable
        caption={say(text.deployments)}
        rows={service.deployments}
        files={tableFiles(visit, paths.service(office.slug, service.id), {}, 'isi-situs')}
        empty={
          <EmptyState title={say(text.noDeployments)} next={say(text.noDeploymentsNext)} icon="upload" />
        }
        columns={[
          { header: say(text.file), cell: (row) => row.filename },
          {
            header: say(text.time),
            cell: (row) => <Moment at={row.at} zone={office.timezone} locale={locale} />,
          },
          {
            header: say(text.outcome),
            cell: (row) => (
              <>
                <StatusPill tone={outcomeTones[row.status]} text={say(deploymentWords[row.status])} />
                {row.outcome && <span> {say(row.outcome)}</span>}
              </>
            ),
          },
        ]}
      />
    </Card>
  )
}

function History({ visit, entries }: { visit: OfficeVisit; entries: readonly LogbookRow[] }) {
  const { say, locale, office } = visit
  if (entries.length === 0) return null
  return (
    <Card title={say(text.history)}>
      <Timeline
        label={say(text.history)}
        events={entries.map((entry) => ({
          at: entry.at.toISOString(),
          time: formatInstant(entry.at, office.timezone, locale),
          actor: entry.person ?? say(logbookTexts.system),
          text: say(actText(entry.act)),
        }))}
      />
    </Card>
  )
}
