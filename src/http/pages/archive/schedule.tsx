import {
  confirmSchedule,
  importSchedule,
  removeLine,
  saveLine,
  scheduleBasis,
} from '../../../actions/archive/change-schedule.ts'
import { notFound } from '../../../actions/act.ts'
import type { ScheduleLine } from '../../../db/archive/schedule.ts'
import { listSchedule } from '../../../db/archive/schedule.ts'
import { inScope } from '../../../db/database.ts'
import { administrators } from '../../../domain/access/duties.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { fates, lineInput, maxScheduleBytes, paperKinds, starts } from '../../../domain/archive/schedule.ts'
import { Refused } from '../../../domain/refused.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { archiveRecordTexts } from '../../../domain/text/archive-records.ts'
import { scheduleTexts as text } from '../../../domain/text/retention-schedule.ts'
import { paths, patterns } from '../../paths.ts'
import type { Portal } from '../../routes.ts'
import { scheduleSheet } from '../../sheets/archive.ts'
import { tableFiles } from '../../sheets/links.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { CheckboxGroup, FileInput, Form, FormErrorSummary, Select, TextInput } from '../../ui/form.tsx'
import { Card, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { Alert, StatusPill } from '../../ui/status.tsx'
import { DataTable } from '../../ui/table.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

const labels = { ...text.columns, basis: text.basis, file: text.file }

/** The records retention schedule: to read, change, confirm and import. */
export function registerSchedule(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.schedule,
    title: text.title,
    show: scheduleView,
    sheets: (visit) => [scheduleSheet(visit)],
  })
  const back = (visit: OfficeVisit): string => paths.schedule(visit.office.slug)
  pageForm(portal, page, {
    path: patterns.scheduleConfirm,
    submit: async (visit, form) => {
      await confirmSchedule(visit.deps, visit.member, form.parse(scheduleBasis))
      await visit.flash('success', text.confirmed)
      return back(visit)
    },
  })
  pageForm(portal, page, {
    path: patterns.scheduleImport,
    maxBytes: maxScheduleBytes + 64 * 1024,
    submit: async (visit, form) => {
      const { lines } = await importSchedule(visit.deps, visit.member, await fileOf(form))
      await visit.flash('success', text.imported(lines))
      return back(visit)
    },
  })
  registerLines(portal, back)
}

function registerLines(portal: Portal, back: (visit: OfficeVisit) => string): void {
  const saved = async (visit: OfficeVisit, form: FormValues, id: string | null) => {
    const line = lineInput.parse({
      code: form.text('code'),
      title: form.text('title'),
      starts: form.text('starts'),
      activeYears: form.text('activeYears') || undefined,
      inactiveYears: form.text('inactiveYears') || undefined,
      fate: form.text('fate'),
      papers: form.list('papers'),
    })
    await saveLine(visit.deps, visit.member, id, line)
    await visit.flash('success', text.saved)
    return back(visit)
  }
  officePage(portal, {
    path: patterns.newScheduleLine,
    title: text.add,
    show: (visit, attempt) => lineView(visit, attempt, null),
    submit: (visit, form) => saved(visit, form, null),
  })
  const page = officePage(portal, {
    path: patterns.scheduleLine,
    title: text.change,
    show: async (visit, attempt) => {
      const id = visit.id('line')
      const lines = await inScope(visit.deps.db, visit.member, listSchedule)
      const line = lines.find((each) => each.id === id)
      if (!line) throw notFound()
      return lineView(visit, attempt, line)
    },
    submit: (visit, form) => saved(visit, form, visit.id('line')),
  })
  pageForm(portal, page, {
    path: patterns.removeScheduleLine,
    submit: async (visit) => {
      await removeLine(visit.deps, visit.member, visit.id('line'))
      await visit.flash('success', text.removed)
      return back(visit)
    },
  })
}

async function fileOf(form: FormValues): Promise<Uint8Array> {
  const file = form.file('file')
  if (file) return new Uint8Array(await file.arrayBuffer())
  throw new Refused('bad-input', httpTexts.badInput, { issues: [{ field: 'file', text: text.fileMissing }] })
}

async function scheduleView(visit: OfficeVisit, attempt: Attempt) {
  const { say, locale, office, member, deps } = visit
  const lines = await inScope(deps.db, member, listSchedule)
  const edits = mayOpen(administrators, member.roles)
  const add = (
    <Button href={paths.newScheduleLine(office.slug)} icon="plus">
      {say(text.add)}
    </Button>
  )
  return {
    title: say(text.title),
    crumbs: [
      { label: say(archiveRecordTexts.title), href: paths.archive(office.slug) },
      { label: say(text.title) },
    ],
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} actions={edits && add} />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={labels} lead={attempt.lead} />
        {lines.some(({ confirmedAt }) => confirmedAt === null) && (
          <Default visit={visit} attempt={attempt} edits={edits} />
        )}
        <DataTable
          caption={say(text.title)}
          hideCaption
          rows={lines}
          files={tableFiles(visit, paths.schedule(office.slug))}
          empty={<EmptyState icon="calendar" title={say(text.none)} next={say(text.noneNext)} />}
          columns={columnsFor(visit, edits)}
        />
        {edits && <Import visit={visit} attempt={attempt} />}
      </Stack>
    ),
  }
}

