import * as z from 'zod'
import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import { signatureOn } from '../../db/letters/signatories.ts'
import { readLogo, readPaperOffice } from '../../db/office/settings.ts'
import type { ServiceFile } from '../../db/services/lists.ts'
import { formatDate } from '../../domain/dates/indonesian.ts'
import { localDate } from '../../domain/dates/zones.ts'
import { letterheadOf } from '../../domain/letters/letterhead.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { noticeText } from '../../domain/text/notice.ts'
import { paperTexts } from '../../domain/text/papers.ts'
import type { HttpDeps } from '../deps.ts'
import { download } from '../download.ts'

/** What an officer says for a notice; days are of the office's calendar. */
export const noticeInput = z.object({
  date: z.iso.date(),
  ground: z.string().trim().min(10).max(1000),
})
export type NoticeInput = z.infer<typeof noticeInput>

/** @returns the ground that the registry itself knows; nothing when the registration has no end */
export function knownGround({ registeredUntil }: ServiceFile, today: string): string | undefined {
  if (!registeredUntil) return undefined
  const say = registeredUntil < today ? noticeText.runOut : noticeText.runsOut
  return say(formatDate(registeredUntil)).id
}

/**
 * The notice that a service will be deactivated, as a PDF to number, sign and send. Nothing is changed.
 * @throws Refused for a closed service or a day that has come already
 */
export async function noticeAnswer(
  deps: HttpDeps,
  member: Member,
  service: ServiceFile,
  { date, ground }: NoticeInput,
): Promise<Response> {
  const at = deps.now()
  if (service.status !== 'live') throw new Refused('service-closed', noticeText.closed, { status: 409 })
  const logo = await readLogo(deps.db, member.officeId)
  const { office, today, signature } = await inScope(deps.db, member, async (tx) => {
    const facts = await readPaperOffice(tx, member.officeId)
    const day = localDate(at, facts.timezone)
    return { office: facts, today: day, signature: await signatureOn(tx, facts.name, day) }
  })
  if (date <= today) {
    const issues = [{ field: 'date', text: noticeText.dateTooEarly }]
    throw new Refused('bad-input', httpTexts.badInput, { issues })
  }
  const bytes = await deps.lookups.renderPaper({
    kind: 'deactivation-notice',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office, logo),
    createdAt: at.toISOString(),
    place: office.place,
    date: today,
    recipient: { lines: [paperTexts.headOf(service.agency).id], place: paperTexts.atPlace.id },
    agency: service.agency,
    fqdn: service.fqdn,
    ...(service.system && { system: service.system.name }),
    hasSite: service.hasSite,
    ...(service.registeredUntil && { registeredUntil: service.registeredUntil }),
    ground,
    deactivatedOn: date,
    portal: deps.config.publicUrl,
    signature,
  })
  const filename = `pemberitahuan-penonaktifan-${service.fqdn}.pdf`
  return download({ filename, mediaType: 'application/pdf', bytes })
}
