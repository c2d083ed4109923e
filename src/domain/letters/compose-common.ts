import type { Locale } from '../refused.ts'
import { electronicText, footerText, letterLabels, type LetterAbout } from '../text/letters.ts'
import { formatDate } from '../dates/indonesian.ts'
import type { LogbookHead, Reference, Signature, Verification } from './parts.ts'
import type { Block, Footer, Head, Row, SignatureBlock } from './sheet.ts'

/** Characters of a digest that are printed: enough to compare by eye, the full one is on the public page. */
const SHORT_HASH = 16

/** The first characters of a digest in groups of four: `3f2a 9c01 ...`. */
export function shortHash(hash: string): string {
  return hash.slice(0, SHORT_HASH).replaceAll(/(.{4})(?=.)/g, '$1 ')
}

export function aboutInWords(about: Reference, locale: Locale): LetterAbout {
  return {
    number: about.letterNumber,
    date: formatDate(about.letterDate, locale),
    subject: about.letterSubject,
    ticket: about.ticket,
    system: about.system,
  }
}

type LetterHead = {
  number: string
  nature: string
  attachments: string
  subject: string
  place: string
  date: string
  recipient: { lines: readonly string[]; place: string }
}

/** Nomor, Sifat, Lampiran, Hal on the left, place and date on the right, `Yth.` below. */
export function letterHead(letter: LetterHead, locale: Locale): Head {
  const [first, ...others] = letter.recipient.lines
  const rows: Row[] = [
    { label: letterLabels.number[locale], value: letter.number },
    { label: letterLabels.nature[locale], value: letter.nature },
    { label: letterLabels.attachments[locale], value: letter.attachments },
    { label: letterLabels.subject[locale], value: letter.subject, strong: true },
  ]
  return {
    form: 'letter',
    rows,
    placeAndDate: `${letter.place}, ${letter.date}`,
    recipient: [
      `${letterLabels.to[locale]} ${first}`,
      ...others,
      `${letterLabels.at[locale]} ${letter.recipient.place}`,
    ],
  }
}

/** `Plt. Kepala Dinas ...,` above the space for the signature; name, rank and NIP below it. */
export function signatureBlock(
  signature: Omit<Signature, 'name'> & { name?: string | undefined },
  locale: Locale,
  opening: readonly string[] = [],
): SignatureBlock {
  const post = signature.acting === undefined ? signature.post : `${signature.acting} ${signature.post}`
  const below = [signature.rank, signature.nip && letterLabels.nip(signature.nip)[locale]]
  return {
    heading: [...opening, `${post},`],
    name: signature.name ?? letterLabels.blank[locale],
    below: below.filter((entry) => entry !== undefined),
    ...(signature.electronic && {
      electronic: electronicText[signature.electronic].map((each) => each[locale]),
    }),
  }
}

export function copiesBlock(copies: readonly string[], locale: Locale): Block[] {
  return copies.length === 0 ? [] : [{ type: 'copies', title: letterLabels.copies[locale], items: copies }]
}

/** The foot of every page: how to check the paper, its code, the logbook's head, the page number. */
export function footerOf(
  proof: { verification?: Verification | undefined; head?: LogbookHead | undefined },
  locale: Locale,
): Footer {
  const { verification } = proof
  const head = proof.head ?? verification?.logbookHead
  const [before, between] = footerText.page[locale].split('{}')
  return {
    lines: [
      ...(verification ? [footerText.verify[locale], verification.url] : []),
      ...(head ? [footerText.head(head.entries, shortHash(head.hash))[locale]] : []),
    ],
    code: verification ? { label: letterLabels.verificationCode[locale], value: verification.code } : null,
    url: verification?.url ?? null,
    page: [before!, between!],
  }
}
