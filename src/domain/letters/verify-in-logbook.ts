import * as z from 'zod'

/** What an exported logbook says of a letter with a certain digest. */
export type LetterInLogbook = {
  readonly number: string
  readonly kind: string
  /** Null in entries of the first version, which said less. */
  readonly dated: string | null
  readonly signatory: string | null
  readonly decision: string | null
  readonly code: string | null
  readonly request: string
  readonly isSigned: boolean
  readonly at: string
  readonly seq: number
  readonly voidedAt: string | null
  /** Number of the later letter of the same kind about the same request. */
  readonly replacedBy: string | null
  /** The record of destruction by which its content went, and when. */
  readonly destroyed: { readonly record: string; readonly at: string } | null
}

const entrySchema = z.object({
  act: z.string(),
  at: z.string(),
  seq: z.int(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  details: z.record(z.string(), z.unknown()),
})
const issued = z.object({
  number: z.string(),
  kind: z.string(),
  sha256: z.string(),
  dated: z.string().nullable().default(null),
  signatory: z.string().nullable().default(null),
  decision: z.string().nullable().default(null),
  code: z.string().nullable().default(null),
})
const issuing = ['letter.issued', 'letter.signed']

/**
 * Follows one letter through the entries of a logbook, which are given in their order as canonical texts.
 * @returns what to call with each text, and how to ask at the end; nothing for a file that is no letter of the office
 */
export function followLetter(sha256: string) {
  let letter: LetterInLogbook | undefined
  const take = (text: string): void => {
    // most entries are about other things, and parsing all of them takes long
    if (!text.includes('"letter.') && !text.includes('"archive.record-')) return
    const entry = entrySchema.parse(JSON.parse(text))
    if (issuing.includes(entry.act)) {
      const found = issued.parse(entry.details)
      if (found.sha256 === sha256) letter = letterOf(entry, found)
      else if (letter && found.kind === letter.kind && entry.subject.id === letter.request)
        letter = { ...letter, replacedBy: found.number }
    } else if (letter && entry.act === 'letter.voided' && entry.details['sha256'] === sha256)
      letter = { ...letter, voidedAt: entry.at }
    else if (letter?.replacedBy && entry.act === 'letter.voided' && entry.subject.id === letter.replacedBy)
      letter = { ...letter, replacedBy: null }
    else if (letter && entry.act === 'archive.record-destroyed' && entry.details['sha256'] === sha256)
      letter = { ...letter, destroyed: { record: String(entry.details['record']), at: entry.at } }
  }
  return { take, found: (): LetterInLogbook | undefined => letter }
}

const letterOf = (
  entry: z.infer<typeof entrySchema>,
  { sha256: _digest, ...found }: z.infer<typeof issued>,
): LetterInLogbook => ({
  ...found,
  request: entry.subject.id,
  isSigned: entry.act === 'letter.signed',
  at: entry.at,
  seq: entry.seq,
  voidedAt: null,
  replacedBy: null,
  destroyed: null,
})
