import type { Locale } from '../refused.ts'
import { numberInWords } from './number-words.ts'
import { dayNumber, localDate, localTime, weekdayOf, zoneLabel } from './zones.ts'
import type { LocalDate, Zone } from './zones.ts'

const MONTHS: Readonly<Record<Locale, readonly string[]>> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

const WEEKDAYS: Readonly<Record<Locale, readonly string[]>> = {
  id: 'Senin Selasa Rabu Kamis Jumat Sabtu Minggu'.split(' '),
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
}

/** `25 Agustus 2025`. @throws RangeError when there is no such day, as all functions here */
export function formatDate(date: LocalDate, locale: Locale = 'id'): string {
  const { year, month, day } = parts(date)
  return `${day} ${monthName(month, locale)} ${year}`
}

/** `25 Agustus 2025 pukul 14.05 WITA`; in English `25 August 2025 at 14:05 WITA`. */
export function formatInstant(at: Date, zone: Zone, locale: Locale = 'id'): string {
  const word = locale === 'id' ? 'pukul' : 'at'
  return `${formatDate(localDate(at, zone), locale)} ${word} ${formatTime(at, zone, locale)}`
}

/** `14.05 WITA`; in English `14:05 WITA`. */
export function formatTime(at: Date, zone: Zone, locale: Locale = 'id'): string {
  const time = localTime(at, zone)
  return `${locale === 'id' ? time.replace(':', '.') : time} ${zoneLabel(zone)}`
}

/** `Senin`. */
export function weekdayName(date: LocalDate, locale: Locale = 'id'): string {
  return WEEKDAYS[locale][weekdayOf(dayNumber(date))]!
}

/** `Agustus` for 8. */
export function monthName(month: number, locale: Locale = 'id'): string {
  const name = MONTHS[locale][month - 1]
  if (name === undefined) throw new RangeError(`no such month: ${month}`)
  return name
}

/**
 * A date as minutes of a hand-over (BAST) spell it out:
 * `Senin, tanggal dua puluh lima bulan Agustus tahun dua ribu dua puluh lima`.
 */
export function dateInWords(date: LocalDate, locale: Locale = 'id'): string {
  const { year, month, day } = parts(date)
  const weekday = weekdayName(date, locale)
  const name = monthName(month, locale)
  if (locale === 'en')
    return `${weekday}, day ${numberInWords(day, 'en')} of ${name} ${numberInWords(year, 'en')}`
  return `${weekday}, tanggal ${numberInWords(day)} bulan ${name} tahun ${numberInWords(year)}`
}

function parts(date: LocalDate): { year: number; month: number; day: number } {
  dayNumber(date)
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}
