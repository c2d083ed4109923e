import { beginSigning } from '../actions/letters/begin-signing.ts'
import { holdSigned } from '../actions/letters/hold-signed.ts'
import { recordLetterSigned } from '../actions/letters/record-letter-signed.ts'
import type { SignedLetter } from '../actions/letters/record-letter-signed.ts'
import { recordSigningFailed } from '../actions/letters/record-signing-failed.ts'
import type { Member } from '../actions/act.ts'
import { clearTries, countTry, uncountTry } from '../db/tries.ts'
import type { Settlement } from '../domain/letters/signing.ts'
import { Refused } from '../domain/refused.ts'
import { signingTexts, signRefusalTexts } from '../domain/text/signing.ts'
import type { HttpDeps } from './deps.ts'

/** Tries of one person, so that nobody finds a passphrase by trying. */
const maxTries = 5
const windowMs = 15 * 60_000
const windowMinutes = windowMs / 60_000

/** @param settle what the person found out about an attempt whose end is unknown */
export type SignOrder = { readonly passphrase: string; readonly settle?: Settlement | undefined }

/** What came of it: the letter is out, or it is signed and waits for its time stamp. */
export type Signed = 'issued' | 'awaits-stamp'

/**
 * Signs a letter for the person who holds the office: their decision is recorded, then the key is used, then the
 * signed file is recorded. The passphrase lives as long as this call.
 *
 * @throws Refused with what stands in the way; `signing-outcome-unknown` (503) where a service gave no clear answer
 */
export async function signForMember(
  deps: HttpDeps,
  member: Member,
  letterId: string,
  order: SignOrder,
): Promise<Signed> {
  const tries = `passphrase ${member.personId}`
  if ((await countTry(deps.db, tries, windowMs, deps.now())) > maxTries)
    throw new Refused('too-many-tries', signingTexts.tooManyTries(windowMinutes), { status: 429 })
  try {
    const signed = await decideAndSign(deps, member, letterId, order)
    await clearTries(deps.db, tries)
    return signed
  } catch (error) {
    const isWrong = error instanceof Refused && error.reason === 'wrong-passphrase'
    if (!isWrong) await uncountTry(deps.db, tries)
    throw error
  }
}

async function decideAndSign(
  deps: HttpDeps,
  member: Member,
  letterId: string,
  { passphrase, settle }: SignOrder,
): Promise<Signed> {
  const { attempt, decidedAt, documentId } = await beginSigning(deps, member, letterId, settle)
  const { officeId } = member
  const question = { officeId, letterId, decidedAt, documentId, passphrase }
  const answer = await deps.lookups.signLetter(question)
  if (answer.kind === 'signed') {
    return recordSigned(deps, member, letterId, { ...answer, attempt })
  }
  if (answer.kind === 'unknown') {
    const failure = { reason: 'unknown' as const, documentId: answer.documentId }
    await recordSigningFailed(deps, member, letterId, attempt, failure)
    throw new Refused('signing-outcome-unknown', signingTexts.outcomeUnknown, { status: 503 })
  }
  await recordSigningFailed(deps, member, letterId, attempt, { reason: answer.reason })
  const text = signRefusalTexts[answer.reason]
  const issues = answer.reason === 'wrong-passphrase' ? [{ field: 'passphrase', text }] : []
  throw new Refused(answer.reason, text, { status: 422, issues })
}

async function recordSigned(
  deps: HttpDeps,
  member: Member,
  letterId: string,
  signed: SignedLetter,
): Promise<Signed> {
  const { stamping } = signed
  if (stamping.kind === 'missing' && stamping.required) {
    await holdSigned(deps, member, letterId, { ...signed, trouble: stamping.trouble })
    return 'awaits-stamp'
  }
  await recordLetterSigned(deps, member, letterId, signed)
  return 'issued'
}
