import type { Member } from '../actions/act.ts'
import { notePrinted } from '../actions/letters/note-printed.ts'
import { inScope } from '../db/database.ts'
import { readBook, readBookYears } from '../db/letters/register-books.ts'
import { signatureOn } from '../db/letters/signatories.ts'
import { readLogo, readPaperOffice } from '../db/office/settings.ts'
import type { OfficeFacts } from '../db/people.ts'
import { localDate } from '../domain/dates/zones.ts'
import { REGISTER_MAX_ROWS } from '../domain/letters/papers.ts'
import { Refused } from '../domain/refused.ts'
import { bookNames, bookOf } from '../domain/registers/books.ts'
import type { BookName } from '../domain/registers/books.ts'
import { bookText } from '../domain/text/register-books.ts'
import type { HttpDeps } from './deps.ts'
import { download } from './download.ts'

/** The last word of the address of each register. */
const slugs: Readonly<Record<BookName, string>> = {
  incoming: 'surat-masuk',
  outgoing: 'surat-keluar',
  'hand-over': 'serah-terima',
  subdomain: 'subdomain',
  hosting: 'hosting',
}

export const bookSlug = (book: BookName): string => slugs[book]
export const bookOfSlug = (slug: string): BookName | undefined =>
  bookNames.find((each) => slugs[each] === slug)

/** Years whose links stand on a page, the newest ones: an older year is asked for through the address. */
const shownYears = 20

/** @returns the years for which a register can be printed, newest first */
export async function yearsOf(
  deps: HttpDeps,
  member: Member,
  office: OfficeFacts,
  book: BookName,
): Promise<readonly number[]> {
  const span = await inScope(deps.db, member, (tx) => readBookYears(tx, book, office.timezone))
  if (!span) return []
  const count = Math.min(span.last - span.first + 1, shownYears)
  return Array.from({ length: count }, (_, index) => span.last - index)
}

/**
 * A register of one year as a PDF. Printing it is noted.
 * @throws Refused `register-empty`, `register-too-long`
 */
export async function bookAnswer(
  deps: HttpDeps,
  member: Member,
  office: OfficeFacts,
  { book, year }: { readonly book: BookName; readonly year: number },
): Promise<Response> {
  const at = deps.now()
  const { content, facts, signature } = await inScope(deps.db, member, async (tx) => ({
    content: await readBook(tx, book, { year, zone: office.timezone }, REGISTER_MAX_ROWS + 1),
    facts: await readPaperOffice(tx, member.officeId),
    signature: await signatureOn(tx, office.name, localDate(at, office.timezone)),
  }))
  if (content.entries.length === 0) throw new Refused('register-empty', bookText.none, { status: 404 })
  if (content.entries.length > REGISTER_MAX_ROWS)
    throw new Refused('register-too-long', bookText.tooMany(REGISTER_MAX_ROWS))
  const logo = await readLogo(deps.db, member.officeId)
  const bytes = await deps.lookups.renderPaper(
    bookOf(facts, content, { year, at, signature, logo }),
    member.officeId,
  )
  await notePrinted(
    deps,
    member,
    { act: 'register.printed', register: slugs[book], year, rows: content.entries.length },
    bytes,
  )
  const filename = `${slugs[book]}-${office.slug}-${year}.pdf`
  return download({ filename, mediaType: 'application/pdf', bytes })
}
