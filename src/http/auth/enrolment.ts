import { readEnrolmentLink } from '../../db/passkeys.ts'
import { needsFactor } from '../../domain/access/second-factor.ts'
import { hashToken } from '../../domain/access/tokens.ts'
import { Refused } from '../../domain/refused.ts'
import { factorTexts } from '../../domain/text/second-factor.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'

/**
 * After a reset by an administrator a second factor is set up with the link of the mail only.
 * @throws Refused (403) without it, or when it is over or another
 */
export async function requireEnrolmentLink(
  deps: HttpDeps,
  person: Person,
  given: string | undefined,
): Promise<void> {
  const link = await readEnrolmentLink(deps.db, person.id)
  if (!link) return
  if (!given) throw new Refused('enrolment-link-needed', factorTexts.linkNeeded, { status: 403 })
  if (hashToken(given) !== link.hash || link.until <= deps.now())
    throw new Refused('enrolment-link-over', factorTexts.linkOver, { status: 403 })
}

/** @throws Refused (409) when the last second factor of somebody who needs one was just taken away */
export function requireFactorLeft(person: Person, isLeft: boolean): void {
  if (isLeft || !needsFactor(person.memberships)) return
  throw new Refused('last-second-factor', factorTexts.mayNotRemove, { status: 409 })
}
