import { logbookTexts as text } from '../../../domain/text/oversight.ts'
import { registerAnswer } from '../../logbook.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** The printed register of the logbook. */
export function registerPrinting(portal: Portal): void {
  officePage(portal, {
    path: patterns.logbookRegister,
    title: text.printTitle,
    show: printView,
    submit: (visit, form) => {
      const period = { from: form.text('from') || undefined, to: form.text('to') || undefined }
      return registerAnswer(visit.deps, visit.member, visit.office, period)
    },
  })
}

function printView({ say, locale, office }: OfficeVisit, attempt: Attempt) {
  return {
    title: say(text.printTitle),
    crumbs: [{ label: say(text.title), href: paths.logbook(office.slug) }, { label: say(text.printTitle) }],
    body: (
      <Stack>
        <PageHeader title={say(text.printTitle)} lead={say(text.printLead)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={text} lead={attempt.lead} />
        <Card>
          <Form action={paths.logbookRegister(office.slug)} plain>
            <TextInput
              locale={locale}
              name="from"
              label={say(text.from)}
              type="date"
              width="short"
              value={attempt.value('from')}
              error={attempt.error('from')}
            />
            <TextInput
              locale={locale}
              name="to"
              label={say(text.to)}
              type="date"
              width="short"
              value={attempt.value('to')}
              error={attempt.error('to')}
            />
            <ButtonRow>
              <Button icon="document">{say(text.printButton)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}
