import { dateInWords, formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { destructionPaper as say } from '../text/disposal.ts'
import { letterLabels } from '../text/letters.ts'
import { footerOf, signatureBlock } from './compose-common.ts'
import type { DestructionRecord } from './papers.ts'
import type { Block, Sheet } from './sheet.ts'

/** Lays out the record of a destruction: when, by which consent, who saw it; then the list of what went. */
export function composeDestruction(record: DestructionRecord, locale: Locale): Sheet {
  const { consent, items, witnesses } = record
  const [first, second] = witnesses
  const date = formatDate(record.date, locale)
  return {
    size: record.size,
    landscape: false,
    title: `${say.title[locale]} (${record.number})`,
    author: record.letterhead.office,
    lang: locale,
    createdAt: record.createdAt,
    letterhead: record.letterhead,
    head: {
      form: 'title',
      title: say.title[locale],
      lines: [`${letterLabels.number[locale]}: ${record.number}`],
    },
    blocks: [
      { type: 'paragraph', text: say.opening(dateInWords(record.date, locale), date, record.place)[locale] },
      {
        type: 'facts',
        rows: [
          { label: say.law[locale], value: say.lawText[locale] },
          {
            label: say.consent[locale],
            value: say.consentOf(consent.number, formatDate(consent.date, locale))[locale],
          },
          { label: say.approver[locale], value: record.approver },
          { label: say.amount[locale], value: say.amountOf(items.length)[locale], strong: true },
          { label: say.way[locale], value: say.wayText[locale] },
        ],
      },
      { type: 'paragraph', text: say.closing[locale] },
      { type: 'signatures', right: signatureBlock(record.signature, locale) },
      {
        type: 'signatures',
        left: signatureBlock(first!, locale, [say.witness[locale]]),
        right: signatureBlock(second!, locale, [say.witness[locale]]),
      },
      { type: 'next-page' },
      { type: 'heading', text: say.list[locale] },
      listOf(record, locale),
    ],
    footer: footerOf({ verification: record.verification }, locale),
  }
}

const listOf = ({ items }: DestructionRecord, locale: Locale): Block => ({
  type: 'table',
  dense: true,
  columns: [
    { title: letterLabels.no[locale], width: { mm: 10 }, align: 'center' },
    { title: say.code[locale], width: { mm: 20 } },
    { title: say.record[locale], width: { fr: 5 } },
    { title: say.filedOn[locale], width: { mm: 24 } },
    { title: say.years[locale], width: { mm: 18 } },
    { title: say.digest[locale], width: { fr: 4 }, mono: true },
  ],
  rows: items.map(({ code, record, filedOn, years, sha256 }, index) => [
    `${index + 1}.`,
    code,
    record,
    formatDate(filedOn, locale),
    say.yearsOf(years)[locale],
    // in groups, so that it breaks within its cell
    sha256.replaceAll(/(.{8})(?=.)/g, '$1 '),
  ]),
})
