import type { HttpDeps } from './deps.ts'
import { paths, withQuery } from './paths.ts'

/** @returns the function that makes the address of an invitation's one-time link, as mails carry it */
export function invitationLinks(deps: HttpDeps): (token: string) => string {
  return (token) => `${deps.config.publicUrl}${paths.invitation(token)}`
}

/** The address at which a second factor is set up anew with the token of a mail. */
export const enrolmentLink = (publicUrl: string, token: string): string =>
  `${publicUrl}${withQuery(paths.accountSecondFactor(), { tautan: token })}`

/** @returns the function that makes that address, as mails carry it */
export function enrolmentLinks(deps: HttpDeps): (token: string) => string {
  return (token) => enrolmentLink(deps.config.publicUrl, token)
}

/** @returns the function that makes the address under which an old contact objects to a take-over */
export function objectionLinks(deps: HttpDeps): (office: string, token: string) => string {
  return (office, token) => `${deps.config.publicUrl}${paths.takeoverObjection(office, token)}`
}
