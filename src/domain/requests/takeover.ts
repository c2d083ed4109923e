import type { Text } from '../refused.ts'
import { takeoverTexts } from '../text/takeover.ts'

/** For how many days the old contacts of a service may object to its being taken over. */
export const objectionDays = 7
export const objectionMs = objectionDays * 24 * 3_600_000

export type Takeover = {
  readonly objectUntil: Date
  readonly confirmedAt: Date | null
  readonly objections: readonly { readonly at: Date }[]
}

/**
 * Why a service cannot be taken over now: an objection that nobody has answered, or days in which one may still come.
 * The office answers both by confirming that the old contacts left; an objection after that counts again.
 */
export function standsAgainst(
  { objectUntil, confirmedAt, objections }: Takeover,
  now: Date,
): Text | undefined {
  if (objections.some(({ at }) => confirmedAt === null || at > confirmedAt)) return takeoverTexts.objected
  if (confirmedAt === null && now < objectUntil) return takeoverTexts.tooEarly
  return undefined
}
