import { formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { dispositionText as say } from '../text/disposition.ts'
import { letterLabels } from '../text/letters.ts'
import { footerOf } from './compose-common.ts'
import type { DispositionSheet } from './papers.ts'
import type { Sheet } from './sheet.ts'

/** Lays out the disposition sheet; urgency and secrecy are ticked, and each line initialled, by pen. */
export function composeDisposition(sheet: DispositionSheet, locale: Locale): Sheet {
  const dateOf = (day: string | undefined): string =>
    day === undefined ? letterLabels.blank[locale] : formatDate(day, locale)
  return {
    size: sheet.size,
    landscape: false,
    title: `${say.title[locale]} (${sheet.ticket})`,
    author: sheet.letterhead.office,
    lang: locale,
    createdAt: sheet.createdAt,
    letterhead: sheet.letterhead,
    head: { form: 'title', title: say.title[locale], lines: [] },
    blocks: [
      {
        type: 'facts',
        rows: [
          { label: say.from[locale], value: sheet.from, strong: true },
          { label: say.number[locale], value: sheet.number ?? letterLabels.blank[locale] },
          { label: say.date[locale], value: dateOf(sheet.date) },
          { label: say.subject[locale], value: sheet.subject },
          { label: say.received[locale], value: dateOf(sheet.receivedOn) },
          { label: say.agenda[locale], value: sheet.agenda ?? letterLabels.blank[locale] },
          { label: letterLabels.ticket[locale], value: sheet.ticket },
        ],
      },
      { type: 'choices', label: say.urgency[locale], items: unticked(say.urgencies, locale) },
      { type: 'choices', label: say.secrecy[locale], items: unticked(say.secrecies, locale) },
      {
        type: 'table',
        columns: [
          { title: letterLabels.no[locale], width: { mm: 11 }, align: 'center' },
          { title: say.on[locale], width: { mm: 27 } },
          { title: say.by[locale], width: { fr: 3 } },
          { title: say.to[locale], width: { fr: 3 } },
          { title: say.instruction[locale], width: { fr: 5 } },
          { title: say.initials[locale], width: { mm: 17 } },
        ],
        rows: sheet.entries.map((entry, index) => [
          `${index + 1}.`,
          formatDate(entry.date, locale),
          entry.by,
          entry.to,
          entry.instruction,
          '',
        ]),
        dense: true,
      },
    ],
    footer: footerOf({}, locale),
  }
}

const unticked = (choices: readonly { id: string; en: string }[], locale: Locale) =>
  choices.map((choice) => ({ text: choice[locale], checked: false }))
