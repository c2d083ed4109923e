import type { Locale } from '../refused.ts'
import { caseFileText as say } from '../text/case-file.ts'
import { footerOf } from './compose-common.ts'
import type { CasePart } from './papers.ts'
import type { Letterhead, LogbookHead, Verification } from './parts.ts'
import type { Block, Row, Sheet } from './sheet.ts'

/** The first page of a case file; the index below it is made of its parts. */
export type CaseCover = {
  readonly size: 'a4' | 'f4'
  readonly letterhead: Letterhead
  readonly createdAt: string
  readonly ticket: string
  readonly facts: readonly Row[]
  readonly head: LogbookHead
  /** Where the last letter that stands is checked: the QR code of the cover. */
  readonly verification?: Verification
}

/** What an index says of a part, and why its pages are missing when they are. */
export type CaseEntry = {
  readonly title: string
  readonly note: string
  readonly sha256: string
  readonly absent?: string
  /** A hint to the reader of a part whose pages do not show everything. */
  readonly hint?: string
}

export function composeCaseCover(cover: CaseCover, locale: Locale): Sheet {
  return {
    size: cover.size,
    landscape: false,
    title: `${say.title[locale]} ${cover.ticket}`,
    author: cover.letterhead.office,
    lang: locale,
    createdAt: cover.createdAt,
    letterhead: cover.letterhead,
    head: { form: 'title', title: say.title[locale], lines: [cover.ticket] },
    blocks: [{ type: 'facts', rows: cover.facts }],
    footer: footerOf({ verification: cover.verification, head: cover.head }, locale),
  }
}

/** Lays out a part that Ranah prints itself. */
export function composeCasePart(part: CasePart, locale: Locale): Sheet {
  return {
    size: part.size,
    landscape: false,
    title: `${part.title} (${part.ticket})`,
    author: part.letterhead.office,
    lang: locale,
    createdAt: part.createdAt,
    letterhead: null,
    head: { form: 'title', title: part.title, lines: [part.ticket] },
    blocks: part.sections.flatMap(({ heading, facts, table }): Block[] => [
      ...(heading === undefined ? [] : [{ type: 'heading' as const, text: heading }]),
      ...(facts === undefined ? [] : [{ type: 'facts' as const, rows: facts }]),
      ...(table === undefined ? [] : [{ type: 'table' as const, dense: true, ...table }]),
    ]),
    footer: footerOf({}, locale),
  }
}
