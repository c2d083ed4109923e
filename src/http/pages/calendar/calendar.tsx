import { administrators } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import {
  addHoliday,
  importHolidays,
  removeHoliday,
  saveCalendarRules,
} from '../../../actions/calendar/change-calendar.ts'
import { inScope } from '../../../db/database.ts'
import type { StoredCalendar } from '../../../db/calendar-admin.ts'
import { readCalendarFile } from '../../../db/calendar-admin.ts'
import type { Holiday } from '../../../domain/calendar/calendar.ts'
import { HOLIDAY_KINDS, weeklyMinutes } from '../../../domain/calendar/calendar.ts'
import { mergeHolidays, parseHolidayCsv } from '../../../domain/calendar/holidays.ts'
import { hoursWords, periodWords, readHours, readPeriods } from '../../../domain/calendar/hours-text.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { Refused } from '../../../domain/refused.ts'
import { calendarPageTexts as text } from '../../../domain/text/calendar-pages.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { paths, patterns } from '../../paths.ts'
import { holidaySheet } from '../../sheets/office.ts'
import { tableFiles } from '../../sheets/links.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { FileInput, Form, FormErrorSummary, Select, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'

/** Largest holiday file, in bytes. */
const maxCsvBytes = 200 * 1024

const holidayForm = z.object({
  date: z.string().max(10),
  name: z.string().trim().min(1).max(200),
  kind: z.enum(HOLIDAY_KINDS),
})

/** The working calendar: hours, Ramadan, holidays. */
export function registerCalendar(portal: Portal): void {
  const page = officePage(portal, {
    path: patterns.calendar,
    title: text.title,
    menu: { group: 'administration', order: 30, label: text.title, icon: 'calendar' },
    show: calendarView,
    sheets: (visit) => [holidaySheet(visit)],
  })
  const done = async (visit: OfficeVisit, { moved }: { moved: number }): Promise<string> => {
    await visit.flash('success', text.saved(moved))
    return paths.calendar(visit.office.slug)
  }
  pageForm(portal, page, {
    path: patterns.calendarHours,
    submit: async (visit, form) => done(visit, await saveHours(visit, form)),
  })
  pageForm(portal, page, {
    path: patterns.calendarRamadan,
    submit: async (visit, form) => done(visit, await saveRamadan(visit, form)),
  })
  pageForm(portal, page, {
    path: patterns.calendarHolidays,
    submit: async (visit, form) => {
      const { deps, member } = visit
      if (form.text('remove')) return done(visit, await removeHoliday(deps, member, form.text('remove')))
      return done(visit, await addHoliday(deps, member, form.parse(holidayForm)))
    },
  })
  pageForm(portal, page, {
    path: patterns.calendarImport,
    maxBytes: maxCsvBytes,
    submit: async (visit, form) => {
      const csv = await csvOf(form)
      if (form.text('apply') === 'yes')
        return done(visit, await importHolidays(visit.deps, visit.member, csv))
      return render(visit, await previewView(visit, csv))
    },
  })
}

const stored = (visit: OfficeVisit): Promise<StoredCalendar> =>
  inScope(visit.deps.db, visit.member, (tx) => readCalendarFile(tx, visit.member.officeId))

const seenVersion = (form: FormValues): number => Number(/^\d{1,9}$/.exec(form.text('version'))?.[0] ?? 0)

const weekOf = (form: FormValues, prefix: string) =>
  text.days.map((_, day) => readHours(form.text(`${prefix}.${day}`)))

async function saveHours(visit: OfficeVisit, form: FormValues) {
  const { rules } = await stored(visit)
  const from = form.text('from')
  const hours = [
    ...rules.hours.filter((each) => each.from !== from),
    { from, weekly: weekOf(form, 'weekly') },
  ]
  const sorted = hours.sort((a, b) => (a.from < b.from ? -1 : 1))
  const input = { rules: { ...rules, hours: sorted }, version: seenVersion(form) }
  return saveCalendarRules(visit.deps, visit.member, input)
}

async function saveRamadan(visit: OfficeVisit, form: FormValues) {
  const { rules } = await stored(visit)
  const ramadan = readPeriods(form.text('periods'))
  const changed = { ...rules, ramadan, ramadanHours: weekOf(form, 'ramadan') }
  return saveCalendarRules(visit.deps, visit.member, { rules: changed, version: seenVersion(form) })
}

