import { inScope } from '../../db/database.ts'
import { agencyNames, membershipsOf } from '../../db/people.ts'
import type { PasswordOwner } from '../../domain/access/passwords.ts'
import { passwordWeakness } from '../../domain/access/passwords.ts'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { accountTexts } from '../../domain/text/sign-in.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import { authHeaders, orRefuse } from './caller.ts'
import type { Caller } from './caller.ts'

/**
 * Checks a new password for a person.
 * @param field the form's field, so that the sentence stands beside it
 * @throws Refused (422) when it is weak
 */
export async function requireStrongPassword(
  password: string,
  owner: PasswordOwner,
  field = 'password',
): Promise<void> {
  const text = await passwordWeakness(password, owner)
  if (text) throw wrongField({ field, text })
}

/** What an office is called: words that no password of its people may hold. */
export const namesOfOffice = (office: { slug: string; name: string; region: string }): readonly string[] => [
  office.slug,
  office.name,
  office.region,
]

/** @returns the names of the offices and agencies in which a person is active */
export async function placesOf(deps: HttpDeps, personId: string): Promise<readonly string[]> {
  const memberships = await inScope(deps.db, { personId }, (tx) => membershipsOf(tx, personId, deps.now()))
  const places = memberships.map(async ({ office, agencyIds }) => [
    ...namesOfOffice(office),
    ...(await inScope(deps.db, { officeId: office.id }, (tx) => agencyNames(tx, agencyIds))),
  ])
  return (await Promise.all(places)).flat()
}

/** A "no" that stands beside a field. */
export const wrongField = (issue: FieldIssue): Refused =>
  new Refused('bad-input', httpTexts.badInput, { issues: [issue] })

/** @throws Refused (422) unless it is the password of whoever is signed in */
export async function requireOwnPassword(deps: HttpDeps, caller: Caller, password: string): Promise<void> {
  const answer = await orRefuse(() => deps.auth.verifyPassword(authHeaders(caller), password))
  if (!answer) throw wrongField({ field: 'password', text: accountTexts.wrongPassword })
}

/**
 * Whoever adds a second factor is who they say: by their password, or, for the first one, by having signed in at their
 * office's provider just now, for they may never have needed the password.
 * @throws Refused (422) otherwise
 */
export async function requireOwner(
  deps: HttpDeps,
  caller: Caller,
  person: Person,
  password: string | undefined,
): Promise<void> {
  if (person.hasJustSignedOn && !person.hasSecondFactor) return
  await requireOwnPassword(deps, caller, password ?? '')
}
