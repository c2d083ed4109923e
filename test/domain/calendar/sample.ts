import { workCalendar } from '../../../src/domain/calendar/calendar.ts'
import type { Holiday, WorkCalendar } from '../../../src/domain/calendar/calendar.ts'
import { defaultRules } from '../../../src/domain/calendar/defaults.ts'
import { ZONES, zoneOffsetMs } from '../../../src/domain/dates/zones.ts'
import type { Zone } from '../../../src/domain/dates/zones.ts'

/** The 17th of August 2026 is a Monday; the days of fasting are made up. */
export const HOLIDAYS: readonly Holiday[] = [
  { date: '2026-08-17', name: 'Proklamasi Kemerdekaan', kind: 'nasional', source: 'import' },
]

export const RAMADAN = [{ from: '2026-02-18', to: '2026-03-19' }]

/** Perpres 21/2023 hours with one holiday and one Ramadan. */
export function sampleCalendar(zone: Zone = 'Asia/Makassar', holidays = HOLIDAYS): WorkCalendar {
  return workCalendar({ ...defaultRules(zone), ramadan: RAMADAN }, holidays)
}

export const CALENDARS = ZONES.map((zone) => sampleCalendar(zone))

/** The instant of a local day and time, `2026-08-14 15:30`. */
export function at(local: string, zone: Zone = 'Asia/Makassar'): Date {
  return new Date(Date.parse(`${local.replace(' ', 'T')}Z`) - zoneOffsetMs(zone))
}
