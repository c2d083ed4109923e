import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Member } from '../actions/act.ts'
import { notFound } from '../actions/act.ts'
import type { Who } from '../domain/access/who.ts'
import { mayOpen } from '../domain/access/who.ts'
import { factorNeeded } from '../domain/access/second-factor.ts'
import { scopeOf, scopeOpens } from '../domain/access/token-limits.ts'
import { opensBeforeFactor, whoMay } from '../domain/access/table.ts'
import { Refused } from '../domain/refused.ts'
import { accessTexts } from '../domain/text/access.ts'
import { appointmentTexts } from '../domain/text/appointments.ts'
import { factorTexts } from '../domain/text/second-factor.ts'
import { tokenTexts } from '../domain/text/tokens.ts'
import { sessionTexts } from '../domain/text/sessions.ts'
import type { Person, PortalEnv, Visitor } from './visitor.ts'
import { memberOf } from './visitor.ts'

/**
 * The one place where it is decided who may use an address: before every handler of pages, API and files, by the
 * table in domain/access. Leaves the member and the office to the handlers of an office's addresses.
 *
 * @throws Refused: 404 for a route without a line and for a foreign or unknown office, 401 without a session,
 * 403 without the role
 */
export const authorize: MiddlewareHandler<PortalEnv> = async (c, next) => {
  const route = routeOf(c)
  if (route) requireWho(c, route, whoMay(route.method, route.path))
  await next()
}

/** The route whose handler is to answer; undefined where only middleware matched, which ends in "not found". */
function routeOf(c: Context<PortalEnv>): Route | undefined {
  return matchedRoutes(c).find(({ method, path }) => method !== 'ALL' || !path.endsWith('*'))
}

type Route = { readonly method: string; readonly path: string }

function requireWho(c: Context<PortalEnv>, { method, path }: Route, who: Who | undefined): void {
  if (who === undefined) throw notFound()
  if (who === 'public') return
  const person = requirePerson(c)
  requireFactor(person, method, path)
  if (who === 'signed-in') return requireScope(person, method, path)
  const { member, office } = memberOf(person, segmentOf(c, path, ':office'))
  requireScope(person, method, path)
  requireStanding(member, who, `${c.req.method} ${path}`)
  c.set('member', member)
  c.set('office', office)
}

/**
 * For answers that last: asks the same again, of who the caller is by now.
 * @param find looks the caller of the request up again, as before its handler
 * @returns whether they may still have it: neither session nor token has ended, and the address is theirs
 */
export function stillOpenTo(
  c: Context<PortalEnv>,
  find: () => Promise<Pick<Visitor, 'person' | 'over'>>,
): () => Promise<boolean> {
  const route = routeOf(c)
  return async () => {
    try {
      c.set('visitor', { ...c.get('visitor'), person: undefined, over: undefined, ...(await find()) })
      if (route) requireWho(c, route, whoMay(route.method, route.path))
      return route !== undefined
    } catch (error) {
      if (error instanceof Refused) return false
      throw error
    }
  }
}

/**
 * Whoever owes a second factor sets it up first. A session from before there was one is good for nothing but to be left: who
 * knows only the password must not add a factor, or codes, of their own.
 * @throws Refused (403)
 */
function requireFactor({ owes, token }: Person, method: string, path: string): void {
  if (!owes) return
  if (token) throw new Refused(factorNeeded, factorTexts.tokenNeeds, { status: 403 })
  if (owes === 'enrolment' && opensBeforeFactor(method, path)) return
  if (owes === 'sign-in' && `${method} ${path}` === 'DELETE /api/v1/session') return
  const sentence = owes === 'enrolment' ? factorTexts.needed : factorTexts.signInAgain
  throw new Refused(factorNeeded, sentence, { status: 403 })
}

/** @throws Refused (403) for a token that does not cover the address; a session covers everything */
function requireScope({ token }: Person, method: string, path: string): void {
  if (!token || scopeOpens(token, method, path)) return
  throw new Refused('token-scope', tokenTexts.outOfScope(scopeOf(method, path)), { status: 403 })
}

/**
 * The member's roles of today open the address. A role whose appointment is over, or was never recorded, opens nothing
 * but the start page, which says so; an administrator gets as far as the appointments, where their own is made good.
 */
function requireStanding(member: Member, who: Who, route: string): void {
  const { roles, lapsed = [] } = member
  const opened = typeof who === 'string' ? roles.length > 0 || isStart(route) : mayOpen(who, roles)
  if (opened) return
  const over = lapsed.find(({ role }) => mayOpen(who, [role]))
  if (!over) throw new Refused('not-allowed', accessTexts.notAllowed, { status: 403 })
  if (over.role === 'administrator' && isAppointments(route)) return
  throw new Refused('appointment-over', appointmentTexts.over(over.role, over.endedOn), { status: 403 })
}

const isStart = (route: string): boolean => route === 'GET /o/:office' || route === 'HEAD /o/:office'
const isAppointments = (route: string): boolean => /\/(penugasan|appointments)(\/|$)/.test(route)

/** A parameter of the route that is to answer: here, in the middleware before it, Hono has none yet. */
function segmentOf(c: Context<PortalEnv>, path: string, name: string): string {
  return c.req.path.split('/')[path.split('/').indexOf(name)] ?? ''
}

/** @throws Refused (401) for somebody who is not signed in */
export function requirePerson(c: Context<PortalEnv>): Person {
  const { person, over } = c.get('visitor')
  if (person) return person
  if (over) throw new Refused('session-over', sessionTexts.over(over), { status: 401 })
  throw new Refused('sign-in-first', accessTexts.signInFirst, { status: 401 })
}

/**
 * @returns who may use a route that is being registered
 * @throws when the table has no line for it: then the portal does not start
 */
export function lineFor(method: string, path: string): Who {
  const who = whoMay(method, path)
  if (who === undefined)
    throw new Error(`${method} ${path} has no line in the table of src/domain/access: nobody may use it`)
  return who
}
