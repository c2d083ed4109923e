import type { StoredCalendar } from '../../../db/calendar-admin.ts'
import { weeklyMinutes } from '../../../domain/calendar/calendar.ts'
import { hoursWords, periodWords } from '../../../domain/calendar/hours-text.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { localDate } from '../../../domain/dates/zones.ts'
import { calendarPageTexts as text } from '../../../domain/text/calendar-pages.ts'
import { paths } from '../../paths.ts'
import { Button, ButtonRow, ConfirmSection } from '../../ui/button.tsx'
import { Form, TextArea, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'
import type { OfficeVisit } from '../visit.ts'

import type { Seen } from './seen.ts'

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

export function Hours(seen: Seen) {
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

export function Ramadan(seen: Seen) {
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
