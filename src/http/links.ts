import type { HttpDeps } from './deps.ts'
import { paths } from './paths.ts'

/** @returns the function that makes the address of an invitation's one-time link, as mails carry it */
export function invitationLinks(deps: HttpDeps): (token: string) => string {
  return (token) => `${deps.config.publicUrl}${paths.invitation(token)}`
}
