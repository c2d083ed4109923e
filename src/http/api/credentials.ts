import type { Context, MiddlewareHandler } from 'hono'
import { findTokenHolder } from '../../db/api-tokens.ts'
import { inScope } from '../../db/database.ts'
import { findOffice } from '../../db/people.ts'
import { hashToken, officeOfApiToken } from '../../domain/access/tokens.ts'
import type { Locale } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { accessTexts } from '../../domain/text/access.ts'
import type { HttpDeps } from '../deps.ts'
import { requireOwnOrigin } from '../origin.ts'
import type { Person, PortalEnv, Visitor } from '../visitor.ts'
import { frameOf, personOfSession, personWith } from '../visitor.ts'

const safe = ['GET', 'HEAD', 'OPTIONS']

/** Finds the caller by bearer token, or by session cookie together with the portal's own origin. */
export function apiVisitor(deps: HttpDeps): MiddlewareHandler<PortalEnv> {
  return async (c, next) => {
    const frame = { ...frameOf(deps, c), locale: localeOf(c) }
    c.set('visitor', frame)
    const header = c.req.header('authorization')
    const who = header ? { person: await personOfToken(deps, header) } : await personOfCookie(deps, c)
    c.set('visitor', { ...frame, ...who })
    await next()
  }
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

async function personOfToken(deps: HttpDeps, header: string): Promise<Person> {
  const token = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(header)?.[1]
  const slug = token && officeOfApiToken(token)
  const office = slug ? await findOffice(deps.db, slug) : undefined
  const holder =
    office &&
    (await inScope(deps.db, { officeId: office.id }, (tx) =>
      findTokenHolder(tx, office.id, hashToken(token!), deps.now()),
    ))
  const person = holder && (await personWith(deps, holder))
  if (!person) throw new Refused('bad-token', accessTexts.badToken, { status: 401 })
  return { ...person, memberships: person.memberships.filter((each) => each.office.slug === slug) }
}
