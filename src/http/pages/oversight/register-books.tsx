import { notFound } from '../../../actions/act.ts'
import type { BookName } from '../../../domain/registers/books.ts'
import { bookText as text } from '../../../domain/text/register-books.ts'
import { mayOpen } from '../../../domain/access/who.ts'
import { deskReaders } from '../../../domain/access/duties.ts'
import { paths, patterns, withQuery } from '../../paths.ts'
import { bookAnswer, bookOfSlug, bookSlug, yearsOf } from '../../register-books.ts'
import type { Portal } from '../../routes.ts'
import { Button, ButtonRow } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/case.tsx'
import { officePage } from '../page.ts'
import type { OfficeVisit } from '../visit.ts'

/** The printed registers: letters that came in and went out, subdomains, hosting. */
export function registerBookPrinting(portal: Portal): void {
  officePage(portal, {
    path: patterns.registerBook,
    title: text.print,
    show: ({ deps, member, office, param, query }) => {
      const book = bookOfSlug(param('book'))
      const year = query('tahun') ?? ''
      if (!book || !/^[12]\d{3}$/.test(year)) throw notFound()
      return bookAnswer(deps, member, office, { book, year: Number(year) })
    },
  })
}

/** Below a list: the same as paper, one link a year; nothing while there is nothing to print. */
export async function PrintBook({ visit, book }: { visit: OfficeVisit; book: BookName }) {
  const { say, office, member, deps } = visit
  if (!mayOpen(deskReaders, member.roles)) return <></>
  const years = await yearsOf(deps, member, office, book)
  if (years.length === 0) return <></>
  return (
    <Disclosure label={say(text.printName(say(text.names[book])))}>
      <ButtonRow>
        {years.map((year) => (
          <Button
            href={withQuery(paths.registerBook(office.slug, bookSlug(book)), { tahun: String(year) })}
            kind="secondary"
            icon="download"
            plain
          >
            {say(text.period(year))}
          </Button>
        ))}
      </ButtonRow>
    </Disclosure>
  )
}
