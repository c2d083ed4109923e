import type { Text } from '../refused.ts'
import { passwordTexts } from '../text/sign-in.ts'

export const minPasswordLength = 12
export const maxPasswordLength = 128

/** Different letters that a password must hold beside the words and digits that are guessed first. */
const minLetters = 5

/** Words that open most of the passwords guessed first here; a password must be more than one of them. */
const common = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'katasandi',
  'sandi',
  'rahasia',
  'administrator',
  'admin',
  'operator',
  'pemohon',
  'kepala',
  'dinas',
  'diskominfo',
  'kominfo',
  'pemerintah',
  'kabupaten',
  'provinsi',
  'kota',
  'indonesia',
  'merdeka',
  'bismillah',
  'sayang',
  'cintaku',
  'jakarta',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  'letmein',
  'welcome',
  'selamat',
  'subdomain',
  'hosting',
  'ranah',
  'iloveyou',
  'dragon',
  'monkey',
  'football',
  'superman',
  'abc',
  'user',
  'test',
]

/**
 * What is wrong with a new password, or nothing. Length is what counts (NIST SP 800-63B 5.1.1.2); beside it
 * only what is guessed first is refused: common words with digits, the person's own name, one sign repeated.
 */
export function passwordWeakness(
  password: string,
  person: { readonly email: string; readonly name: string },
): Text | undefined {
  if (password.length < minPasswordLength) return passwordTexts.tooShort(minPasswordLength)
  if (password.length > maxPasswordLength) return passwordTexts.tooLong(maxPasswordLength)
  if (leftOver(password.toLowerCase(), wordsOf(person)) < minLetters) return passwordTexts.common
  return undefined
}

function wordsOf({ email, name }: { email: string; name: string }): readonly string[] {
  return [
    ...common,
    ...email.toLowerCase().split('@'),
    ...email.toLowerCase().split(/[@.]/),
    ...name.toLowerCase().split(/\s+/),
  ]
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length)
}

/** How many different letters remain once words, digits and punctuation are taken away. */
function leftOver(password: string, words: readonly string[]): number {
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), password)
  return new Set(rest.replace(/[^\p{L}]/gu, '')).size
}
