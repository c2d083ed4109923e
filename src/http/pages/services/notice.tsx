import { localDate } from '../../../domain/dates/zones.ts'
import { noticeText as text } from '../../../domain/text/notice.ts'
import { serviceTexts } from '../../../domain/text/services.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { knownGround, makeNotice, noticeInput } from '../../services/notice.ts'
import { openService } from '../../services/view.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** Where the desk prepares the notice that a service will be deactivated. */
export function registerNotice(portal: Portal): void {
  officePage(portal, {
    path: patterns.serviceNotice,
    title: text.title,
    show: noticeView,
    submit: async (visit, form) => {
      const { deps, member, office, param } = visit
      const service = await openService(deps, member, param('service'))
      const { id } = await makeNotice(deps, member, service, form.parse(noticeInput))
      await visit.flash('success', text.made)
      return paths.letter(office.slug, id)
    },
  })
}

async function noticeView({ say, locale, office, member, deps, param }: OfficeVisit, attempt: Attempt) {
  const service = await openService(deps, member, param('service'))
  const today = localDate(deps.now(), office.timezone)
  const page = paths.service(office.slug, service.id)
  return {
    title: say(text.title),
    crumbs: [
      { label: say(serviceTexts.title), href: paths.services(office.slug) },
      { label: service.fqdn, href: page },
      { label: say(text.title) },
    ],
    body: (
      <Stack>
        <PageHeader over={service.fqdn} title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <Card>
          <Form action={paths.serviceNotice(office.slug, service.id)} guard>
            <TextInput
              locale={locale}
              name="date"
              label={say(text.date)}
              hint={say(text.dateHint)}
              type="date"
              width="short"
              required
              value={attempt.value('date')}
              error={attempt.error('date')}
            />
            <TextArea
              locale={locale}
              name="ground"
              label={say(text.ground)}
              hint={say(text.groundHint)}
              required
              maxlength={1000}
              value={attempt.value('ground', knownGround(service, today))}
              error={attempt.error('ground')}
            />
            <ButtonRow>
              <Button icon="document">{say(text.make)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}
