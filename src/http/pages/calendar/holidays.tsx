import type { Holiday } from '../../../domain/calendar/calendar.ts'
import { HOLIDAY_KINDS } from '../../../domain/calendar/calendar.ts'
import { mergeHolidays, parseHolidayCsv } from '../../../domain/calendar/holidays.ts'
import { formatDate } from '../../../domain/dates/indonesian.ts'
import { calendarPageTexts as text } from '../../../domain/text/calendar-pages.ts'
import { paths } from '../../paths.ts'
import { tableFiles } from '../../sheets/links.ts'
import { Button, ButtonRow, ConfirmSection, PostButton } from '../../ui/button.tsx'
import { FileInput, Form, Select, TextInput } from '../../ui/form.tsx'
import { Card, DefinitionList, EmptyState, PageHeader, Stack } from '../../ui/page.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { View } from '../render.tsx'
import type { OfficeVisit } from '../visit.ts'

import { stored, type Seen } from './seen.ts'

export function Holidays(seen: Seen) {
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

export function Import({ visit, attempt }: Seen) {
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

export async function previewView(visit: OfficeVisit, csv: string): Promise<View> {
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
