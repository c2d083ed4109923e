/** The three time zones of Indonesia. None has summer time. */
export const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'] as const
export type Zone = (typeof ZONES)[number]

/** A calendar day of the office, `2025-08-25`. */
export type LocalDate = string

export const MS_PER_MINUTE = 60_000
export const MS_PER_HOUR = 3_600_000
export const MS_PER_DAY = 86_400_000

const zoneFacts = {
  'Asia/Jakarta': { label: 'WIB', hours: 7 },
  'Asia/Makassar': { label: 'WITA', hours: 8 },
  'Asia/Jayapura': { label: 'WIT', hours: 9 },
} as const

/** `WIB`, `WITA` or `WIT`, as it is printed behind a time of day. */
export function zoneLabel(zone: Zone): 'WIB' | 'WITA' | 'WIT' {
  return zoneFacts[zone].label
}

/** What the zone's clocks are ahead of UTC, in milliseconds (Keppres 41/1987). */
export function zoneOffsetMs(zone: Zone): number {
  return zoneFacts[zone].hours * MS_PER_HOUR
}

/** The calendar day in the zone at an instant. */
export function localDate(at: Date, zone: Zone): LocalDate {
  return new Date(at.getTime() + zoneOffsetMs(zone)).toISOString().slice(0, 10)
}

/** The time of day in the zone at an instant, `14:05`. */
export function localTime(at: Date, zone: Zone): string {
  return new Date(at.getTime() + zoneOffsetMs(zone)).toISOString().slice(11, 16)
}

/** The instant at which a calendar day begins in the zone. */
export function startOfDay(date: LocalDate, zone: Zone): Date {
  return new Date(dayNumber(date) * MS_PER_DAY - zoneOffsetMs(zone))
}

/** Days since 1970-01-01. @throws RangeError when there is no such day */
export function dayNumber(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`no such day: ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY
}

/** The calendar day that is so many days after 1970-01-01. */
export function dateOfDayNumber(day: number): LocalDate {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Whether the text is a day that exists, `2024-02-29` but not `2025-02-29`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}
