import type { Locale } from '../refused.ts'

/** Highest number that can be said: one kuadriliun. */
export const MAX_NUMBER_IN_WORDS = 1_000_000_000_000_000

const ONES: Readonly<Record<Locale, readonly string[]>> = {
  id: 'nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas'.split(' '),
  en: (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen'
  ).split(' '),
}

const TENS_EN = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** Name of each power of a thousand. */
const POWERS: Readonly<Record<Locale, readonly string[]>> = {
  id: ['', 'ribu', 'juta', 'miliar', 'triliun', 'kuadriliun'],
  en: ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion'],
}

/**
 * A whole number in words (terbilang): 1.250 is `seribu dua ratus lima puluh`.
 *
 * @param number whole, 0 to {@link MAX_NUMBER_IN_WORDS}
 * @throws RangeError for any other number
 */
export function numberInWords(number: number, locale: Locale = 'id'): string {
  if (!Number.isSafeInteger(number) || number < 0 || number > MAX_NUMBER_IN_WORDS) {
    throw new RangeError(`no words for ${number}`)
  }
  if (number === 0) return ONES[locale][0]!
  const words: string[] = []
  for (let power = POWERS[locale].length - 1; power >= 0; power -= 1) {
    const group = Math.floor(number / 1000 ** power) % 1000
    if (group > 0) words.push(groupWithPower(group, power, locale))
  }
  return words.join(' ')
}

/** Three digits with the name of their power. One thousand is `seribu`, one million `satu juta`. */
function groupWithPower(group: number, power: number, locale: Locale): string {
  if (locale === 'id' && group === 1 && power === 1) return 'seribu'
  const words = locale === 'id' ? underThousandId(group) : underThousandEn(group)
  return power === 0 ? words : `${words} ${POWERS[locale][power]}`
}

function underThousandId(number: number): string {
  if (number < 12) return ONES.id[number]!
  if (number < 20) return `${ONES.id[number - 10]} belas`
  if (number < 100) return joined(`${ONES.id[Math.floor(number / 10)]} puluh`, number % 10, underThousandId)
  if (number < 200) return joined('seratus', number - 100, underThousandId)
  return joined(`${ONES.id[Math.floor(number / 100)]} ratus`, number % 100, underThousandId)
}

function underThousandEn(number: number): string {
  if (number < 20) return ONES.en[number]!
  if (number < 100) {
    const tens = TENS_EN[Math.floor(number / 10)]!
    return number % 10 === 0 ? tens : `${tens}-${ONES.en[number % 10]}`
  }
  return joined(`${ONES.en[Math.floor(number / 100)]} hundred`, number % 100, underThousandEn)
}

function joined(head: string, rest: number, words: (number: number) => string): string {
  return rest === 0 ? head : `${head} ${words(rest)}`
}
