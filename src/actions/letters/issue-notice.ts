import { noticeWriters } from '../../domain/access/duties.ts'
import { letterheadOf } from '../../domain/letters/letterhead.ts'
import type { DeactivationNotice } from '../../domain/letters/papers.ts'
import type { LogbookHead, Signature } from '../../domain/letters/parts.ts'
import type { PaperOffice } from '../../domain/logbook/register.ts'
import { signatureOf } from '../../domain/letters/signature-of.ts'
import { signatoryOn } from '../../domain/letters/signing.ts'
import { Refused } from '../../domain/refused.ts'
import { code } from '../../domain/requests/ticket.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { noticeText } from '../../domain/text/notice.ts'
import { paperTexts } from '../../domain/text/papers.ts'
import { insertNumbered } from '../../db/letters/letters.ts'
import { headSignature, listSignatories } from '../../db/letters/signatories.ts'
import { readHead } from '../../db/logbook.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { takeNumber } from '../../db/registers.ts'
import type { ServiceFile } from '../../db/services/lists.ts'
import { readServiceFile } from '../../db/services/lists.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { verificationCodeLength } from './number-letter.ts'

type Wish = {
  readonly serviceId: string
  /** Local day of the office on which the service will be deactivated. */
  readonly date: string
  readonly ground: string
  readonly publicUrl: string
}

/**
 * Gives a notice of deactivation its number in the register of outgoing letters and fixes what it says; a job sets it
 * and lays it before whoever signs. The service stays as it is.
 *
 * @returns the id of the letter
 * @throws Refused `service-closed` (409), `bad-input` for a day that has come already
 */
export function issueNotice(deps: Deps, member: Member, input: Wish): Promise<{ id: string }> {
  requireRole(member, ...noticeWriters)
  return act(deps, member, async (tx, write) => {
    const service = await readServiceFile(tx, input.serviceId)
    if (!service) throw notFound()
    if (service.status !== 'live') throw new Refused('service-closed', noticeText.closed, { status: 409 })
    const at = deps.now()
    const office = await readPaperOffice(tx, member.officeId)
    const { slug } = await tx
      .selectFrom('offices')
      .select('slug')
      .where('id', '=', member.officeId)
      .executeTakeFirstOrThrow()
    const taken = await takeNumber(tx, member.officeId, 'outgoing', at)
    if (input.date <= taken.dated) {
      const issues = [{ field: 'date', text: noticeText.dateTooEarly }]
      throw new Refused('bad-input', httpTexts.badInput, { issues })
    }
    const signatory = signatoryOn(await listSignatories(tx), taken.dated)
    const head = await readHead(tx, member.officeId)
    const verification = `${slug.toUpperCase()}-${code(verificationCodeLength, deps.randomBytes)}`
    const paper = paperOf(input, {
      office,
      service,
      at,
      number: taken.number,
      dated: taken.dated,
      signature: signatory ? signatureOf(signatory) : await headSignature(tx, office.name),
      code: verification,
      head: { entries: head.seq, hash: head.hash },
    })
    const id = deps.newId()
    await insertNumbered(tx, {
      id,
      officeId: member.officeId,
      register: 'outgoing',
      taken,
      paper,
      code: verification,
      head: { entries: head.seq, hash: head.hash },
      signatoryId: signatory?.id,
      at,
    })
    await write.job('issue-notice', { officeId: member.officeId, letterId: id })
    write.note({
      act: 'letter.numbered',
      subject: { kind: 'letter', id: taken.number },
      details: {
        number: taken.number,
        register: 'outgoing',
        kind: paper.kind,
        dated: taken.dated,
        service: service.fqdn,
        deactivatedOn: input.date,
      },
    })
    return { id }
  })
}

function paperOf(
  { date, ground, publicUrl }: Wish,
  facts: {
    readonly office: PaperOffice
    readonly service: ServiceFile
    readonly at: Date
    readonly number: string
    readonly dated: string
    readonly signature: Signature
    readonly code: string
    readonly head: LogbookHead
  },
): DeactivationNotice {
  const { office, service, at, number, dated, signature, code: verification, head } = facts
  return {
    kind: 'deactivation-notice',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office),
    createdAt: at.toISOString(),
    number,
    subject: noticeText.subject(service.fqdn).id,
    place: office.place,
    date: dated,
    recipient: { lines: [paperTexts.headOf(service.agency).id], place: paperTexts.atPlace.id },
    agency: service.agency,
    fqdn: service.fqdn,
    ...(service.system && { system: service.system.name }),
    hasSite: service.hasSite,
    ...(service.registeredUntil && { registeredUntil: service.registeredUntil }),
    ground,
    deactivatedOn: date,
    portal: publicUrl,
    signature,
    verification: { url: `${publicUrl}/periksa/${verification}`, code: verification, logbookHead: head },
  }
}
