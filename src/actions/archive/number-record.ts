import type { Tx } from '../../db/database.ts'
import { insertNumbered } from '../../db/letters/letters.ts'
import { headSignature, listSignatories } from '../../db/letters/signatories.ts'
import { readHead } from '../../db/logbook.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { takeNumber } from '../../db/registers.ts'
import { letterheadOf } from '../../domain/letters/letterhead.ts'
import type { DestructionRecord } from '../../domain/letters/papers.ts'
import { signatureOf } from '../../domain/letters/signature-of.ts'
import { signatoryOn } from '../../domain/letters/signing.ts'
import { code } from '../../domain/requests/ticket.ts'
import type { Deps, Write } from '../act.ts'
import { verificationCodeLength } from '../letters/number-letter.ts'

/** What a record says beside the head of the paper, its number and its signature. */
export type RecordText = Pick<DestructionRecord, 'consent' | 'approver' | 'items' | 'witnesses'>

/**
 * Gives the record of a destruction its number in the register of outgoing letters and fixes what it says; a job sets
 * it and lays it before whoever signs.
 */
export async function numberRecord(
  deps: Deps,
  tx: Tx,
  write: Write,
  facts: { readonly officeId: string; readonly publicUrl: string; readonly said: RecordText },
): Promise<{ letterId: string; number: string }> {
  const { officeId } = facts
  const at = deps.now()
  const taken = await takeNumber(tx, officeId, 'outgoing', at)
  const office = await readPaperOffice(tx, officeId)
  const { slug } = await tx
    .selectFrom('offices')
    .select('slug')
    .where('id', '=', officeId)
    .executeTakeFirstOrThrow()
  const signatory = signatoryOn(await listSignatories(tx), taken.dated)
  const signature = signatory ? signatureOf(signatory) : await headSignature(tx, office.name)
  const head = await readHead(tx, officeId)
  const verification = `${slug.toUpperCase()}-${code(verificationCodeLength, deps.randomBytes)}`
  const paper = {
    kind: 'destruction-record',
    size: office.paper === 'F4' ? 'f4' : 'a4',
    letterhead: letterheadOf(office),
    createdAt: at.toISOString(),
    place: office.place,
    ...facts.said,
    number: taken.number,
    date: taken.dated,
    signature,
    verification: {
      url: `${facts.publicUrl}/periksa/${verification}`,
      code: verification,
      logbookHead: { entries: head.seq, hash: head.hash },
    },
  } satisfies DestructionRecord
  const letterId = deps.newId()
  await insertNumbered(tx, {
    id: letterId,
    officeId,
    register: 'outgoing',
    taken,
    paper,
    code: verification,
    head: { entries: head.seq, hash: head.hash },
    signatoryId: signatory?.id,
    at,
  })
  await write.job('issue-notice', { officeId, letterId })
  write.note({
    act: 'letter.numbered',
    subject: { kind: 'letter', id: taken.number },
    details: { number: taken.number, register: 'outgoing', kind: paper.kind, dated: taken.dated },
  })
  return { letterId, number: taken.number }
}
