/** Moments and days in the words of the reader, on the clock of the office. */
import { formatDate, formatInstant } from '../../domain/dates/indonesian.ts'
import type { Zone } from '../../domain/dates/zones.ts'
import type { Locale } from '../../domain/refused.ts'

/** A moment with the label of its zone, e.g. `25 Agustus 2025 pukul 14.05 WITA`. */
export function Moment(props: { at: Date; zone: Zone; locale: Locale }) {
  return <time datetime={props.at.toISOString()}>{formatInstant(props.at, props.zone, props.locale)}</time>
}

/** A day of the office's calendar, e.g. `25 Agustus 2025`. */
export function Day({ date, locale }: { date: string; locale: Locale }) {
  return <time datetime={date}>{formatDate(date, locale)}</time>
}
