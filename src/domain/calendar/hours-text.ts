import type { WeeklyHours } from './calendar.ts'

/** `07.30-12.00, 13.00-16.00`, as a person writes the working hours of a day; empty on a day off. */
export const hoursWords = (day: WeeklyHours[number]): string =>
  day.map(({ from, to }) => `${from}-${to}`).join(', ')

/** Reads the hours of a day as a person writes them. What is no time is left for the check of the rules to refuse. */
export function readHours(text: string): { from: string; to: string }[] {
  return text
    .slice(0, 200)
    .split(/[,;]/)
    .map((span) => span.trim())
    .filter((span) => span !== '')
    .map((span) => {
      const [from = '', to = ''] = span.split(/\s*(?:[-–—]|s\.?d\.?|to)\s*/)
      return { from: padded(from), to: padded(to) }
    })
}

/** `7.30` is `07.30`. */
const padded = (time: string): string => time.trim().replace(/^(\d)([.:])/, '0$1$2')

/** A period a line, `2026-02-18 2026-03-19`. */
export const periodWords = (periods: readonly { from: string; to: string }[]): string =>
  periods.map(({ from, to }) => `${from} ${to}`).join('\n')

/** Reads periods as a person writes them, one a line. */
export function readPeriods(text: string): { from: string; to: string }[] {
  return text
    .slice(0, 5000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [from = '', to = ''] = line.split(/\s*(?:\s|–|—|s\.?d\.?|,|;)\s*/)
      return { from, to: to === '' ? from : to }
    })
}
