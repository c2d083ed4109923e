import { administrators, serverTesters } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import { archiveServer } from '../../../actions/office/archive-server.ts'
import { moveZone } from '../../../actions/office/move-zone.ts'
import { recordServerCheck } from '../../../actions/office/record-server-check.ts'
import { saveServer } from '../../../actions/office/save-server.ts'
import { notFound } from '../../../actions/act.ts'
import { inScope } from '../../../db/database.ts'
import { listZones } from '../../../db/office/registers.ts'
import type { ZoneRow } from '../../../db/office/registers.ts'
import type { ServerFile } from '../../../db/office/servers.ts'
import { listServers, readServerFile } from '../../../db/office/servers.ts'
import { zoneName } from '../../../domain/access/people.ts'
import { serverDriverNames, serverDrivers } from '../../../domain/office/server-drivers.ts'
import type { ServerCheck } from '../../../domain/office/server-drivers.ts'
import { serverPageTexts as text } from '../../../domain/text/office-servers.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { serverSheet } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { Form, FormErrorSummary, Select } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Moment } from '../../ui/time.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { ServerForm, serverInputOf } from './server-form.tsx'

/** The servers that Ranah changes for the office: connect, test, use, disconnect. */
export function registerServers(portal: Portal): void {
  officePage(portal, {
    path: patterns.servers,
    title: text.title,
    menu: { group: 'administration', order: 45, label: text.title, icon: 'settings' },
    show: listView,
    sheets: (visit) => [serverSheet(visit)],
  })
  officePage(portal, {
    path: patterns.newServer,
    title: text.add,
    show: newView,
    submit: async (visit, form) => {
      const { id } = await saveServer(visit.deps, visit.member, serverInputOf(form))
      await visit.flash('success', text.saved)
      return paths.server(visit.office.slug, id)
    },
  })
  const page = officePage(portal, {
    path: patterns.server,
    title: text.title,
    show: async (visit, attempt) => serverView(visit, attempt, await openServer(visit)),
    submit: async (visit, form) => {
      const server = await openServer(visit)
      await saveServer(visit.deps, visit.member, serverInputOf(form, server.driver), server.id)
      await visit.flash('success', text.saved)
      return paths.server(visit.office.slug, server.id)
    },
  })
  pageForm(portal, page, {
    path: patterns.serverTest,
    submit: async (visit, form) => {
      const { id } = await openServer(visit)
      const { deps, member } = visit
      const { zone } = form.parse(z.object({ zone: zoneName.optional() }))
      const check = await deps.lookups.checkServer({ officeId: member.officeId, serverId: id, zone })
      if (!check) throw notFound()
      await recordServerCheck(deps, member, id, check)
      return paths.server(visit.office.slug, id)
    },
  })
  pageForm(portal, page, {
    path: patterns.serverZones,
    submit: async (visit, form) => {
      const { id } = await openServer(visit)
      await moveZone(visit.deps, visit.member, form.text('zone'), id)
      await visit.flash('success', text.used)
      return paths.server(visit.office.slug, id)
    },
  })
  pageForm(portal, page, {
    path: patterns.serverArchive,
    submit: async (visit) => {
      await archiveServer(visit.deps, visit.member, (await openServer(visit)).id)
      await visit.flash('success', text.archived)
      return paths.servers(visit.office.slug)
    },
  })
}

async function openServer(visit: OfficeVisit): Promise<ServerFile> {
  const id = visit.id('server')
  const server = await inScope(visit.deps.db, visit.member, (tx) => readServerFile(tx, id))
  if (!server) throw notFound()
  return server
}

async function listView(visit: OfficeVisit) {
  const { say, office, member } = visit
  const servers = await inScope(visit.deps.db, member, (tx) => listServers(tx))
  const add = mayOpen(administrators, member.roles) && (
    <Button href={paths.newServer(office.slug)} icon="plus">
      {say(text.add)}
    </Button>
  )
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} actions={add} />
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={servers}
          files={tableFiles(visit, paths.servers(office.slug))}
          empty={<EmptyState title={say(text.empty)} next={say(text.emptyNext)} icon="settings" />}
          columns={[
            {
              header: say(text.name),
              cell: (row) => <a href={paths.server(office.slug, row.id)}>{row.name}</a>,
            },
            { header: say(text.driver), cell: (row) => say(serverDrivers[row.driver].title) },
            {
              header: say(text.state),
              cell: (row) => <Connection visit={visit} server={row} />,
            },
            {
              header: say(text.standard),
              cell: (row) => (row.isDefault ? <StatusPill tone="info" text={say(text.standard)} /> : '–'),
            },
          ]}
        />
      </Stack>
    ),
  }
}

function Connection({ visit, server }: { visit: OfficeVisit; server: ServerFile }) {
  const { say } = visit
  if (!server.check) return <StatusPill text={say(text.notChecked)} />
  return server.check.ok ? (
    <StatusPill tone="success" text={say(text.works)} />
  ) : (
    <StatusPill tone="danger" text={say(text.fails)} />
  )
}

