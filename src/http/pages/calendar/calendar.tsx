import { administrators } from '../../../domain/access/duties.ts'
import * as z from 'zod'
import {
  addHoliday,
  importHolidays,
  removeHoliday,
  saveCalendarRules,
} from '../../../actions/calendar/change-calendar.ts'
import { HOLIDAY_KINDS } from '../../../domain/calendar/calendar.ts'
import { readHours, readPeriods } from '../../../domain/calendar/hours-text.ts'
import { Refused } from '../../../domain/refused.ts'
import { calendarPageTexts as text } from '../../../domain/text/calendar-pages.ts'
import { httpTexts } from '../../../domain/text/http.ts'
import { paths, patterns } from '../../paths.ts'
import { holidaySheet } from '../../sheets/office.ts'
import type { Portal } from '../../routes.ts'
import { FormErrorSummary } from '../../ui/form.tsx'
import { PageHeader, Stack } from '../../ui/page.tsx'
import type { Attempt, FormValues } from '../form-values.ts'
import { officePage, pageForm } from '../page.ts'
import type { View } from '../render.tsx'
import { render } from '../render.tsx'
import { mayOpen } from '../../../domain/access/who.ts'
import type { OfficeVisit } from '../visit.ts'
import { Holidays, Import, previewView } from './holidays.tsx'
import { stored } from './seen.ts'
import { Hours, Ramadan } from './week-hours.tsx'

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