async function csvOf(form: FormValues): Promise<string> {
  const file = form.file('file')
  if (file) return file.text()
  const carried = form.list('csv')[0]
  if (carried) return carried
  throw new Refused('bad-input', httpTexts.badInput, { issues: [{ field: 'file', text: text.fileMissing }] })
}

async function calendarView(visit: OfficeVisit, attempt: Attempt): Promise<View> {
  const { say, locale, member } = visit
  const calendar = await stored(visit)
  const edits = mayOpen(administrators, member.roles)
  const seen = { visit, calendar, attempt, edits }
  return {
    title: say(text.title),
    body: (
      <Stack>
        <PageHeader title={say(text.title)} lead={say(text.lead)} />
        <FormErrorSummary
          locale={locale}
          issues={attempt.issues}
          labels={{ date: text.date, name: text.name, kind: text.kind, file: text.file }}
          lead={attempt.lead}
        />
        <Hours {...seen} />
        <Ramadan {...seen} />
        <Holidays {...seen} />
        {edits && <Import {...seen} />}
      </Stack>
    ),
  }
}

type Seen = {
  readonly visit: OfficeVisit
  readonly calendar: StoredCalendar
  readonly attempt: Attempt
  readonly edits: boolean
}

type Week = StoredCalendar['rules']['ramadanHours']

function WeekFacts({ visit: { say }, week }: { visit: OfficeVisit; week: Week }) {
  return (
    <DefinitionList
      facts={week.map((day, index) => ({ term: say(text.days[index]!), value: hoursWords(day) || '–' }))}
    />
  )
}

function WeekInputs({ visit, week, prefix, attempt }: Seen & { week: Week; prefix: string }) {
  const { say, locale } = visit
  return (
    <>
      <p class="hint">{say(text.hoursHint)}</p>
      {week.map((day, index) => (
        <TextInput
          locale={locale}
          name={`${prefix}.${index}`}
          label={say(text.days[index]!)}
          value={attempt.value(`${prefix}.${index}`, hoursWords(day))}
          width="medium"
          autocomplete="off"
        />
      ))}
    </>
  )
}