async function newView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office } = visit
  const asked = attempt.value('driver', visit.query('jenis'))
  const driver = serverDriverNames.find((name) => name === asked)
  return {
    title: say(text.add),
    crumbs: [{ label: say(text.title), href: paths.servers(office.slug) }, { label: say(text.add) }],
    body: (
      <Stack>
        <PageHeader title={say(text.add)} lead={driver && say(serverDrivers[driver].title)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        {driver ? (
          <Card>
            <ServerForm
              visit={visit}
              attempt={attempt}
              driver={driver}
              action={paths.newServer(office.slug)}
            />
          </Card>
        ) : (
          <Card title={say(text.choose)}>
            <ul>
              {serverDriverNames.map((name) => (
                <li>
                  <a href={withQuery(paths.newServer(office.slug), { jenis: name })}>
                    {say(serverDrivers[name].title)}
                  </a>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Stack>
    ),
  }
}

async function serverView(visit: OfficeVisit, attempt: Attempt, server: ServerFile) {
  const { say, locale, office, member } = visit
  const zones = await inScope(visit.deps.db, member, (tx) => listZones(tx))
  const edits = mayOpen(administrators, member.roles)
  return {
    title: server.name,
    crumbs: [{ label: say(text.title), href: paths.servers(office.slug) }, { label: server.name }],
    body: (
      <Stack>
        <PageHeader title={server.name} over={say(serverDrivers[server.driver].title)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} lead={attempt.lead} />
        <Test visit={visit} server={server} zones={zones} />
        {server.kind === 'dns' && <Zones visit={visit} server={server} zones={zones} edits={edits} />}
        {edits && (
          <>
            <Card title={say(text.change)}>
              <ServerForm
                visit={visit}
                attempt={attempt}
                driver={server.driver}
                server={server}
                action={paths.server(office.slug, server.id)}
              />
            </Card>
            <ConfirmSection label={say(text.archive)} title={say(text.archiveTitle)} danger>
              <PostButton action={paths.serverArchive(office.slug, server.id)} kind="danger">
                {say(text.archive)}
              </PostButton>
            </ConfirmSection>
          </>
        )}
      </Stack>
    ),
  }
}

type PartProps = {
  readonly visit: OfficeVisit
  readonly server: ServerFile
  readonly zones: readonly ZoneRow[]
}

function Test({ visit, server, zones }: PartProps) {
  const { say, office, member } = visit
  return (
    <Card title={say(text.test)}>
      {server.check ? (
        <Findings visit={visit} check={server.check} at={server.checkedAt!} />
      ) : (
        <p>{say(text.notChecked)}</p>
      )}
      {mayOpen(serverTesters, member.roles) && (
        <Form action={paths.serverTest(office.slug, server.id)}>
          {server.kind === 'dns' && <ZoneChoice visit={visit} zones={zones} label={say(text.testZone)} />}
          <ButtonRow>
            <Button kind="secondary">{say(text.test)}</Button>
          </ButtonRow>
        </Form>
      )}
    </Card>
  )
}

function Findings({ visit, check, at }: { visit: OfficeVisit; check: ServerCheck; at: Date }) {
  const { say, locale, office } = visit
  return (
    <>
      {check.findings.map((finding) => (
        <Alert tone={finding.ok ? 'success' : 'danger'} locale={locale}>
          {say(finding.text)}
        </Alert>
      ))}
      <p class="hint">
        {say(text.testedAt)} <Moment at={at} zone={office.timezone} locale={locale} />
      </p>
    </>
  )
}

function ZoneChoice(props: { visit: OfficeVisit; zones: readonly ZoneRow[]; label: string }) {
  const { visit, zones, label } = props
  return (
    <Select
      locale={visit.locale}
      name="zone"
      label={label}
      options={zones.map(({ name }) => ({ value: name, label: name }))}
      value={zones[0]?.name}
      width="medium"
      required
    />
  )
}

function Zones({ visit, server, zones, edits }: PartProps & { readonly edits: boolean }) {
  const { say, office } = visit
  const here = zones.filter((zone) => zone.serverId === server.id)
  const elsewhere = zones.filter((zone) => zone.serverId !== server.id)
  return (
    <Card title={say(text.zones)}>
      {here.length === 0 && <p>{say(text.noZones)}</p>}
      <ul>
        {here.map((zone) => (
          <li>
            <a class="mono" href={paths.zone(office.slug, zone.id)}>
              {zone.name}
            </a>
          </li>
        ))}
      </ul>
      {edits && elsewhere.length > 0 && (
        <ConfirmSection label={say(text.use)} title={say(text.useHint)}>
          <Form action={paths.serverZones(office.slug, server.id)}>
            <ZoneChoice visit={visit} zones={elsewhere} label={say(text.zone)} />
            <ButtonRow>
              <Button>{say(text.use)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Card>
  )
}
