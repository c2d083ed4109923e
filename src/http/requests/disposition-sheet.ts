import type { Member } from '../../actions/act.ts'
import { notePrinted } from '../../actions/letters/note-printed.ts'
import { inScope } from '../../db/database.ts'
import { readLogo, readPaperOffice } from '../../db/office/settings.ts'
import { isLocalDate, localDate } from '../../domain/dates/zones.ts'
import { letterheadOf } from '../../domain/letters/letterhead.ts'
import { senderOf } from '../../domain/letters/sender.ts'
import type { DispositionSheet } from '../../domain/letters/papers.ts'
import type { PaperOffice } from '../../domain/logbook/register.ts'
import { Refused } from '../../domain/refused.ts'
import { dispositionsOf } from '../../domain/requests/dispositions.ts'
import { dispositionText } from '../../domain/text/disposition.ts'
import { applicationText } from '../../domain/text/letters.ts'
import type { HttpDeps } from '../deps.ts'
import { download } from '../download.ts'
import type { Case } from './open-case.ts'

/**
 * The disposition sheet of a request as a PDF. Printing it is noted.
 * @throws Refused `not-disposed` (404) while nobody has passed the letter on
 */
export async function dispositionAnswer(deps: HttpDeps, member: Member, view: Case): Promise<Response> {
  const office = await inScope(deps.db, member, (tx) => readPaperOffice(tx, member.officeId))
  const logo = await readLogo(deps.db, member.officeId)
  const bytes = await deps.lookups.renderPaper(dispositionPaper(view, office, logo), member.officeId)
  const { ticket } = view.row
  await notePrinted(deps, member, { act: 'request.disposition-printed', ticket }, bytes)
  const filename = `lembar-disposisi-${ticket}.pdf`
  return download({ filename, mediaType: 'application/pdf', bytes })
}

/** @throws Refused `not-disposed` (404) while nobody has passed the letter on */
export function dispositionPaper(view: Case, office: PaperOffice, logo: Uint8Array | null): DispositionSheet {
  const { row, sop, events, agency, kind, zoneOfTime, now } = view
  const all = dispositionsOf(sop, events)
  if (all.length === 0) throw new Refused('not-disposed', dispositionText.none, { status: 404 })
  const { number, date, signatoryPost } = row.form.letter ?? {}
  const received = events.findLast((event) => typeof event.data.incoming === 'string')
  const form = received?.data.form as { receivedOn?: string } | undefined
  const receivedAt = received?.at ?? row.submitted_at
  const receivedOn = form?.receivedOn ?? (receivedAt ? localDate(receivedAt, zoneOfTime) : undefined)
  return {
    kind: 'disposition-sheet',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office, logo),
    createdAt: now.toISOString(),
    ticket: row.ticket,
    from: senderOf(signatoryPost, agency.name),
    ...(number && { number }),
    ...(date && isLocalDate(date) && { date }),
    subject: [applicationText.subject(kind.label.id).id, row.fqdn].filter(Boolean).join(': '),
    ...(receivedOn && { receivedOn }),
    ...(received && { agenda: String(received.data.incoming) }),
    entries: all.map((each) => ({
      date: localDate(each.at, zoneOfTime),
      by: each.by,
      to: each.to,
      instruction: each.instruction,
    })),
  }
}
