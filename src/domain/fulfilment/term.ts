/**
 * @param date an ISO date
 * @returns the same day of the month that many months later, or that month's last day where it is shorter
 */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(day, last))
  return first.toISOString().slice(0, 10)
}

/** Days before the registered-until date at which a reminder goes out; the last one is the day after it. */
export const reminderDays = [60, 30, 7, 0, -1] as const

/**
 * @param today local ISO date of the office
 * @returns the latest mark that has been reached and the days that are left; null while it is too early
 */
export function reminderDue(
  today: string,
  until: string,
): { readonly mark: number; readonly days: number } | null {
  const days = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000)
  const mark = reminderDays.findLast((each) => days <= each)
  return mark === undefined ? null : { mark, days }
}