function columnsFor(visit: OfficeVisit, edits: boolean) {
  const { say, office } = visit
  const { columns } = text
  return [
    {
      header: say(columns.title),
      cell: (row: ScheduleLine) => (
        <>
          {edits ? <a href={paths.scheduleLine(office.slug, row.id)}>{row.title}</a> : row.title}
          <br />
          <span class="muted small">{row.code}</span>
        </>
      ),
    },
    { header: say(columns.starts), cell: (row: ScheduleLine) => say(text.starts[row.starts]) },
    { header: say(columns.activeYears), cell: (row: ScheduleLine) => String(row.activeYears), end: true },
    { header: say(columns.inactiveYears), cell: (row: ScheduleLine) => String(row.inactiveYears), end: true },
    { header: say(columns.fate), cell: (row: ScheduleLine) => say(text.fates[row.fate]) },
    {
      header: say(columns.papers),
      cell: (row: ScheduleLine) => row.papers.map((each) => say(text.papers[each])).join('; ') || '–',
    },
    {
      header: say(columns.state),
      cell: (row: ScheduleLine) => (
        <StatusPill
          tone={row.confirmedAt ? 'success' : 'warning'}
          text={say(row.confirmedAt ? text.isConfirmed : text.isDefault)}
        />
      ),
    },
  ]
}

function Default(props: { visit: OfficeVisit; attempt: Attempt; edits: boolean }) {
  const { visit, attempt, edits } = props
  const { say, locale, office } = visit
  return (
    <Alert tone="warning" locale={locale} title={say(text.defaultTitle)}>
      <p>{say(text.defaultText)}</p>
      {edits && (
        <ConfirmSection
          label={say(text.confirm)}
          title={say(text.confirmTitle)}
          icon="check"
          open={attempt.error('basis') !== undefined}
        >
          <Form action={paths.scheduleConfirm(office.slug)}>
            <TextInput
              locale={locale}
              name="basis"
              label={say(text.basis)}
              hint={say(text.basisHint)}
              value={attempt.value('basis')}
              error={attempt.error('basis')}
              maxlength={300}
              required
            />
            <ButtonRow>
              <Button>{say(text.confirm)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Alert>
  )
}

function Import({ visit, attempt }: { visit: OfficeVisit; attempt: Attempt }) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection
      label={say(text.import)}
      title={say(text.importTitle)}
      icon="upload"
      open={attempt.sent && attempt.error('basis') === undefined}
    >
      <Form action={paths.scheduleImport(office.slug)} files>
        <FileInput
          locale={locale}
          name="file"
          label={say(text.file)}
          accept=".csv,text/csv"
          error={attempt.error('file')}
          required
        />
        <ButtonRow>
          <Button kind="danger">{say(text.importButton)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function lineView(visit: OfficeVisit, attempt: Attempt, line: ScheduleLine | null) {
  const { say, locale, office } = visit
  const title = say(line ? text.change : text.add)
  return {
    title,
    crumbs: [
      { label: say(archiveRecordTexts.title), href: paths.archive(office.slug) },
      { label: say(text.title), href: paths.schedule(office.slug) },
      { label: title },
    ],
    body: (
      <Stack>
        <PageHeader title={title} lead={say(text.saveHint)} />
        <FormErrorSummary locale={locale} issues={attempt.issues} labels={labels} lead={attempt.lead} />
        <Card>
          <Form
            action={line ? paths.scheduleLine(office.slug, line.id) : paths.newScheduleLine(office.slug)}
            guard
          >
            <LineFields visit={visit} attempt={attempt} line={line} />
            <ButtonRow>
              <Button>{say(text.save)}</Button>
            </ButtonRow>
          </Form>
        </Card>
        {line && (
          <ConfirmSection danger label={say(text.remove)} title={say(text.removeTitle)}>
            <PostButton action={paths.removeScheduleLine(office.slug, line.id)} kind="danger">
              {say(text.remove)}
            </PostButton>
          </ConfirmSection>
        )}
      </Stack>
    ),
  }
}

function LineFields(props: { visit: OfficeVisit; attempt: Attempt; line: ScheduleLine | null }) {
  const { visit, attempt, line } = props
  const { say, locale } = visit
  const field = (name: 'code' | 'title' | 'starts' | 'activeYears' | 'inactiveYears' | 'fate') => ({
    locale,
    name,
    label: say(text.columns[name]),
    value: attempt.value(name, line === null ? undefined : String(line[name])),
    error: attempt.error(name),
    required: true,
  })
  const choices = <Key extends string>(
    keys: readonly Key[],
    words: Readonly<Record<Key, { id: string; en: string }>>,
  ) => keys.map((value) => ({ value, label: words[value][locale] }))
  return (
    <>
      <TextInput {...field('code')} width="short" maxlength={40} autocomplete="off" />
      <TextInput {...field('title')} maxlength={200} />
      <Select {...field('starts')} hint={say(text.startsHint)} options={choices(starts, text.starts)} />
      <TextInput {...field('activeYears')} width="short" inputmode="numeric" />
      <TextInput {...field('inactiveYears')} width="short" inputmode="numeric" />
      <Select {...field('fate')} width="medium" options={choices(fates, text.fates)} />
      <CheckboxGroup
        locale={locale}
        name="papers"
        label={say(text.columns.papers)}
        hint={say(text.papersHint)}
        values={attempt.values('papers', line?.papers)}
        options={choices(paperKinds, text.papers)}
      />
    </>
  )
}
