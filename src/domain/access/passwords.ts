import type { Text } from '../refused.ts'
import { passwordTexts } from '../text/sign-in.ts'
import { isGuessedFirst } from './common-passwords.ts'

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

/** Whose password it is, and where they work: what somebody who knows them tries first. */
export type PasswordOwner = {
  readonly name: string
  readonly email: string
  /** Names of their offices and agencies. */
  readonly places: readonly string[]
}

/** Shorter words of a name stand inside too many others. */
const minOwnWord = 4

/**
 * What is wrong with a new password, or nothing. Length is what counts (NIST SP 800-63B 5.1.1.2); beside it only what is
 * guessed first is refused: common passwords and words with digits, and names of the person, their office and agency.
 */
export async function passwordWeakness(password: string, owner: PasswordOwner): Promise<Text | undefined> {
  if (password.length < minPasswordLength) return passwordTexts.tooShort(minPasswordLength)
  if (password.length > maxPasswordLength) return passwordTexts.tooLong(maxPasswordLength)
  const lower = password.toLowerCase().normalize('NFKC')
  const own = ownWords(owner).find((word) => lower.includes(word))
  if (own !== undefined) return passwordTexts.ownWord(own)
  if (leftOver(lower, firstWords) < minLetters || (await isGuessedFirst(lower))) return passwordTexts.common
  return undefined
}

/** Words of the person and their places, without those that are in every office's name. */
function ownWords({ name, email, places }: PasswordOwner): readonly string[] {
  return [name, email, ...places]
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= minOwnWord && !inEveryName.includes(word))
}

const inEveryName = [
  'dinas',
  'badan',
  'kantor',
  'bagian',
  'daerah',
  'dengan',
  'dan',
  'untuk',
  'mail',
  'gmail',
]

const firstWords: readonly string[] = common.toSorted((a, b) => b.length - a.length)

/** How many different letters remain once words, digits and punctuation are taken away. */
function leftOver(password: string, words: readonly string[]): number {
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), password)
  return new Set(rest.replace(/[^\p{L}]/gu, '')).size
}
