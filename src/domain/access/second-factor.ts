import type { Role } from './roles.ts'
import { isStaff } from './sessions.ts'

/** How a session proved a second factor: of ours, or to the office's identity provider. */
export const provenWays = ['code', 'recovery-code', 'passkey', 'provider'] as const
export type ProvenBy = (typeof provenWays)[number]

/** What stands between a session and the desk: there is no factor yet, or the session is older than the factor. */
export type OwedFactor = 'enrolment' | 'sign-in'

/** The stable reason of every "no" for want of a second factor. */
export const factorNeeded = 'second-factor-needed'

/** How long a sign-in at the provider of the office stands for the password when the first factor is set up. */
export const signOnStandsMs = 15 * 60 * 1000

/** How a session began. */
type Beginning = {
  readonly provenBy: ProvenBy | null
  /** The office whose identity provider opened it; null after a password, and for a token. */
  readonly signedOnOffice: string | null
}

/**
 * @returns the only office that a session opens: until a factor of ours is proven, the word of one office's provider opens
 *   no other office. Undefined where it opens all
 */
export function boundOffice({ provenBy, signedOnOffice }: Beginning): string | undefined {
  const isProvenToUs = provenBy !== null && provenBy !== 'provider'
  return isProvenToUs ? undefined : (signedOnOffice ?? undefined)
}

/** @returns whether a sign-in at the provider was just now, and by the only office that could be opened with a factor */
export function hasJustSignedOn(
  session: Beginning & { readonly startedAt: Date },
  memberships: readonly { readonly office: { readonly id: string } }[],
  now: Date,
): boolean {
  const isRecent = now.getTime() - session.startedAt.getTime() < signOnStandsMs
  return isRecent && memberships.every(({ office }) => office.id === boundOffice(session))
}

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