function Hours(seen: Seen) {
  const { visit, calendar, attempt, edits } = seen
  const { say, locale, office } = visit
  const today = localDate(visit.deps.now(), office.timezone)
  const current = calendar.rules.hours.findLast((each) => each.from <= today) ?? calendar.rules.hours[0]!
  return (
    <Card title={say(text.hours)}>
      <p>
        {say(text.hoursSince(formatDate(current.from, locale)))} ·{' '}
        {say(text.weekly(say(text.minutes(weeklyMinutes(current.weekly)))))}
      </p>
      <WeekFacts visit={visit} week={current.weekly} />
      {edits && (
        <ConfirmSection
          label={say(text.editHours)}
          title={say(text.editHours)}
          icon="edit"
          open={attempt.value('weekly.0') !== undefined}
        >
          <Form action={paths.calendarHours(office.slug)}>
            <input type="hidden" name="version" value={String(calendar.version)} />
            <TextInput
              locale={locale}
              name="from"
              label={say(text.hoursFrom)}
              type="date"
              width="short"
              value={attempt.value('from', today)}
              required
            />
            <WeekInputs {...seen} week={current.weekly} prefix="weekly" />
            <ButtonRow>
              <Button>{say(text.saveHours)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Card>
  )
}

function Ramadan(seen: Seen) {
  const { visit, calendar, attempt, edits } = seen
  const { say, locale, office } = visit
  const { ramadan, ramadanHours } = calendar.rules
  return (
    <Card title={say(text.ramadan)}>
      {ramadan.length === 0 && <p>{say(text.noRamadan)}</p>}
      <ul>
        {ramadan.map(({ from, to }) => (
          <li>
            <Day date={from} locale={locale} /> – <Day date={to} locale={locale} />
          </li>
        ))}
      </ul>
      <WeekFacts visit={visit} week={ramadanHours} />
      {edits && (
        <ConfirmSection
          label={say(text.editRamadan)}
          title={say(text.editRamadan)}
          icon="edit"
          open={attempt.value('periods') !== undefined}
        >
          <Form action={paths.calendarRamadan(office.slug)}>
            <input type="hidden" name="version" value={String(calendar.version)} />
            <TextArea
              locale={locale}
              name="periods"
              label={say(text.ramadanPeriods)}
              hint={say(text.ramadanHint)}
              rows={3}
              value={attempt.value('periods', periodWords(ramadan))}
            />
            <WeekInputs {...seen} week={ramadanHours} prefix="ramadan" />
            <ButtonRow>
              <Button>{say(text.saveRamadan)}</Button>
            </ButtonRow>
          </Form>
        </ConfirmSection>
      )}
    </Card>
  )
}

function Holidays(seen: Seen) {
  const { visit, calendar, edits } = seen
  const { say, locale, office } = visit
  const columns = [
    { header: say(text.date), cell: (row: Holiday) => <Day date={row.date} locale={locale} /> },
    { header: say(text.name), cell: (row: Holiday) => row.name },
    { header: say(text.kind), cell: (row: Holiday) => say(text.kinds[row.kind]) },
    { header: say(text.source), cell: (row: Holiday) => say(text.sources[row.source]) },
  ]
  const remove = {
    header: say(text.remove),
    cell: (row: Holiday) => (
      <PostButton
        action={paths.calendarHolidays(office.slug)}
        kind="secondary"
        small
        fields={{ remove: row.date }}
      >
        {say(text.remove)} <span class="sr-only">{formatDate(row.date, locale)}</span>
      </PostButton>
    ),
  }
  return (
    <Card title={say(text.holidays)}>
      <DataTable
        caption={say(text.holidays)}
        hideCaption
        rows={calendar.holidays.toReversed()}
        files={tableFiles(visit, paths.calendar(office.slug))}
        empty={<EmptyState title={say(text.noHolidays)} next={say(text.noHolidaysNext)} icon="calendar" />}
        columns={edits ? [...columns, remove] : columns}
      />
      {edits && <AddHoliday {...seen} />}
    </Card>
  )
}

function AddHoliday({ visit, attempt }: Seen) {
  const { say, locale, office } = visit
  return (
    <ConfirmSection
      label={say(text.add)}
      title={say(text.add)}
      icon="plus"
      open={attempt.value('kind') !== undefined}
    >
      <Form action={paths.calendarHolidays(office.slug)}>
        <TextInput
          locale={locale}
          name="date"
          label={say(text.date)}
          type="date"
          width="short"
          value={attempt.value('date')}
          error={attempt.error('date')}
          required
        />
        <TextInput
          locale={locale}
          name="name"
          label={say(text.name)}
          value={attempt.value('name')}
          error={attempt.error('name')}
          maxlength={200}
          required
        />
        <Select
          locale={locale}
          name="kind"
          label={say(text.kind)}
          value={attempt.value('kind')}
          error={attempt.error('kind')}
          options={HOLIDAY_KINDS.map((kind) => ({ value: kind, label: say(text.kinds[kind]) }))}
          required
        />
        <ButtonRow>
          <Button>{say(text.add)}</Button>
        </ButtonRow>
      </Form>
    </ConfirmSection>
  )
}

function Import({ visit, attempt }: Seen) {
  const { say, locale, office } = visit
  return (
    <Card title={say(text.import)}>
      <p>{say(text.importLead)}</p>
      <Form action={paths.calendarImport(office.slug)} files plain>
        <FileInput
          locale={locale}
          name="file"
          label={say(text.file)}
          accept=".csv,text/csv"
          error={attempt.error('file')}
          required
        />
        <ButtonRow>
          <Button kind="secondary" icon="search">
            {say(text.preview)}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

async function previewView(visit: OfficeVisit, csv: string): Promise<View> {
  const { say, locale, office } = visit
  const { holidays } = await stored(visit)
  const merged = mergeHolidays(holidays, parseHolidayCsv(csv))
  const list = (rows: readonly Holiday[]) =>
    rows.length === 0 ? (
      say(text.none)
    ) : (
      <ul>
        {rows.map((row) => (
          <li>
            <Day date={row.date} locale={locale} />: {row.name}
          </li>
        ))}
      </ul>
    )
  return {
    title: say(text.previewTitle),
    crumbs: [
      { label: say(text.title), href: paths.calendar(office.slug) },
      { label: say(text.previewTitle) },
    ],
    body: (
      <Stack>
        <PageHeader title={say(text.previewTitle)} />
        <Card>
          <DefinitionList
            facts={[
              { term: say(text.added), value: list(merged.added) },
              { term: say(text.removed), value: list(merged.removed) },
              { term: say(text.kept), value: list(merged.kept) },
            ]}
          />
          <Form action={paths.calendarImport(office.slug)}>
            <input type="hidden" name="csv" value={csv} />
            <input type="hidden" name="apply" value="yes" />
            <ButtonRow>
              <Button>{say(text.apply)}</Button>
            </ButtonRow>
          </Form>
        </Card>
      </Stack>
    ),
  }
}
