import { Refused } from '../refused.ts'
import { ageTexts } from '../text/age.ts'

/** `age1` and 58 characters of Bech32 (BIP 173): an X25519 recipient as age-keygen prints it (C2SP age, 2024). */
const form = /^age1[ac-hj-np-z02-9]{58}$/
/** Longer input is not looked at. */
export const maxRecipientLength = 200

/**
 * Reads a recipient as somebody pasted it, by its form alone; whether it can be encrypted to shows only trying.
 * @throws Refused `bad-recipient` (422), with a sentence of its own for a secret key that was given away
 */
export function parseRecipient(pasted: string): string {
  const text = pasted.trim()
  if (isSecretKey(text)) throw badRecipient(ageTexts.secretKey)
  if (/^(ssh-|age1(pq|tag|tagpq|[a-z0-9]+)1)/.test(text) && !form.test(text))
    throw badRecipient(ageTexts.otherKind)
  if (!form.test(text)) throw badRecipient(ageTexts.notRecipient)
  return text
}

/** Whether somebody pasted the key that only they may have: it is neither kept nor shown again. */
export const isSecretKey = (text: string): boolean => /AGE-(SECRET-KEY|PLUGIN)-/i.test(text)

/** A "no" that stands beside the field of the recipient. */
export const badRecipient = (text: { readonly id: string; readonly en: string }, cause?: unknown): Refused =>
  new Refused('bad-recipient', text, { status: 422, issues: [{ field: 'recipient', text }], cause })
