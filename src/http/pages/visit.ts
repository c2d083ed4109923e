import type { Context } from 'hono'
import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import type { Role } from '../../domain/access/roles.ts'
import type { Locale, Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { accessTexts } from '../../domain/text/access.ts'
import type { OfficeFacts } from '../../db/people.ts'
import type { HttpDeps } from '../deps.ts'
import type { Portal, Who } from '../routes.ts'
import type { FlashMessage } from '../ui/shell.ts'
import type { Person, PortalEnv, Visitor } from '../visitor.ts'
import { memberOf, requireOffice } from '../visitor.ts'
import { setFlash } from './flash.ts'

/** One visit to a page: who asks, in which language, and the parameters of the address. */
export type Visit = {
  readonly c: Context<PortalEnv>
  readonly deps: HttpDeps
  readonly portal: Portal
  readonly visitor: Visitor
  readonly locale: Locale
  /** Path with query. */
  readonly path: string
  readonly say: (text: Text) => string
  readonly param: (name: string) => string
  /** A parameter that is the id of a row. @throws Refused (404) when it cannot be one */
  readonly id: (name: string) => string
  readonly query: (name: string) => string | undefined
  /** Shows a message on the page that comes next. */
  readonly flash: (tone: FlashMessage['tone'], text: Text) => Promise<void>
}

/** A visit to a public page of one office. */
export type OfficePublicVisit = Visit & { readonly office: OfficeFacts }
export type PersonVisit = Visit & { readonly person: Person }
/** A visit of a member to a page of their office; `member` is the actor that actions take. */
export type OfficeVisit = PersonVisit & OfficePublicVisit & { readonly member: Member }

export function publicVisit(portal: Portal, c: Context<PortalEnv>): Visit {
  const visitor = c.get('visitor')
  const url = new URL(c.req.url)
  return {
    c,
    portal,
    visitor,
    deps: portal.deps,
    locale: visitor.locale,
    path: `${url.pathname}${url.search}`,
    say: (text) => text[visitor.locale],
    param: (name) => c.req.param(name) ?? '',
    id: (name) => uuidOf(c.req.param(name)),
    query: (name) => c.req.query(name),
    flash: (tone, text) => setFlash(portal.deps.config, c, { tone, text: text[visitor.locale] }),
  }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function uuidOf(value: string | undefined): string {
  if (value === undefined || !uuid.test(value)) throw notFound()
  return value
}

/** @throws Refused (401) for somebody who is not signed in */
export function personVisit(portal: Portal, c: Context<PortalEnv>): PersonVisit {
  const visit = publicVisit(portal, c)
  const { person } = visit.visitor
  if (!person) throw new Refused('sign-in-first', accessTexts.signInFirst, { status: 401 })
  return { ...visit, person }
}

/** @throws Refused (404) for an unknown office */
export async function officePublicVisit(portal: Portal, c: Context<PortalEnv>): Promise<OfficePublicVisit> {
  const office = await requireOffice(portal.deps, c.req.param('office') ?? '')
  return { ...publicVisit(portal, c), office }
}

/** @throws Refused: 401 without a session, 404 for a foreign or unknown office, 403 without the role */
export function officeVisit(
  portal: Portal,
  c: Context<PortalEnv>,
  who: 'member' | readonly Role[],
): OfficeVisit {
  const visit = personVisit(portal, c)
  const { member, office } = memberOf(visit.person, c.req.param('office') ?? '')
  if (!mayOpen(who, member.roles)) throw new Refused('not-allowed', accessTexts.notAllowed, { status: 403 })
  return { ...visit, member, office }
}

/** @returns whether a member with these roles may open such a page */
export function mayOpen(who: Who, roles: readonly Role[]): boolean {
  return typeof who === 'string' || roles.some((role) => who.includes(role))
}
