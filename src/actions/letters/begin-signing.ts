import type { Settlement } from '../../domain/letters/signing.ts'
import { nextSigningStep } from '../../domain/letters/signing.ts'
import { isRepeatable } from '../../domain/office/server-drivers.ts'
import { Refused } from '../../domain/refused.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import { stampTexts } from '../../domain/text/time-stamps.ts'
import { openAttempt } from '../../db/letters/signings.ts'
import type { Tx } from '../../db/database.ts'
import { readRequestById } from '../../db/requests/requests.ts'
import { ownPartOf } from '../../domain/requests/separation.ts'
import { separationTexts } from '../../domain/text/separation.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import type { AwaitedLetter } from './awaited.ts'
import { lockAwaited, requireSignatory } from './awaited.ts'

/** Longer than any way to a signature takes; after it a decision without an end counts as unknown. */
const leaseMs = 3 * 60_000

/** A recorded decision to sign: what its request may now do, once. */
export type SigningAttempt = {
  readonly attempt: string
  readonly decidedAt: Date
  /** Where a service keeps what it signed: then it is fetched, and nothing is signed. */
  readonly documentId: string | null
}

/**
 * Records the decision of the person who holds the office to sign a letter, before the key is used. A second one at
 * the same time is refused; one whose end got lost is taken up again where that can make no second signature.
 *
 * @param settle what the person found out about a signature whose end is unknown
 * @throws Refused `signing-under-way`, `stamp-awaited`, `signing-unknown` (409), `same-person` (403), or what requireSignatory refuses
 */
export function beginSigning(
  deps: Deps,
  member: Member,
  letterId: string,
  settle?: Settlement,
): Promise<SigningAttempt> {
  return act(deps, member, async (tx, write) => {
    const awaited = await lockAwaited(deps, tx, member, letterId)
    requireSignatory(member, awaited)
    await refuseOwnAnswer(tx, member, awaited)
    const { letter, signing, signatory } = awaited
    const now = deps.now()
    const open = openAttempt(signing)
    const step = nextSigningStep(open, signatory.driver !== null && isRepeatable(signatory.driver), now)
    if (step === 'wait') throw new Refused('signing-under-way', signingTexts.underWay, { status: 409 })
    if (step === 'stamp') throw new Refused('stamp-awaited', stampTexts.awaited, { status: 409 })
    if (step === 'settle' && !settle)
      throw new Refused('signing-unknown', signingTexts.unknown, { status: 409 })
    const told = settle && 'documentId' in settle ? settle.documentId : null
    const documentId = step === 'fetch' ? signing.remote_id : step === 'settle' ? told : null
    // the same decision gives the same signature; a new one has its own time
    const decidedAt = step === 'repeat' ? signing.decided_at! : now
    const attempt = deps.newId()
    await tx
      .updateTable('signings')
      .set({
        attempt,
        decided_at: decidedAt,
        lease_until: new Date(now.getTime() + leaseMs),
        remote_id: documentId,
      })
      .where('letter_id', '=', letterId)
      .execute()
    write.note({
      act: documentId === null ? 'letter.signing-decided' : 'letter.signature-fetched',
      subject: { kind: 'letter', id: letter.number },
      role: 'signatory',
      details: {
        sha256: signing.sha256,
        signatory: signatory.id,
        ...(step === 'settle' && { settled: told === null ? 'unsigned' : 'signed' }),
      },
    })
    return { attempt, decidedAt, documentId }
  })
}

/** Nobody signs the answer to their own application. */
async function refuseOwnAnswer(tx: Tx, member: Member, { letter }: AwaitedLetter): Promise<void> {
  const request = letter.request_id ? await readRequestById(tx, letter.request_id) : undefined
  if (request && ownPartOf(request, [], member).applied)
    throw new Refused('same-person', separationTexts.ownLetter, { status: 403 })
}
