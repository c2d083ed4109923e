import { formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { applicationText, letterLabels } from '../text/letters.ts'
import { footerOf, letterHead, signatureBlock } from './compose-common.ts'
import type { ApplicationLetter } from './papers.ts'
import type { Block, Sheet } from './sheet.ts'

/** Lays out the application letter with the form on pages of its own, both for the applicant to sign by hand. */
export function composeApplication(letter: ApplicationLetter, locale: Locale): Sheet {
  const signature: Block = { type: 'signatures', right: signatureBlock(letter.signature, locale) }
  return {
    size: letter.size,
    landscape: false,
    title: `${letter.subject} (${letter.ticket})`,
    author: letter.letterhead.office,
    lang: locale,
    createdAt: letter.createdAt,
    letterhead: letter.letterhead,
    head: letterHead(
      {
        number: letter.number ?? letterLabels.blank[locale],
        nature: applicationText.nature[locale],
        attachments: applicationText.oneForm[locale],
        subject: letter.subject,
        place: letter.place,
        date: letter.date ? formatDate(letter.date, locale) : letterLabels.blank[locale],
        recipient: letter.recipient,
      },
      locale,
    ),
    blocks: [
      { type: 'paragraph', text: applicationText.opening(letter.agency, letter.service)[locale] },
      { type: 'facts', rows: letter.main },
      { type: 'paragraph', text: applicationText.duties[locale] },
      { type: 'paragraph', text: applicationText.closing[locale] },
      signature,
      { type: 'next-page' },
      { type: 'heading', text: applicationText.form(letter.service)[locale] },
      ...letter.form.flatMap(({ title, rows }): Block[] => [
        { type: 'heading', text: title },
        { type: 'facts', rows },
      ]),
      { type: 'paragraph', text: applicationText.truth[locale] },
      signature,
    ],
    footer: { ...footerOf({}, locale), lines: [applicationText.prepared(letter.ticket)[locale]] },
  }
}
