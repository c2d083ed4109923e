import * as z from 'zod'
import type { OpenWarning } from '../../../actions/takeovers/object-to-takeover.ts'
import {
  objectionText,
  objectToTakeover,
  openWarning,
} from '../../../actions/takeovers/object-to-takeover.ts'
import { inScope } from '../../../db/database.ts'
import { takeoverPageTexts as text, takeoverTexts } from '../../../domain/text/takeover.ts'
import { limitTries } from '../../auth/limit-tries.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextArea } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert } from '../../ui/status.tsx'
import type { Attempt } from '../form-values.ts'
import { officePublicPage } from '../page.ts'
import type { OfficePublicVisit } from '../visit.ts'

const objectionForm = z.object({ objection: objectionText })

/** How to take over a service whose contacts have all left, and the page on which an old contact objects. */
export function registerTakeover(portal: Portal): void {
  officePublicPage(portal, { path: patterns.withoutContact, title: text.title, show: howView })
  officePublicPage(portal, {
    path: patterns.takeoverObjection,
    title: text.objectTitle,
    show: async (visit, attempt) => {
      const warning = await warningBehind(visit)
      return warning ? objectView(visit, attempt, warning) : overView(visit)
    },
    submit: async (visit, form) => {
      const { objection } = form.parse(objectionForm)
      await limitTries(visit.deps, 'objection', visit.visitor.address)
      const urlOf = (ticket: string) =>
        `${visit.deps.config.publicUrl}${paths.request(visit.office.slug, ticket)}`
      await objectToTakeover(
        visit.deps,
        { kind: 'system', officeId: visit.office.id },
        { token: visit.param('token'), text: objection, urlOf },
      )
      await visit.flash('success', text.objectDone)
      return paths.home()
    },
  })
}

const warningBehind = (visit: OfficePublicVisit): Promise<OpenWarning | undefined> =>
  inScope(visit.deps.db, { officeId: visit.office.id }, (tx) => openWarning(tx, visit.param('token')))

function howView(visit: OfficePublicVisit) {
  const { say, office } = visit
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} over={office.name} lead={say(text.lead)} />
        <Card title={say(text.howTitle)}>
          <Stack>
            <ol>
              {text.how.map((line) => (
                <li>{say(line)}</li>
              ))}
            </ol>
            <ButtonRow>
              <Button href={paths.register(office.slug)}>{say(text.register)}</Button>
              <Button
                href={withQuery(paths.newRequest(office.slug), { jenis: 'contact-takeover' })}
                kind="secondary"
              >
                {say(text.apply)}
              </Button>
            </ButtonRow>
          </Stack>
        </Card>
      </Stack>
    ),
  }
}

function objectView(visit: OfficePublicVisit, attempt: Attempt, warning: OpenWarning) {
  const { say, locale, office } = visit
  return {
    title: say(text.objectTitle),
    body: (
      <Stack>
        <PageHeader
          title={say(text.objectTitle)}
          over={office.name}
          lead={say(text.objectLead(warning.service, warning.agency))}
        />
        <Card>
          <Form action={paths.takeoverObjection(office.slug, visit.param('token'))} plain>
            <FormErrorSummary
              locale={locale}
              issues={attempt.issues}
              labels={{ objection: text.objectText }}
              lead={attempt.lead}
            />
            <TextArea
              name="objection"
              label={say(text.objectText)}
              hint={say(text.objectHint)}
              locale={locale}
              required
              rows={5}
              maxlength={2000}
              value={attempt.value('objection')}
              error={attempt.error('objection')}
            />
            <ButtonRow>
              <Button>{say(text.objectSend)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}

function overView(visit: OfficePublicVisit) {
  const { say, locale, office } = visit
  return {
    title: say(text.objectTitle),
    body: (
      <Stack>
        <PageHeader title={say(text.objectTitle)} over={office.name} />
        <Alert tone="warning" locale={locale}>
          {say(takeoverTexts.linkOver)}
        </Alert>
      </Stack>
    ),
  }
}
