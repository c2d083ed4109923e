/** Shortest entry that counts as a word of its own, and as one of two that make up a password. */
const minWord = 3
const minPart = 4

/**
 * Reads the words that are guessed first: about 49,000 passwords from leaks, and the common words, names and number
 * words of Indonesian. They come with the installation; nothing is asked of anybody. See decision 0230.
 */
async function readGuessedFirst(): Promise<ReadonlySet<string>> {
  const [common, indonesian] = await Promise.all([
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-id'),
  ])
  const lists: readonly (readonly string[])[] = [
    common.dictionary['passwords-common'],
    ...Object.values(indonesian.dictionary),
  ]
  return new Set(lists.flat().filter((word) => word.length >= minWord))
}

let guessedFirst: Promise<ReadonlySet<string>> | undefined

/**
 * @param password in lower case
 * @returns whether it is on the list, as it stands or once digits and signs are taken away and letters are put back for
 *   the digits that stand for them; or two entries, or one entry again and again
 */
export async function isGuessedFirst(password: string): Promise<boolean> {
  guessedFirst ??= readGuessedFirst()
  const list = await guessedFirst
  if (list.has(password)) return true
  return [lettersOf(password), lettersOf(unmasked(password))].some((letters) => isMadeOf(list, letters))
}

const masks: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}
const unmasked = (text: string): string => text.replace(/[013457@$]/g, (sign) => masks[sign]!)
const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '')

function isMadeOf(list: ReadonlySet<string>, letters: string): boolean {
  const word = repeatedPart(letters)
  if (list.has(word)) return true
  for (let at = minPart; at <= word.length - minPart; at += 1)
    if (list.has(word.slice(0, at)) && list.has(word.slice(at))) return true
  return false
}

/** `abab` is one `ab` twice. */
function repeatedPart(text: string): string {
  const period = (text + text).indexOf(text, 1)
  return period > 0 ? text.slice(0, period) : text
}
