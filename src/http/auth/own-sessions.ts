import { recordSignIn } from '../../actions/people/record-sign-in.ts'
import type { PageOf } from '../../db/page.ts'
import type { OpenSession } from '../../db/sessions.ts'
import { endSessions, noteUse, openSessions } from '../../db/sessions.ts'
import type { Role } from '../../domain/access/roles.ts'
import type { SessionOver } from '../../domain/access/sessions.ts'
import { idleMsOf, sessionOver, useNotedMs } from '../../domain/access/sessions.ts'
import type { HttpDeps } from '../deps.ts'
import type { Person } from '../visitor.ts'
import type { OwnSession } from './auth.ts'
import type { Caller } from './caller.ts'
import { authHeaders } from './caller.ts'

/** Every role of a person, in whatever office: a session is one for all of them. */
export const rolesOf = ({ memberships }: Pick<Person, 'memberships'>): readonly Role[] =>
  memberships.flatMap(({ roles }) => roles)

/** What asks by itself, while nobody may sit there, does not keep a session in use. */
const asksByItself = (headers: Headers): boolean => headers.get('accept') === 'text/event-stream'

/**
 * Notes that a session is in use, or ends it when its time is over.
 * @returns why it is over
 */
export async function useSession(
  deps: HttpDeps,
  person: Person,
  session: OwnSession,
  headers: Headers,
): Promise<SessionOver | undefined> {
  const now = deps.now()
  const over = sessionOver(deps.config.sessions, session, rolesOf(person), now)
  if (over) await endSessions(deps.db, person.id, { id: session.sessionId })
  else if (now.getTime() - session.usedAt.getTime() >= useNotedMs && !asksByItself(headers))
    await noteUse(deps.db, session.sessionId, now)
  return over
}

/** Own sessions that are not over, newest first. */
export function listOwnSessions(
  deps: HttpDeps,
  person: Person,
  page: PageOf,
): Promise<readonly OpenSession[]> {
  const { sessions } = deps.config
  const before = (ms: number): Date => new Date(deps.now().getTime() - ms)
  const alive = {
    startedAfter: before(sessions.longestMs),
    usedAfter: before(idleMsOf(sessions, rolesOf(person))),
  }
  return openSessions(deps.db, person.id, alive, page)
}

/** Ends one of one's own sessions, all but the one that asks, or all. */
export async function endOwnSessions(
  deps: HttpDeps,
  { address }: Caller,
  person: Person,
  which: { readonly id: string } | 'others' | 'all',
): Promise<void> {
  const asked = which === 'others' ? { except: person.sessionId ?? '' } : which
  const ended = await endSessions(deps.db, person.id, asked)
  if (ended > 0) await recordSignIn(deps, { personId: person.id, event: 'account.sessions-ended', address })
}

/** A new sign-in takes the place of the session that the browser still had, whoever's it was. */
export async function endEarlierSession(deps: HttpDeps, caller: Caller): Promise<void> {
  const earlier = await deps.auth.readSession(authHeaders(caller))
  if (earlier) await endSessions(deps.db, earlier.id, { id: earlier.sessionId })
}
