import type { Context } from 'hono'
import { Hono } from 'hono'
import { notFound } from '../actions/act.ts'
import { createApi } from './api/api.ts'
import { registerApi } from './api/register.ts'
import { factorNeeded } from '../domain/access/second-factor.ts'
import { authorize } from './authorize.ts'
import type { HttpDeps } from './deps.ts'
import { ownOriginOnly } from './origin.ts'
import { registerPages } from './pages/register.ts'
import { faultView, refusalView, render } from './pages/render.tsx'
import { sessionOverView } from './pages/session-over.tsx'
import { publicVisit } from './pages/visit.ts'
import { apiBase, paths, withQuery } from './paths.ts'
import { logFault, refusalOf } from './problems.ts'
import type { Portal, RouteRecord } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import { assetsPath, staticAssets } from './static.ts'
import { visitorOfSession } from './session-visitor.ts'
import type { PortalEnv } from './visitor.ts'
import { frameOf } from './visitor.ts'

/** The whole HTTP side: `fetch` serves it, `routes` lists every page and form for tests that sweep them. */
export type App = {
  readonly fetch: Hono<PortalEnv>['fetch']
  readonly request: Hono<PortalEnv>['request']
  readonly routes: readonly RouteRecord[]
  /** Everything that answers, as Hono has it; `ALL` are middleware. */
  readonly registered: readonly { readonly method: string; readonly path: string }[]
}

/** @returns the portal: files, API and pages over one set of actions */
export function createApp(deps: HttpDeps): App {
  const app = new Hono<PortalEnv>()
  const portal: Portal = { app, deps, routes: [] }
  app.use(securityHeaders(deps.config))
  app.use(`${assetsPath}/*`, authorize)
  app.route(assetsPath, staticAssets())
  const api = createApi(deps)
  registerApi(api)
  app.route(apiBase, api.app)
  app.use(ownOriginOnly(deps.config))
  app.use(visitorOfSession(deps), authorize)
  registerPages(portal)
  app.notFound((c) => answerError(portal, c, notFound()))
  app.onError((error, c) => answerError(portal, c, error))
  return { fetch: app.fetch, request: app.request, routes: portal.routes, registered: app.routes }
}

/** One page for every error: a refusal says why, a fault says under which number it was logged. */
async function answerError(portal: Portal, c: Context<PortalEnv>, error: unknown): Promise<Response> {
  if (!c.get('visitor')) c.set('visitor', frameOf(portal.deps, c))
  const visit = publicVisit(portal, c)
  const refused = refusalOf(error)
  if (!refused) return render(visit, faultView(visit, logFault(portal.deps.log, c.req, error)), 500)
  const { over, person } = visit.visitor
  const asks = ['GET', 'HEAD'].includes(c.req.method) && c.req.header('accept') !== 'text/event-stream'
  if (refused.reason === factorNeeded && person?.owes && asks) {
    const kembali = visit.path
    if (person.owes === 'enrolment')
      return c.redirect(withQuery(paths.accountSecondFactor(), { kembali }), 303)
    await visit.flash('warning', refused.text)
    return c.redirect(withQuery(paths.signIn(), { kembali }), 303)
  }
  if (refused.status === 401 && asks) {
    if (over) await visit.flash('warning', refused.text)
    return c.redirect(`${paths.signIn()}?kembali=${encodeURIComponent(visit.path)}`, 303)
  }
  if (refused.status === 401 && over) return render(visit, await sessionOverView(visit, over), 401)
  return render(visit, refusalView(visit, refused), refused.status)
}
