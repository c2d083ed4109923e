import type { CalendarRules, Holiday } from '../../domain/calendar/calendar.ts'
import { holiday, parseCalendarRules } from '../../domain/calendar/calendar.ts'
import { mergeHolidays, parseHolidayCsv } from '../../domain/calendar/holidays.ts'
import { Refused } from '../../domain/refused.ts'
import { whoseTurn } from '../../domain/requests/turn.ts'
import { dueAt } from '../../domain/requests/step-time.ts'
import { calendarPageTexts } from '../../domain/text/calendar-pages.ts'
import type { StoredCalendar } from '../../db/calendar-admin.ts'
import { readCalendarFile, replaceHolidays, saveCalendarFile } from '../../db/calendar-admin.ts'
import { readCalendar } from '../../db/calendars.ts'
import type { Tx } from '../../db/database.ts'
import { listEvents } from '../../db/requests/events.ts'
import { readSopVersion } from '../../db/sops.ts'
import type { Deps, Member, Note } from '../act.ts'
import { act, requireRole } from '../act.ts'

/** How many running requests have another due time now. */
export type CalendarChanged = { readonly moved: number }

/** What an editor makes of the stored calendar; the rest stays. */
type Change = { readonly rules?: CalendarRules; readonly holidays?: readonly Holiday[]; readonly note: Note }

/**
 * Changes the calendar and computes the due times of all running requests anew, in one transaction.
 * Requests are locked before the calendar is read for them, so that a step that is finished meanwhile is not
 * given a due time of the past.
 */
async function change(
  deps: Deps,
  member: Member,
  edit: (before: StoredCalendar) => Change,
): Promise<CalendarChanged> {
  requireRole(member, 'administrator')
  return act(deps, member, async (tx, write) => {
    const before = await readCalendarFile(tx, member.officeId, { lock: true })
    const { rules, holidays, note } = edit(before)
    if (holidays) await replaceHolidays(tx, member.officeId, holidays)
    await saveCalendarFile(tx, member.officeId, deps.now(), rules)
    const moved = await recomputeDue(deps, tx, member.officeId)
    write.note({ ...note, details: { ...note.details, version: before.version + 1, moved } })
    return { moved }
  })
}

async function recomputeDue(deps: Deps, tx: Tx, officeId: string): Promise<number> {
  const rows = await tx
    .selectFrom('requests')
    .select(['id', 'sop_id', 'sop_version', 'state', 'due_at'])
    .where('phase', '=', 'running')
    .where('turn', '=', 'office')
    .orderBy('id')
    .forUpdate()
    .execute()
  const calendar = await readCalendar(tx, officeId)
  let moved = 0
  for (const row of rows) {
    const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
    const turn = whoseTurn(sop, row.state)
    if (turn.kind !== 'actor') continue
    const due = dueAt(sop, turn.step, await listEvents(tx, row.id), calendar, deps.now())
    if (due?.getTime() === row.due_at?.getTime()) continue
    await tx.updateTable('requests').set({ due_at: due }).where('id', '=', row.id).execute()
    moved += 1
  }
  return moved
}

const subject = { kind: 'calendar', id: 'calendar' }

/**
 * Replaces the rules: weekly hours, Ramadan hours and periods. The zone stays the office's.
 * @param version the version that the editor saw
 * @throws Refused `calendar-rules`, or `calendar-changed` (409) when somebody else was faster
 */
export function saveCalendarRules(
  deps: Deps,
  member: Member,
  input: { readonly rules: unknown; readonly version: number },
): Promise<CalendarChanged> {
  const rules = parseCalendarRules(input.rules)
  return change(deps, member, (before) => {
    if (before.version !== input.version)
      throw new Refused('calendar-changed', calendarPageTexts.changedMeanwhile, { status: 409 })
    const kept = { ...rules, zone: before.rules.zone }
    return { rules: kept, note: { act: 'calendar.rules-changed', subject } }
  })
}

/** Imports a holiday file: rows entered by hand stay, rows imported before for its years are replaced. */
export function importHolidays(deps: Deps, member: Member, csv: string): Promise<CalendarChanged> {
  const imported = parseHolidayCsv(csv)
  return change(deps, member, ({ holidays }) => {
    const merged = mergeHolidays(holidays, imported)
    const details = {
      added: merged.added.length,
      removed: merged.removed.length,
      kept: merged.kept.length,
    }
    return { holidays: merged.holidays, note: { act: 'calendar.holidays-imported', subject, details } }
  })
}

/** Adds one day off by hand. @throws Refused `holiday-exists` (409) */
export function addHoliday(
  deps: Deps,
  member: Member,
  input: Pick<Holiday, 'date' | 'name' | 'kind'>,
): Promise<CalendarChanged> {
  const added = holiday.parse({ ...input, source: 'manual' })
  return change(deps, member, ({ holidays }) => {
    if (holidays.some((each) => each.date === added.date)) {
      const issues = [{ field: 'date', text: calendarPageTexts.holidayExists }]
      throw new Refused('holiday-exists', calendarPageTexts.holidayExists, { status: 409, issues })
    }
    return {
      holidays: [...holidays, added],
      note: { act: 'calendar.holiday-added', subject, details: { date: added.date, kind: added.kind } },
    }
  })
}

/** Removes one day off. A day that is none already stays so. */
export function removeHoliday(deps: Deps, member: Member, date: string): Promise<CalendarChanged> {
  return change(deps, member, ({ holidays }) => ({
    holidays: holidays.filter((each) => each.date !== date),
    note: { act: 'calendar.holiday-removed', subject, details: { date: date.slice(0, 10) } },
  }))
}
