import { formatDate } from '../dates/indonesian.ts'
import type { Locale } from '../refused.ts'
import { letterLabels, replyText } from '../text/letters.ts'
import { noticeText as say } from '../text/notice.ts'
import { footerOf, letterHead, signatureBlock } from './compose-common.ts'
import type { DeactivationNotice } from './papers.ts'
import type { Row, Sheet } from './sheet.ts'

/** Lays out the notice that a service will be deactivated: what, why, when, what follows and how to avoid it. */
export function composeNotice(notice: DeactivationNotice, locale: Locale): Sheet {
  const deactivatedOn = formatDate(notice.deactivatedOn, locale)
  const { subject } = notice
  return {
    size: notice.size,
    landscape: false,
    title: subject,
    author: notice.letterhead.office,
    lang: locale,
    createdAt: notice.createdAt,
    letterhead: notice.letterhead,
    head: letterHead(
      {
        number: notice.number,
        nature: say.nature[locale],
        attachments: '-',
        subject,
        place: notice.place,
        date: formatDate(notice.date, locale),
        recipient: notice.recipient,
      },
      locale,
    ),
    blocks: [
      { type: 'paragraph', text: say.opening(notice.agency)[locale] },
      { type: 'facts', rows: factsOf(notice, deactivatedOn, locale) },
      { type: 'paragraph', text: say.effects(deactivatedOn)[locale] },
      {
        type: 'list',
        items: [say.nameGone(notice.fqdn)[locale], ...(notice.hasSite ? [say.siteGone[locale]] : [])],
      },
      { type: 'paragraph', text: say.avoid[locale] },
      { type: 'list', items: [say.renew(notice.portal)[locale], say.answer[locale]] },
      { type: 'paragraph', text: say.closure[locale] },
      { type: 'paragraph', text: replyText.closing[locale] },
      { type: 'signatures', right: signatureBlock(notice.signature, locale) },
    ],
    footer: footerOf(notice, locale),
  }
}

function factsOf(notice: DeactivationNotice, deactivatedOn: string, locale: Locale): Row[] {
  const { system, registeredUntil } = notice
  return [
    { label: letterLabels.fqdn[locale], value: notice.fqdn, strong: true },
    ...(system ? [{ label: letterLabels.system[locale], value: system }] : []),
    ...(registeredUntil ? [{ label: say.until[locale], value: formatDate(registeredUntil, locale) }] : []),
    { label: say.ground[locale], value: notice.ground },
    { label: say.date[locale], value: deactivatedOn, strong: true },
  ]
}
