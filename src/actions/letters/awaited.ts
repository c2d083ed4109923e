import { localDate } from '../../domain/dates/zones.ts'
import { holdsOffice } from '../../domain/letters/signing.ts'
import { Refused } from '../../domain/refused.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import type { Tx } from '../../db/database.ts'
import type { LetterRow } from '../../db/letters/letters.ts'
import { readLetter } from '../../db/letters/letters.ts'
import type { SignatoryRow } from '../../db/letters/signatories.ts'
import { readSignatory } from '../../db/letters/signatories.ts'
import type { SigningRow } from '../../db/letters/signings.ts'
import { lockSigning } from '../../db/letters/signings.ts'
import type { Deps, Member } from '../act.ts'
import { notFound } from '../act.ts'

export type AwaitedLetter = {
  readonly letter: LetterRow
  readonly signing: SigningRow
  readonly signatory: SignatoryRow
  /** Local day of the office. */
  readonly today: string
}

/**
 * Locks a letter that waits for a signature.
 * @throws Refused `not-found`, `letter-not-awaiting` (409)
 */
export async function lockAwaited(
  deps: Deps,
  tx: Tx,
  member: Member,
  letterId: string,
): Promise<AwaitedLetter> {
  const signing = await lockSigning(tx, letterId)
  const letter = await readLetter(tx, letterId)
  if (!letter) throw notFound()
  if (!signing || letter.status !== 'awaiting')
    throw new Refused('letter-not-awaiting', signingTexts.notAwaiting, { status: 409 })
  const { timezone } = await tx
    .selectFrom('offices')
    .select('timezone')
    .where('id', '=', member.officeId)
    .executeTakeFirstOrThrow()
  const signatory = (await readSignatory(tx, signing.signatory_id))!
  return { letter, signing, signatory, today: localDate(deps.now(), timezone) }
}

/**
 * A letter is decided on by the person whose name stands below it, while they hold the office.
 * @throws Refused `not-signatory`, `not-in-office` (403)
 */
export function requireSignatory(member: Member, { signatory, today }: AwaitedLetter): void {
  if (signatory.personId !== member.personId)
    throw new Refused('not-signatory', signingTexts.notSignatory, { status: 403 })
  if (!holdsOffice(signatory, today))
    throw new Refused('not-in-office', signingTexts.notInOffice, { status: 403 })
}
