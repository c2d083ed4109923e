import { formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { bookText } from '../text/register-books.ts'
import { footerOf, signatureBlock } from './compose-common.ts'
import type { RegisterBook } from './papers.ts'
import type { Sheet } from './sheet.ts'

/** Lays out a register that the office files: landscape, its head on every page, closed by whoever answers for it. */
export function composeBook(book: RegisterBook, locale: Locale): Sheet {
  const placeAndDate = `${book.place}, ${formatDate(book.date, locale)}`
  return {
    size: book.size,
    landscape: true,
    title: `${book.title} (${book.period})`,
    author: book.letterhead.office,
    lang: locale,
    createdAt: book.createdAt,
    letterhead: book.letterhead,
    head: { form: 'title', title: book.title, lines: [book.period] },
    blocks: [
      { type: 'table', columns: book.columns, rows: book.rows, dense: true },
      { type: 'paragraph', text: book.sum },
      {
        type: 'signatures',
        right: signatureBlock(book.signature, locale, [placeAndDate, bookText.acknowledged[locale]]),
      },
    ],
    footer: footerOf({}, locale),
  }
}
