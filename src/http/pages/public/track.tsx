import { publicTexts as text } from '../../../domain/text/public.ts'
import { phaseTexts } from '../../../domain/text/requests.ts'
import { normalizeCode } from '../../../domain/requests/ticket.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import type { Tracked } from '../../tracking.ts'
import { trackRequest } from '../../tracking.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import type { Tone } from '../../ui/shell.ts'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { Moment } from '../../ui/time.tsx'
import { publicPage } from '../page.ts'
import type { Visit } from '../visit.ts'

const tones: Record<Tracked['phase'], Tone> = {
  draft: 'neutral',
  applicant: 'warning',
  office: 'info',
  outside: 'info',
  system: 'info',
  completed: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
}

/** "Where is my request?", for whoever holds the ticket. */
export function registerTrack(portal: Portal): void {
  publicPage(portal, {
    path: patterns.track,
    title: text.trackTitle,
    show: (visit) => {
      const typed = visit.query('tiket')?.trim()
      return typed ? visit.c.redirect(paths.trackTicket(normalizeCode(typed)), 303) : askView(visit)
    },
  })
  publicPage(portal, {
    path: patterns.trackTicket,
    title: text.trackTitle,
    show: async (visit) => {
      const found = await trackRequest(visit.deps.db, visit.param('ticket'), visit.deps.now())
      return found ? trackedView(visit, found) : askView(visit, true)
    },
  })
}

/** The form for a ticket; it stands on the front page too. */
export function TrackForm({ visit, value }: { visit: Visit; value?: string }) {
  const { say, locale } = visit
  return (
    <Form action={paths.track()} method="get">
      <TextInput
        locale={locale}
        name="tiket"
        label={say(text.ticket)}
        hint={say(text.ticketHint)}
        value={value}
        width="medium"
        autocomplete="off"
        spellcheck={false}
        required
      />
      <ButtonRow>
        <Button icon="search">{say(text.trackButton)}</Button>
      </ButtonRow>
    </Form>
  )
}

function askView(visit: Visit, unknown = false) {
  const { say, locale } = visit
  return {
    title: say(text.trackTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.trackTitle)} lead={say(text.trackLead)} />
        {unknown && (
          <Alert tone="warning" locale={locale} assert>
            <p>{say(text.trackNone)}</p>
          </Alert>
        )}
        <Card>
          <TrackForm visit={visit} value={visit.param('ticket').slice(0, 60) || undefined} />
        </Card>
      </Stack>
    ),
  }
}

function trackedView(visit: Visit, found: Tracked) {
  const { say, locale } = visit
  const { office, sop } = found
  const moment = (at: Date) => <Moment at={at} zone={office.timezone} locale={locale} />
  const index = sop.steps.findIndex((step) => step.no === found.step)
  return {
    title: found.ticket,
    body: (
      <Stack>
        <PageHeader
          over={say(text.trackTitle)}
          title={found.ticket}
          meta={<StatusPill tone={tones[found.phase]} text={say(phaseTexts[found.phase])} />}
        />
        <Card title={say(text.now)}>
          <p>{say(found.sentence)}</p>
          <DefinitionList
            facts={[
              ...(index >= 0
                ? [{ term: say(text.step), value: say(text.stepOf(index + 1, sop.steps.length)) }]
                : []),
              { term: say(text.office), value: office.name },
              { term: say(text.sop), value: sop.identity.name },
              { term: say(text.submitted), value: moment(found.submittedAt) },
              { term: say(text.changed), value: moment(found.updatedAt) },
            ]}
          />
        </Card>
        <Card title={say(text.trackAnother)}>
          <TrackForm visit={visit} />
        </Card>
      </Stack>
    ),
  }
}
