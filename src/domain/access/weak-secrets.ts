import type { Text } from '../refused.ts'
import { weakSecretTexts as say } from '../text/weak-secrets.ts'
import { isGuessedFirst } from './common-passwords.ts'

export const minSecretLength = 12
/** Different characters and letters that must be left; a secret of this length may be of digits alone. */
const minCharacters = 6
const minLetters = 4
const longEnough = 20

/** What stands in guides, ours among them, and what is left behind by whoever meant to change it later. */
const documented = [
  'long-random-text',
  'longrandomtext',
  'changeme',
  'change-me',
  'changethis',
  'replaceme',
  'gantisaya',
  'ganti',
  'password',
  'passwd',
  'katasandi',
  'sandi',
  'rahasia',
  'secret',
  'default',
  'example',
  'contoh',
  'kunci',
  'apikey',
  'api-key',
  'token',
  'letmein',
  'welcome',
  'postgres',
  'database',
  'powerdns',
  'pdns',
  'bsre',
  'esign',
  'ranah',
  'admin',
  'root',
  'user',
  'test',
  'demo',
  'diskominfo',
  'kominfo',
  'api',
].toSorted((a, b) => b.length - a.length)

/**
 * What is wrong with a secret that one machine shows to another, or nothing: too short, the name of its account or server, or
 * what is tried first.
 * @param own the account, server and database that it belongs to
 */
export async function secretWeakness(secret: string, own: readonly string[]): Promise<Text | undefined> {
  const lower = secret.toLowerCase().normalize('NFKC')
  if (lower.length < minSecretLength) return say.tooShort(minSecretLength)
  if (new Set(lower).size < minCharacters) return say.guessed
  const words = own.flatMap((name) => [name.toLowerCase(), ...name.toLowerCase().split(/[^\p{L}\p{N}]+/u)])
  const known = [...words.filter((word) => word.length >= minLetters), ...documented]
  const rest = known.reduce((text, word) => text.replaceAll(word, ' '), lower)
  const letters = rest.replace(/[^\p{L}]/gu, '')
  const isVaried = new Set(letters).size >= minLetters
  const isLong = rest === lower && lower.length >= longEnough && !repeats(lower)
  // What a machine drew in hexadecimal digits can hold few letters, which then spell a word by chance.
  if (isLong && (letters.length < lower.length / 2 || !isVaried)) return undefined
  if (!isVaried) return say.guessed
  return (await isGuessedFirst(lower)) ? say.guessed : undefined
}

const repeats = (text: string): boolean => (text + text).indexOf(text, 1) < text.length
