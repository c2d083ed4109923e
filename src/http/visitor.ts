import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Member } from '../actions/act.ts'
import { notFound } from '../actions/act.ts'
import { inScope } from '../db/database.ts'
import type { Membership, OfficeFacts } from '../db/people.ts'
import { findOffice, membershipsOf } from '../db/people.ts'
import type { OwedFactor, ProvenBy } from '../domain/access/second-factor.ts'
import { boundOffice, hasJustSignedOn, owedFactor } from '../domain/access/second-factor.ts'
import type { SessionOver } from '../domain/access/sessions.ts'
import type { TokenLimits } from '../domain/access/token-limits.ts'
import type { Locale } from '../domain/refused.ts'
import { clientAddress } from './client-address.ts'
import type { HttpDeps } from './deps.ts'

/** A signed-in person and the offices they belong to. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly hasSecondFactor: boolean
  /** How the session, or the one that made the token, proved a second factor. */
  readonly provenBy: ProvenBy | null
  /** Until this is done nothing of any office opens. */
  readonly owes?: OwedFactor | undefined
  /** By the identity provider of their only office: it stands for the password when the first factor is set up. */
  readonly hasJustSignedOn: boolean
  /** The session the request came with; absent for a token. */
  readonly sessionId?: string
  readonly memberships: readonly Membership[]
  /** The token that the request came with, and its office; absent for a session. */
  readonly token?: TokenLimits & { readonly officeId: string }
}

export type Theme = 'auto' | 'light' | 'dark'

/** Who asks, in which language, and from where. Filled once per request. */
export type Visitor = {
  readonly locale: Locale
  readonly theme: Theme
  /** Network address of the client, as far as the trusted proxies tell. */
  readonly address: string
  readonly person?: Person
  /** Why the session that the request came with is over. */
  readonly over?: SessionOver
}

/** What Hono carries through a request. `incoming` is given by the node server. */
export type PortalEnv = {
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } }
  Variables: {
    visitor: Visitor
    member: Member
    office: OfficeFacts
  }
}

export const localeCookie = 'ranah_bahasa'
export const themeCookie = 'ranah_tampilan'

/** @returns what can be known of a visitor without looking at any credential */
export function frameOf(deps: HttpDeps, c: Context<PortalEnv>): Visitor {
  const theme = getCookie(c, themeCookie)
  return {
    locale: getCookie(c, localeCookie) === 'en' ? 'en' : 'id',
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    address: clientAddress(
      c.env?.incoming?.socket?.remoteAddress,
      c.req.header('x-forwarded-for'),
      deps.config.trustedProxies,
    ),
  }
}

type Account = Pick<Person, 'id' | 'name' | 'email' | 'hasSecondFactor' | 'provenBy'>

/** How a session began. */
type Began = Parameters<typeof hasJustSignedOn>[0] & { readonly sessionId: string }

/** @param session how it began; nothing for a token and for whoever is still signing in */
export async function personWith(deps: HttpDeps, who: Account, session?: Began): Promise<Person> {
  const { id, name, email, hasSecondFactor, provenBy } = who
  const now = deps.now()
  const all = await inScope(deps.db, { personId: id }, (tx) => membershipsOf(tx, id, now))
  const only = session && boundOffice(session)
  const memberships = only === undefined ? all : all.filter(({ office }) => office.id === only)
  return {
    id,
    name,
    email,
    hasSecondFactor,
    provenBy,
    memberships,
    owes: owedFactor(who, memberships),
    hasJustSignedOn: session !== undefined && only !== undefined && hasJustSignedOn(session, all, now),
    ...(session && { sessionId: session.sessionId }),
  }
}

/** @throws Refused (404) for an office that does not exist */
export async function requireOffice(deps: HttpDeps, slug: string): Promise<OfficeFacts> {
  const office = await findOffice(deps.db, slug)
  if (!office) throw notFound()
  return office
}

/**
 * What the person is in the office, and the office.
 * @throws Refused (404) when they are nothing there: a foreign office looks the same as one that does not exist
 */
export function memberOf(
  person: Person,
  slug: string,
): { readonly member: Member; readonly office: OfficeFacts } {
  const membership = person.memberships.find((each) => each.office.slug === slug)
  if (!membership) throw notFound()
  const { office, ...standing } = membership
  const { id: personId, name, email, token } = person
  return {
    office,
    member: { kind: 'person', officeId: office.id, personId, name, email, token, ...standing },
  }
}
