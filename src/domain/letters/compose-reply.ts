import type { Locale } from '../refused.ts'
import { letterLabels, replyText } from '../text/letters.ts'
import { aboutInWords, copiesBlock, footerOf, letterHead, signatureBlock } from './compose-common.ts'
import { formatDate } from '../dates/indonesian.ts'
import type { ReplyLetter } from './papers.ts'
import type { Block, Row, Sheet } from './sheet.ts'

/** Lays out a reply letter: acceptance, refusal or return. */
export function composeReply(letter: ReplyLetter, locale: Locale): Sheet {
  return {
    size: letter.size,
    landscape: false,
    title: `${letter.subject} (${letter.number})`,
    author: letter.letterhead.office,
    lang: locale,
    createdAt: letter.createdAt,
    letterhead: letter.letterhead,
    head: letterHead({ ...letter, date: formatDate(letter.date, locale) }, locale),
    blocks: [
      ...(letter.outcome === 'accepted' ? acceptance(letter, locale) : reasons(letter, locale)),
      { type: 'paragraph', text: replyText.closing[locale] },
      { type: 'signatures', right: signatureBlock(letter.signature, locale) },
      ...copiesBlock(letter.copies, locale),
    ],
    footer: footerOf({ verification: letter.verification }, locale),
  }
}

function acceptance(letter: ReplyLetter, locale: Locale): Block[] {
  const granted = letter.granted!
  const closed = granted.effect === 'closed'
  const until = granted.registeredUntil && formatDate(granted.registeredUntil, locale)
  const rows: Row[] = [
    { label: letterLabels.service[locale], value: granted.service },
    { label: letterLabels.fqdn[locale], value: granted.fqdn, strong: true },
    { label: letterLabels.system[locale], value: letter.about.system },
    { label: letterLabels.agency[locale], value: letter.about.agency },
    ...granted.details,
    {
      label: (closed ? letterLabels.closedOn : letterLabels.since)[locale],
      value: formatDate(granted.since, locale),
    },
    ...(until && !closed ? [{ label: letterLabels.registeredUntil[locale], value: until }] : []),
  ]
  const opening = replyText.accepted(aboutInWords(letter.about, locale), granted.effect)
  const duties = [
    ...(granted.effect === 'created' ? [replyText.noSecrets] : []),
    replyText.responsible,
    until ? replyText.reRegister(until) : replyText.tellChanges,
  ]
  return [
    { type: 'paragraph', text: opening[locale] },
    { type: 'facts', rows },
    ...(closed
      ? []
      : ([
          { type: 'paragraph', text: replyText.attention[locale] },
          { type: 'list', items: duties.map((duty) => duty[locale]) },
        ] satisfies Block[])),
  ]
}

function reasons(letter: ReplyLetter, locale: Locale): Block[] {
  const refused = letter.outcome === 'refused'
  const by = letter.answerBy && formatDate(letter.answerBy, locale)
  const opening = (refused ? replyText.refused : replyText.returned)(aboutInWords(letter.about, locale))
  const next = (refused ? replyText.objection : replyText.correct)(letter.about.ticket, by)
  return [
    { type: 'paragraph', text: opening[locale] },
    {
      type: 'table',
      columns: [
        { title: letterLabels.no[locale], width: { mm: 11 }, align: 'center' },
        { title: (refused ? letterLabels.ground : letterLabels.item)[locale], width: { fr: 4 } },
        { title: letterLabels.explanation[locale], width: { fr: 6 } },
      ],
      rows: letter.reasons.map((reason, index) => [
        `${index + 1}.`,
        reason.code === undefined
          ? reason.ground
          : `${reason.ground} ${letterLabels.code(reason.code)[locale]}`,
        reason.remark,
      ]),
    },
    { type: 'paragraph', text: next[locale] },
  ]
}
