import type { Zone } from '../dates/zones.ts'
import type { CalendarRules, WeeklyHours } from './calendar.ts'

const normal = [
  { from: '07.30', to: '12.00' },
  { from: '13.00', to: '16.00' },
]
const friday = [
  { from: '07.30', to: '11.30' },
  { from: '13.00', to: '16.30' },
]

/** 37 hours 30 minutes, break of 60 minutes, on Friday of 90 (Perpres 21/2023). */
export const NORMAL_WEEK: WeeklyHours = [normal, normal, normal, normal, friday, [], []]

const fasting = [
  { from: '08.00', to: '12.00' },
  { from: '12.30', to: '15.00' },
]
const fastingFriday = [
  { from: '08.00', to: '11.30' },
  { from: '12.30', to: '15.30' },
]

/** 32 hours 30 minutes from 08.00 (Perpres 21/2023); where the breaks lie is the office's to set. */
export const RAMADAN_WEEK: WeeklyHours = [fasting, fasting, fasting, fasting, fastingFriday, [], []]

/** What a new office starts with. Ramadan and the holidays of each year come from the office. */
export function defaultRules(zone: Zone): CalendarRules {
  return {
    zone,
    hours: [{ from: '2000-01-01', weekly: NORMAL_WEEK }],
    ramadanHours: RAMADAN_WEEK,
    ramadan: [],
  }
}
