import { warningDays } from '../../domain/access/appointments.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { appointmentPageTexts, appointmentTexts } from '../../domain/text/appointments.ts'
import { Alert } from '../ui/status.tsx'
import { formatDate } from '../../domain/dates/indonesian.ts'
import { requestPageTexts as texts } from '../../domain/text/request-page.ts'
import { peoplePageTexts } from '../../domain/text/people.ts'
import { inScope } from '../../db/database.ts'
import type { Tx } from '../../db/database.ts'
import { listRequests } from '../../db/requests/lists.ts'
import { listServiceOptions } from '../../db/requests/options.ts'
import type { ServiceOption } from '../../db/requests/options.ts'
import { paths, patterns } from '../paths.ts'
import { deskReaders } from '../../domain/access/duties.ts'
import { deskRoles } from '../../domain/access/roles.ts'
import { filterOf, isDesk } from '../requests/lists.ts'
import type { View as ListView } from '../requests/lists.ts'
import type { Portal } from '../routes.ts'
import { Button } from '../ui/button.tsx'
import { Card, EmptyState, PageHeader, Section, Stack, Tiles } from '../ui/page.tsx'
import { officePage } from './page.ts'
import { StuckLetters } from './oversight/letter-status.tsx'
import { ArchiveTasks } from './archive/tasks.tsx'
import { Start } from './requests/inbox.tsx'
import { RequestTable } from './requests/request-table.tsx'
import type { View } from './render.tsx'
import type { OfficeVisit } from './visit.ts'
import { mayOpen } from '../../domain/access/who.ts'

/** The newest requests that the start page shows; the list has them all. */
const shownRequests = 10

/** Where a member arrives: an applicant at their requests and services, the office at its work. */
export function registerOfficeHome(portal: Portal): void {
  officePage(portal, {
    path: patterns.office,
    title: peoplePageTexts.officeHome,
    show: async (visit) => {
      const view = await (isDesk(visit.member) ? showDesk(visit) : showApplicant(visit))
      const body = (
        <Stack>
          <Appointments visit={visit} />
          {mayOpen(deskReaders, visit.member.roles) && <StuckLetters visit={visit} />}
          <ArchiveTasks visit={visit} />
          <div>{view.body}</div>
        </Stack>
      )
      return { ...view, body }
    },
  })
}

/** What the reader must know about their own appointments: which are over, and which end soon. */
function Appointments({ visit }: { visit: OfficeVisit }) {
  const { say, locale, member, deps, office } = visit
  const { lapsed = [], ends = [] } = member
  const soon = localDate(new Date(deps.now().getTime() + warningDays[0] * 86_400_000), office.timezone)
  const near = ends.filter(({ untilDay }) => untilDay <= soon)
  if (lapsed.length + near.length === 0) return null
  return (
    <Stack small>
      {lapsed.map(({ role, endedOn }) => (
        <Alert tone="danger" locale={locale}>
          {say(appointmentTexts.over(role, endedOn))}
        </Alert>
      ))}
      {near.map(({ role, untilDay }) => (
        <Alert tone="warning" locale={locale}>
          {say(appointmentPageTexts.ownEnds(role, untilDay))}
        </Alert>
      ))}
    </Stack>
  )
}

async function showApplicant(visit: OfficeVisit): Promise<View> {
  const { say, office, deps, member } = visit
  const { rows, services } = await inScope(deps.db, member, async (tx) => ({
    rows: await listRequests(tx, {
      ...(await filterOf(tx, member, 'all')),
      order: 'newest',
      limit: shownRequests,
    }),
    services: await listServiceOptions(tx, member.agencyIds),
  }))
  return {
    title: say(texts.homeTitle),
    body: (
      <>
        <PageHeader title={say(texts.homeTitle)} lead={office.name} actions={<Start visit={visit} />} />
        <Stack>
          <RequestTable
            visit={visit}
            rows={rows.slice(0, shownRequests)}
            caption={say(texts.homeTitle)}
            withDue
            files={null}
            empty={
              <EmptyState
                title={say(texts.emptyList)}
                next={say(texts.emptyHomeNext)}
                action={<Start visit={visit} />}
              />
            }
          />
          {rows.length > shownRequests && (
            <Button href={paths.requests(office.slug)} kind="secondary">
              {say(texts.all)}
            </Button>
          )}
          <Section title={say(texts.services)}>
            <Services visit={visit} services={services} />
          </Section>
        </Stack>
      </>
    ),
  }
}

function Services({ visit, services }: { visit: OfficeVisit; services: readonly ServiceOption[] }) {
  const { say, office } = visit
  if (services.length === 0) return <p class="muted">{say(texts.servicesNone)}</p>
  return (
    <Tiles>
      {services.map((service) => (
        <Card>
          <p>
            <a class="mono" href={paths.service(office.slug, service.id)}>
              {service.fqdn}
            </a>
          </p>
          {service.registered_until && (
            <p class="muted small">
              {say(
                texts.registeredUntil({
                  id: formatDate(service.registered_until, 'id'),
                  en: formatDate(service.registered_until, 'en'),
                }),
              )}
            </p>
          )}
        </Card>
      ))}
    </Tiles>
  )
}

async function showDesk(visit: OfficeVisit): Promise<View> {
  const { say, office, deps, member } = visit
  const list = (tx: Tx, view: ListView) => listOf(tx, visit, view)
  const { turn, running } = await inScope(deps.db, member, async (tx) => ({
    turn: [...(await list(tx, 'mine')), ...(await list(tx, 'open'))],
    running: await list(tx, 'running'),
  }))
  const rest = running.filter(({ ticket }) => !turn.some((each) => each.ticket === ticket))
  return {
    title: say(peoplePageTexts.officeHome),
    body: (
      <>
        <PageHeader title={office.name} lead={office.government} actions={<Start visit={visit} />} />
        <Stack>
          {mayOpen(deskRoles, member.roles) && (
            <Section title={say(texts.yourTurn)} actions={<InboxLink visit={visit} />}>
              <RequestTable
                visit={visit}
                rows={turn}
                caption={say(texts.yourTurn)}
                withDue
                files={null}
                empty={<EmptyState title={say(texts.emptyOpen)} next={say(texts.emptyOpenNext)} />}
              />
            </Section>
          )}
          <Section title={say(texts.othersTurn)} actions={<ListLink visit={visit} />}>
            <RequestTable
              visit={visit}
              rows={rest}
              caption={say(texts.othersTurn)}
              withDue
              files={null}
              empty={<EmptyState title={say(texts.emptyRunning)} next={say(texts.emptyRunningNext)} />}
            />
          </Section>
        </Stack>
      </>
    ),
  }
}

const listOf = async (tx: Tx, { member }: OfficeVisit, view: ListView) =>
  listRequests(tx, { ...(await filterOf(tx, member, view)), order: 'urgency', limit: shownRequests })

const InboxLink = ({ visit: { say, office } }: { visit: OfficeVisit }) => (
  <a href={paths.inbox(office.slug)}>{say(texts.inbox)}</a>
)

const ListLink = ({ visit: { say, office } }: { visit: OfficeVisit }) => (
  <a href={paths.requests(office.slug)}>{say(texts.list)}</a>
)
