import type { Locale, Text } from '../refused.ts'
import { standardTimeTexts as texts } from '../text/sop.ts'
import type { StandardTime } from './document.ts'

/** @returns a standard time in words: "15 menit", "3–5 hari kerja, sejak langkah 2", "belum ditetapkan". */
export function describeStandardTime(time: StandardTime, locale: Locale): string {
  if (time === 'not set') return texts.notSet[locale]
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const [least, most] = [time.min ?? time.amount!, time.max ?? time.amount!]
  const amount = least === most ? number.format(most) : `${number.format(least)}–${number.format(most)}`
  const unit: Text = texts.unit(time.unit, most === 1)
  const since = time.startsAt === undefined ? '' : `, ${texts.since(time.startsAt)[locale]}`
  return `${amount} ${unit[locale]}${since}`
}
