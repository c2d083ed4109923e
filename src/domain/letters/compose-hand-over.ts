import { dateInWords, formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { handOverText as say, letterLabels } from '../text/letters.ts'
import { aboutInWords, footerOf, signatureBlock } from './compose-common.ts'
import type { HandOverNote } from './papers.ts'
import type { Block, Row, Sheet } from './sheet.ts'

/** Lays out the minutes of hand-over (BAST): two parties, the day in words, what is handed over; never a secret. */
export function composeHandOver(note: HandOverNote, locale: Locale): Sheet {
  const date = formatDate(note.date, locale)
  return {
    size: note.size,
    landscape: false,
    title: `${say.title[locale]} (${note.number})`,
    author: note.letterhead.office,
    lang: locale,
    createdAt: note.createdAt,
    letterhead: note.letterhead,
    head: {
      form: 'title',
      title: say.title[locale],
      lines: [`${letterLabels.number[locale]}: ${note.number}`],
    },
    blocks: [
      { type: 'paragraph', text: say.opening(dateInWords(note.date, locale), date, note.place)[locale] },
      { type: 'facts', rows: partyOf(firstParty(note), locale) },
      { type: 'paragraph', text: say.partyIs(say.first[locale])[locale] },
      { type: 'facts', rows: partyOf(note.receivedBy, locale, note.about.agency) },
      { type: 'paragraph', text: say.partyIs(say.second[locale])[locale] },
      { type: 'paragraph', text: say.basis(aboutInWords(note.about, locale))[locale] },
      itemsOf(note, locale),
      ...revealOf(note, locale),
      { type: 'paragraph', text: say.responsible[locale] },
      { type: 'paragraph', text: say.closing[locale] },
      signaturesOf(note, locale),
    ],
    footer: footerOf({ verification: note.verification }, locale),
  }
}

type Party = { readonly name: string; readonly nip?: string; readonly rank?: string; readonly post: string }

const firstParty = ({ signature: { acting, post, ...person } }: HandOverNote): Party => ({
  ...person,
  post: acting === undefined ? post : `${acting} ${post}`,
})

function partyOf(party: Party, locale: Locale, agency?: string): Row[] {
  return [
    { label: say.name[locale], value: party.name, strong: true },
    ...(party.nip ? [{ label: say.nip[locale], value: party.nip }] : []),
    ...(party.rank ? [{ label: say.rank[locale], value: party.rank }] : []),
    { label: say.post[locale], value: party.post },
    ...(agency === undefined ? [] : [{ label: letterLabels.agency[locale], value: agency }]),
  ]
}

function itemsOf(note: HandOverNote, locale: Locale): Block {
  const items: (readonly [string, string])[] = [
    [letterLabels.fqdn[locale], note.fqdn],
    [letterLabels.service[locale], note.service],
    [letterLabels.system[locale], note.about.system],
    ...note.details.map(({ label, value }) => [label, value] as const),
    ...(note.reveal ? [[say.account[locale], say.accountOf(note.reveal.contact)[locale]] as const] : []),
    ...note.enclosed.map((each) => [say.enclosedItem[locale], each] as const),
    ...(note.registeredUntil
      ? [[letterLabels.registeredUntil[locale], formatDate(note.registeredUntil, locale)] as const]
      : []),
  ]
  return {
    type: 'table',
    columns: [
      { title: letterLabels.no[locale], width: { mm: 11 }, align: 'center' },
      { title: say.item[locale], width: { fr: 3 } },
      { title: say.detail[locale], width: { fr: 5 } },
    ],
    rows: items.map(([label, value], index) => [`${index + 1}.`, label, value]),
  }
}

function revealOf({ reveal }: HandOverNote, locale: Locale): Block[] {
  if (!reveal) return []
  const text = say.reveal(reveal.contact, reveal.portal, formatDate(reveal.until, locale))
  return [{ type: 'notice', title: say.credentials[locale], text: text[locale] }]
}

/** Who hands over stands on the right, where the office signs in every paper. */
function signaturesOf(note: HandOverNote, locale: Locale): Block {
  const { name, nip, rank, post } = note.receivedBy
  return {
    type: 'signatures',
    left: signatureBlock({ name, post, ...(rank && { rank }), ...(nip && { nip }) }, locale, [
      say.second[locale],
      say.receiver[locale],
    ]),
    right: signatureBlock(note.signature, locale, [say.first[locale], say.giver[locale]]),
  }
}
