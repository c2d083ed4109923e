import { formatDate, weekdayName } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { handOverText, letterLabels } from '../text/letters.ts'
import { aboutInWords, footerOf, signatureBlock } from './compose-common.ts'
import type { HandOverNote } from './papers.ts'
import type { Block, Row, Sheet } from './sheet.ts'

/** Lays out the hand-over note: the address and everything that goes with it, never a secret. */
export function composeHandOver(note: HandOverNote, locale: Locale): Sheet {
  const opening = handOverText.opening(
    weekdayName(note.date, locale),
    formatDate(note.date, locale),
    aboutInWords(note.about, locale),
  )
  const giver = signatureBlock(note.signature, locale, [
    `${note.place}, ${formatDate(note.date, locale)}`,
    handOverText.giver[locale],
  ])
  return {
    size: note.size,
    landscape: false,
    title: `${handOverText.title[locale]} (${note.number})`,
    author: note.letterhead.office,
    lang: locale,
    createdAt: note.createdAt,
    letterhead: note.letterhead,
    head: {
      form: 'title',
      title: handOverText.title[locale],
      lines: [`${letterLabels.number[locale]}: ${note.number}`],
    },
    blocks: [
      { type: 'paragraph', text: opening[locale] },
      { type: 'facts', rows: factsOf(note, locale) },
      ...revealOf(note, locale),
      ...(note.enclosed.length > 0
        ? ([
            { type: 'paragraph', text: handOverText.enclosed[locale] },
            { type: 'list', items: note.enclosed },
          ] satisfies Block[])
        : []),
      { type: 'paragraph', text: handOverText.responsible[locale] },
      { type: 'paragraph', text: handOverText.closing[locale] },
      {
        type: 'signatures',
        left: {
          heading: ['', handOverText.receiver[locale]],
          name: note.receivedBy.name,
          below: [note.receivedBy.post],
        },
        right: giver,
      },
    ],
    footer: footerOf({ verification: note.verification }, locale),
  }
}

function factsOf(note: HandOverNote, locale: Locale): Row[] {
  return [
    { label: letterLabels.fqdn[locale], value: note.fqdn, strong: true },
    { label: letterLabels.service[locale], value: note.service },
    { label: letterLabels.system[locale], value: note.about.system },
    { label: letterLabels.agency[locale], value: note.about.agency },
    ...note.details,
    ...(note.registeredUntil
      ? [{ label: letterLabels.registeredUntil[locale], value: formatDate(note.registeredUntil, locale) }]
      : []),
  ]
}

function revealOf({ reveal }: HandOverNote, locale: Locale): Block[] {
  if (!reveal) return []
  const text = handOverText.reveal(reveal.contact, reveal.portal, formatDate(reveal.until, locale))
  return [{ type: 'notice', title: handOverText.credentials[locale], text: text[locale] }]
}
