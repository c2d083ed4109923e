import { takeoverPageTexts } from '../../domain/text/takeover.ts'
import { listOffices } from '../../db/people.ts'
import type { OfficeFacts } from '../../db/people.ts'
import { logbookTexts } from '../../domain/text/oversight.ts'
import { frontTexts } from '../../domain/text/people.ts'
import { publicTexts } from '../../domain/text/public.ts'
import { paths, patterns } from '../paths.ts'
import type { Portal } from '../routes.ts'
import { Button, ButtonRow } from '../ui/button.tsx'
import { Card, EmptyState, PageHeader, Section, Stack, Tiles } from '../ui/page.tsx'
import { publicPage } from './page.ts'
import { TrackForm } from './public/track.tsx'
import type { Visit } from './visit.ts'

/** The front door: what this is, tracking, the offices; before there is one, the first-run page. */
export function registerHome(portal: Portal): void {
  publicPage(portal, {
    path: patterns.home,
    title: frontTexts.title,
    show: async (visit) => {
      const offices = await listOffices(visit.deps.db)
      if (offices.length === 0) return visit.c.redirect(paths.setUp(), 303)
      const { person } = visit.visitor
      if (person?.memberships.length === 1)
        return visit.c.redirect(paths.office(person.memberships[0]!.office.slug), 303)
      return homeView(visit, offices)
    },
  })
}

function homeView(visit: Visit, offices: readonly OfficeFacts[]) {
  const { say } = visit
  const { person } = visit.visitor
  const mine = new Set(person?.memberships.map((each) => each.office.slug))
  return {
    title: say(frontTexts.title),
    body: (
      <Stack>
        <PageHeader title={say(frontTexts.title)} lead={say(frontTexts.lead)} />
        {person && mine.size === 0 && (
          <EmptyState title={say(frontTexts.nowhere)} next={say(frontTexts.nowhereNext)} />
        )}
        <Card title={say(publicTexts.trackTitle)}>
          <p>{say(publicTexts.trackLead)}</p>
          <TrackForm visit={visit} />
        </Card>
        <Section title={say(publicTexts.offices)} id="kantor">
          <Tiles>
            {offices.map((office) => (
              <OfficeCard visit={visit} office={office} isMine={mine.has(office.slug)} />
            ))}
          </Tiles>
        </Section>
        <ForEverybody visit={visit} />
      </Stack>
    ),
  }
}

function OfficeCard(props: { visit: Visit; office: OfficeFacts; isMine: boolean }) {
  const { office, isMine } = props
  const { say } = props.visit
  return (
    <Card title={office.name} level={3}>
      <p>{office.government}</p>
      <ButtonRow>
        {isMine ? (
          <Button href={paths.office(office.slug)}>{say(frontTexts.open)}</Button>
        ) : (
          <Button href={paths.register(office.slug)} kind="secondary">
            {say(frontTexts.register)}
          </Button>
        )}
        <Button href={paths.officeNames(office.slug)} kind="link">
          {say(publicTexts.namesTitle)}
        </Button>
        <Button href={paths.withoutContact(office.slug)} kind="link">
          {say(takeoverPageTexts.title)}
        </Button>
      </ButtonRow>
    </Card>
  )
}

function ForEverybody({ visit: { say } }: { visit: Visit }) {
  const pages = [
    { title: publicTexts.verifyTitle, lead: publicTexts.whatVerify, href: paths.verify() },
    { title: publicTexts.namesTitle, lead: publicTexts.whatNames, href: paths.names() },
    { title: logbookTexts.headsTitle, lead: publicTexts.whatHeads, href: paths.logbookHeads() },
  ]
  return (
    <Section title={say(publicTexts.whatTitle)}>
      <Tiles>
        {pages.map(({ title, lead, href }) => (
          <Card>
            <h3>
              <a href={href}>{say(title)}</a>
            </h3>
            <p>{say(lead)}</p>
          </Card>
        ))}
      </Tiles>
    </Section>
  )
}
