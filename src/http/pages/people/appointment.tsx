import * as z from 'zod'
import { attachScan } from '../../../actions/appointments/attach-scan.ts'
import { endAppointment } from '../../../actions/appointments/end-appointment.ts'
import type { Appointment } from '../../../db/appointments.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { appointmentPageTexts as text, basisTexts } from '../../../domain/text/appointments.ts'
import { appointmentOf, scanAnswer, stateOf } from '../../appointments.ts'
import { paths, patterns } from '../../paths.ts'
import { maxUploadBytes, pdfUpload } from '../../requests/intake.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'
import { mayRecord, roleOf, State, termOf } from './appointments.tsx'
import { Moment } from './moment.tsx'

export const endForm = z.strictObject({ untilDay: z.iso.date().optional() })

/** One appointment: its letter with the scan, and its end. */
export function registerAppointment(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.appointment,
    title: text.title,
    show: appointmentView,
  })
  pageForm(portal, page, {
    path: patterns.appointmentEnd,
    submit: async (visit, form) => {
      const id = visit.id('appointment')
      await endAppointment(visit.deps, visit.member, id, form.parse(endForm).untilDay)
      await visit.flash('success', text.ended)
      return paths.appointment(visit.office.slug, id)
    },
  })
  officePage(portal, {
    path: patterns.appointmentScan,
    title: text.download,
    show: (visit) => scanAnswer(visit.deps, visit.member, visit.id('appointment')),
  })
  pageForm(portal, page, {
    path: patterns.appointmentScan,
    maxBytes: maxUploadBytes,
    submit: async (visit, form) => {
      const id = visit.id('appointment')
      const file = form.file('file')
      const bytes = Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
      await attachScan(
        visit.deps,
        visit.member,
        id,
        pdfUpload('appointment', file?.name ?? 'surat.pdf', bytes),
      )
      await visit.flash('success', text.scanSaved)
      return paths.appointment(visit.office.slug, id)
    },
  })
}

async function appointmentView(visit: OfficeVisit, attempt: Attempt) {
  const { locale, office } = visit
  const row = await appointmentOf(visit.deps.db, visit.member, visit.id('appointment'))
  const state = stateOf(row, localDate(visit.deps.now(), office.timezone))
  const isOpen = state !== 'over' && state !== 'revoked'
  return {
    title: row.person,
    body: (
      <Stack>
        <PageHeader title={row.person} lead={roleOf(visit, row)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ untilDay: text.lastDay, file: text.scanFile }}
          lead={attempt.lead}
        />
        <Card>
          <Stack small>
            <DefinitionList facts={factsOf(visit, row)} />
            {isOpen && mayRecord(visit) && <End visit={visit} attempt={attempt} row={row} />}
          </Stack>
        </Card>
        {mayRecord(visit) && row.basis !== 'before-recording' && (
          <Scan visit={visit} attempt={attempt} row={row} />
        )}
      </Stack>
    ),
  }
}

function factsOf(visit: OfficeVisit, row: Appointment) {
  const { say, locale, office } = visit
  return [
    { term: say(text.state), value: <State visit={visit} row={row} /> },
    { term: say(text.basis), value: say(basisTexts[row.basis]) },
    ...(row.number ? [{ term: say(text.number), value: row.number }] : []),
    ...(row.dated ? [{ term: say(text.dated), value: formatDate(row.dated, locale) }] : []),
    { term: say(text.term), value: termOf(visit, row) },
    {
      term: say(text.scan),
      value: row.documentId ? (
        <a href={paths.appointmentScan(office.slug, row.id)} data-turbo="false">
          {say(text.download)}
        </a>
      ) : (
        <span class="muted">{say(text.noScan)}</span>
      ),
    },
    { term: say(text.recordedAt), value: <Moment at={row.createdAt} office={office} /> },
  ]
}

function End({ visit, attempt, row }: { visit: OfficeVisit; attempt: Attempt; row: Appointment }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection
      danger
      label={say(text.end)}
      title={say(text.endTitle)}
      open={attempt.error('untilDay') !== undefined}
    >
      <p>{say(text.endText)}</p>
      <Form action={paths.appointmentEnd(office.slug, row.id)}>
        <TextInput
          locale={locale}
          name="untilDay"
          type="date"
          label={say(text.lastDay)}
          width="short"
          required
          value={attempt.value('untilDay', row.untilDay ?? undefined)}
          error={attempt.error('untilDay')}
        />
        <ButtonRow>
          <Button kind="secondary">{say(text.end)}</Button>
        </ButtonRow>
      </Form>
      <PostButton action={paths.appointmentEnd(office.slug, row.id)} kind="danger">
        {say(text.endNow)}
      </PostButton>
    </ConfirmSection>
  )
}

function Scan({ visit, attempt, row }: { visit: OfficeVisit; attempt: Attempt; row: Appointment }) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.scan)}>
      <Form action={paths.appointmentScan(office.slug, row.id)} files>
        <FileInput
          locale={locale}
          name="file"
          label={say(text.scanFile)}
          accept="application/pdf,.pdf"
          required
          error={attempt.error('file')}
        />
        <ButtonRow>
          <Button kind="secondary" icon="upload">
            {say(text.scanSend)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
