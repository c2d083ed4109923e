import type { Context, MiddlewareHandler } from 'hono'
import { countRefusedUse, findToken } from '../../db/api-tokens.ts'
import { inScope } from '../../db/database.ts'
import { findOffice } from '../../db/people.ts'
import { hashToken, officeOfApiToken } from '../../domain/access/tokens.ts'
import type { Locale } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { accessTexts } from '../../domain/text/access.ts'
import { tokenTexts } from '../../domain/text/tokens.ts'
import { isWithinNetworks } from '../client-address.ts'
import type { HttpDeps } from '../deps.ts'
import { requireOwnOrigin } from '../origin.ts'
import { personOfSession } from '../session-visitor.ts'
import type { Person, PortalEnv, Visitor } from '../visitor.ts'
import { frameOf, personWith } from '../visitor.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/** Finds the caller by bearer token, or by session cookie together with the portal's own origin. */
export function apiVisitor(deps: HttpDeps): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    const frame = { ...frameOf(deps, c), locale: localeOf(c) }
    c.set('visitor', frame)
    c.set('visitor', { ...frame, ...(await callerOf(deps, c)) })
    await next()
  }
}

/** @throws Refused for a token that is not good, or a session from another origin */
export async function callerOf(
  deps: HttpDeps,
  c: Context<PortalEnv>,
): Promise<Pick<Visitor, 'person' | 'over'>> {
  const header = c.req.header('authorization')
  if (!header) return personOfCookie(deps, c)
  return { person: await personOfToken(deps, header, c.get('visitor').address) }
}

/** The first language of Accept-Language that there is; scripts that ask for none get Indonesian. */
function localeOf(c: Context<PortalEnv>): Locale {
  const asked = c.req.header('accept-language') ?? ''
  return /(?:^|,)\s*(id|en)\b/i.exec(asked)?.[1]?.toLowerCase() === 'en' ? 'en' : 'id'
}

async function personOfCookie(
  deps: HttpDeps,
  c: Context<PortalEnv>,
): Promise<Pick<Visitor, 'person' | 'over'>> {
  const who = await personOfSession(deps, c.req.raw.headers)
  if (who.person && !safe.includes(c.req.method)) requireOwnOrigin(deps.config, c.req.raw)
  return who
}

/**
 * @throws Refused: 401 for a token that is unknown, revoked or over, 403 from another network than its own; those uses
 * are counted where the token is known
 */
async function personOfToken(deps: HttpDeps, header: string, address: string): Promise<Person> {
  const token = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(header)?.[1]
  const slug = token && officeOfApiToken(token)
  const office = slug ? await findOffice(deps.db, slug) : undefined
  const scope = { officeId: office?.id }
  const found =
    office && (await inScope(deps.db, scope, (tx) => findToken(tx, office.id, hashToken(token!), deps.now())))
  const isElsewhere = found?.networks && !isWithinNetworks(found.networks, address)
  if (found && (!found.isGood || isElsewhere))
    await inScope(deps.db, scope, (tx) => countRefusedUse(tx, found.limits.id, deps.now()))
  if (!found?.isGood) throw new Refused('bad-token', accessTexts.badToken, { status: 401 })
  if (isElsewhere) throw new Refused('token-network', tokenTexts.otherNetwork, { status: 403 })
  const person = await personWith(deps, found.holder)
  const memberships = person.memberships.filter((each) => each.office.slug === slug)
  return { ...person, memberships, token: { ...found.limits, officeId: office!.id } }
}

/** Counts what a token was refused for its limits, wherever that was found out. */
export async function countTokenRefusal(
  deps: HttpDeps,
  person: Person | undefined,
  refused: Refused | undefined,
): Promise<void> {
  const token = person?.token
  if (!token || !refused?.reason.startsWith('token-')) return
  await inScope(deps.db, { officeId: token.officeId }, (tx) => countRefusedUse(tx, token.id, deps.now()))
}
