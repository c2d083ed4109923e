import { formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { letterLabels, registerText } from '../text/letters.ts'
import { footerOf, shortHash, signatureBlock } from './compose-common.ts'
import type { LogbookRegister } from './papers.ts'
import type { Block, Sheet } from './sheet.ts'

/** Lays out the printable register (buku log) in the office's columns, with the fingerprint of every entry. */
export function composeRegister(register: LogbookRegister, locale: Locale): Sheet {
  const table: Block = {
    type: 'table',
    columns: [
      { title: letterLabels.no[locale], width: { mm: 12 }, align: 'center' },
      { title: registerText.at[locale], width: { mm: 34 } },
      { title: registerText.activity[locale], width: { fr: 5 } },
      { title: registerText.actor[locale], width: { fr: 3 } },
      { title: registerText.request[locale], width: { fr: 4 } },
      { title: registerText.remark[locale], width: { fr: 6 } },
      { title: registerText.digest[locale], width: { mm: 36 }, mono: true },
    ],
    rows: register.rows.map((row) => [
      String(row.no),
      row.at,
      row.activity,
      row.actor,
      row.request,
      row.remark,
      shortHash(row.hash),
    ]),
  }
  const placeAndDate = `${register.place}, ${formatDate(register.date, locale)}`
  return {
    size: register.size,
    landscape: true,
    title: register.title,
    author: register.letterhead.office,
    lang: locale,
    createdAt: register.createdAt,
    letterhead: register.letterhead,
    head: { form: 'title', title: register.title, lines: [register.period] },
    blocks: [
      table,
      ...(register.signature
        ? [{ type: 'signatures' as const, right: signatureBlock(register.signature, locale, [placeAndDate]) }]
        : []),
    ],
    footer: footerOf({ verification: register.verification, head: register.head }, locale),
  }
}
