import { passwordWeakness } from '../../domain/access/passwords.ts'
import type { FieldIssue } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { accountTexts } from '../../domain/text/sign-in.ts'
import type { HttpDeps } from '../deps.ts'
import { authHeaders, orRefuse } from './caller.ts'
import type { Caller } from './caller.ts'

/**
 * Checks a new password for a person.
 * @param field the form's field, so that the sentence stands beside it
 * @throws Refused (422) when it is weak
 */
export function requireStrongPassword(
  password: string,
  person: { readonly email: string; readonly name: string },
  field = 'password',
): void {
  const text = passwordWeakness(password, person)
  if (text) throw wrongField({ field, text })
}

/** A "no" that stands beside a field. */
export const wrongField = (issue: FieldIssue): Refused =>
  new Refused('bad-input', httpTexts.badInput, { issues: [issue] })

/** @throws Refused (422) unless it is the password of whoever is signed in */
export async function requireOwnPassword(deps: HttpDeps, caller: Caller, password: string): Promise<void> {
  const answer = await orRefuse(() => deps.auth.verifyPassword(authHeaders(caller), password))
  if (!answer) throw wrongField({ field: 'password', text: accountTexts.wrongPassword })
}
