import type { Role } from './roles.ts'
import { isStaff } from './sessions.ts'

/** How a session proved a second factor: of ours, or to the office's identity provider. */
export const provenWays = ['code', 'recovery-code', 'passkey', 'provider'] as const
export type ProvenBy = (typeof provenWays)[number]

/** What stands between a session and the desk: there is no factor yet, or the session is older than the factor. */
export type OwedFactor = 'enrolment' | 'sign-in'

/** The stable reason of every "no" for want of a second factor. */
export const factorNeeded = 'second-factor-needed'

/** How long the link works that an administrator has sent to somebody who lost every factor. */
export const enrolmentHours = 48

type Standing = {
  readonly roles: readonly Role[]
  readonly lapsed: readonly { readonly role: Role }[]
  readonly office: { readonly applicantsNeedFactor: boolean }
}

/** @returns whether a password is not enough for whoever is this in their offices; a role that rests counts too */
export function needsFactor(memberships: readonly Standing[]): boolean {
  return memberships.some(
    ({ roles, lapsed, office }) =>
      office.applicantsNeedFactor || isStaff(roles) || isStaff(lapsed.map(({ role }) => role)),
  )
}

/**
 * @param of the session or token: how it proved a factor, and whether its account has one of ours now
 * @returns what is owed before it opens anything of an office
 */
export function owedFactor(
  of: { readonly provenBy: ProvenBy | null; readonly hasSecondFactor: boolean },
  memberships: readonly Standing[],
): OwedFactor | undefined {
  if (of.provenBy === 'provider') return undefined
  if (of.hasSecondFactor) return of.provenBy === null ? 'sign-in' : undefined
  return needsFactor(memberships) ? 'enrolment' : undefined
}
