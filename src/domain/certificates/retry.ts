/** Minutes until a certificate that could not be had is tried again: each time twice as long. */
const MINUTE_MS = 60_000
const FIRST_MINUTES = { passing: 1, lasting: 30 }
const LONGEST_MINUTES = { passing: 60, lasting: 24 * 60 }

/**
 * When to try again. Public authorities refuse further tries after five failed proofs in an hour, so what a person has
 * to mend is tried seldom; what passes by itself, such as an outage, is tried soon.
 */
export function tryAgainAt(
  failure: { readonly isLasting: boolean; readonly notBefore?: Date | undefined; readonly attempts: number },
  now: Date,
): Date {
  const kind = failure.isLasting ? 'lasting' : 'passing'
  const minutes = Math.min(FIRST_MINUTES[kind] * 2 ** Math.min(failure.attempts, 20), LONGEST_MINUTES[kind])
  const at = now.getTime() + minutes * MINUTE_MS
  return new Date(Math.max(at, failure.notBefore?.getTime() ?? 0))
}
