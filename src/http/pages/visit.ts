import type { Context } from 'hono'
import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import type { Locale, Text } from '../../domain/refused.ts'
import type { OfficeFacts } from '../../db/people.ts'
import { requirePerson } from '../authorize.ts'
import type { HttpDeps } from '../deps.ts'
import type { Portal } from '../routes.ts'
import type { FlashMessage } from '../ui/shell.ts'
import type { Person, PortalEnv, Visitor } from '../visitor.ts'
import { requireOffice } from '../visitor.ts'
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
  return { ...publicVisit(portal, c), person: requirePerson(c) }
}

/** @throws Refused (404) for an unknown office */
export async function officePublicVisit(portal: Portal, c: Context<PortalEnv>): Promise<OfficePublicVisit> {
  const office = await requireOffice(portal.deps, c.req.param('office') ?? '')
  return { ...publicVisit(portal, c), office }
}

/** A visit to a page of an office; the table of addresses has let the member in before (authorize.ts). */
export function officeVisit(portal: Portal, c: Context<PortalEnv>): OfficeVisit {
  return { ...personVisit(portal, c), member: c.get('member'), office: c.get('office') }
}
