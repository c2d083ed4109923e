import type { RouteConfig, RouteHandler } from '@hono/zod-openapi'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler, Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { Address } from '../../domain/access/table.ts'
import type { Locale, Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { httpTexts } from '../../domain/text/http.ts'
import { authorize, lineFor } from '../authorize.ts'
import type { HttpDeps } from '../deps.ts'
import { faultProblem, logFault, problemOf, problemResponse, refusalOf } from '../problems.ts'
import type { Sheet, SheetFormat, SheetReader } from '../sheets/sheet.ts'
import { mediaTypes, ownSheetAnswer, sheetAnswer, sheetFormats } from '../sheets/sheet.ts'
import type { Person, PortalEnv } from '../visitor.ts'
import { apiBase } from '../paths.ts'
import { apiVisitor, countTokenRefusal } from './credentials.ts'
import { idempotent } from './idempotency.ts'

/** What API modules register into. */
export type Api = { readonly app: OpenAPIHono<PortalEnv>; readonly deps: HttpDeps }

/** Largest body without files, in bytes. */
const maxBodyBytes = 1024 * 1024

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    reason: z.string().openapi({ description: 'Stable code of the refusal.' }),
    instance: z.string(),
    issues: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'Problem document (RFC 9457).' })

const problemAnswer = {
  description: 'Refused, with the reason; nothing changed.',
  content: { 'application/problem+json': { schema: problemSchema } },
}

const credentials = [{ token: [] }, { session: [] }]

/** @returns the API: its documents at /openapi.json, problem documents for every "no" */
export function createApi(deps: HttpDeps): Api {
  const app = new OpenAPIHono<PortalEnv>({
    defaultHook: (result) => {
      if (!result.success) throw result.error
    },
  })
  const api = { app, deps }
  app.use(apiVisitor(deps), authorize)
  app.onError(async (error, c) => {
    const locale: Locale = c.get('visitor')?.locale ?? 'id'
    const { path } = c.req
    const refused = refusalOf(error) ?? malformed(error)
    await countTokenRefusal(deps, c.get('visitor')?.person, refused)
    if (refused) return problemResponse(problemOf(refused, locale, path))
    return problemResponse(faultProblem(logFault(deps.log, c.req, error), locale, path))
  })
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'ranah.session_token',
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Ranah',
      version: '1',
      description:
        'Subdomain and hosting desk. Creates accept an Idempotency-Key; lists are paged with `cursor`; ' +
        'every refusal is a problem document in the language of Accept-Language (id, en).',
    },
    servers: [{ url: '/api/v1' }],
  })
  return api
}

/** A body that is no JSON: Hono says so with an exception of its own. */
function malformed(error: unknown): Refused | undefined {
  if (!(error instanceof HTTPException) || error.status >= 500) return undefined
  return new Refused('malformed-body', httpTexts.malformedJson, { status: 400, cause: error })
}

type Extras = {
  /** Largest body, in bytes; more than the default where files come. */
  readonly maxBytes?: number
  /** The answer holds a secret: it is never kept for a repeated Idempotency-Key. */
  readonly secretAnswer?: boolean
}

/** What an office's route may have beside. */
type OfficeExtras<Route extends RouteConfig> = Extras & {
  /** The same list as a file: the route then takes `format`. */
  readonly sheet?: (
    reader: SheetReader,
    c: Parameters<RouteHandler<Route, PortalEnv>>[0],
  ) => Sheet | Promise<Sheet>
}

/** The addresses of the table that begin like this, without that beginning. */
export type PathUnder<Base extends string, Each = Address> = Each extends `${Base}${infer Path}`
  ? Path
  : never

/** A route whose address stands in the table of domain/access. */
type Ruled<Route extends RouteConfig, Base extends string> = Route & { readonly path: PathUnder<Base> }

/** A route for everybody; `security` of the document is empty. */
export function publicRoute<const Route extends RouteConfig>(
  api: Api,
  route: Ruled<Route, typeof apiBase>,
  handler: RouteHandler<Route, PortalEnv>,
  extras: Extras = {},
): void {
  add(api, { ...route, security: [] }, [limit(extras)], handler)
}

/** A route for anybody with a session or a token. */
export function personRoute<const Route extends RouteConfig>(
  api: Api,
  route: Ruled<Route, typeof apiBase>,
  handler: RouteHandler<Route, PortalEnv>,
  extras: Extras & { readonly sheet?: (say: (text: Text) => string, person: Person) => Sheet } = {},
): void {
  const full = { ...route, security: credentials }
  const { sheet } = extras
  if (!sheet) return add(api, full, [limit(extras)], handler)
  addFiled(api, full, handler, (c, format) => {
    const { locale, person } = c.get('visitor')
    const own = sheet((text) => text[locale], person!)
    return ownSheetAnswer(api.deps, person!.id, own, format)
  })
}

/**
 * A route of one office, under `/offices/{office}`: its handler finds the actor in `c.var.member` and the
 * office in `c.var.office`. Who may use it stands in the table of domain/access. POST takes an Idempotency-Key.
 *
 * @param route its `path` without the office; its `params` made with {@link officeParams}
 */
export function officeRoute<const Route extends RouteConfig>(
  api: Api,
  route: Ruled<Route, `${typeof apiBase}/offices/{office}`>,
  handler: RouteHandler<Route, PortalEnv>,
  extras: OfficeExtras<Route> = {},
): void {
  const once = route.method === 'post' ? [idempotent(api.deps, extras.secretAnswer === true)] : []
  const path = `/offices/{office}${route.path}`
  const roles = { 'x-roles': lineFor(route.method.toUpperCase(), `${apiBase}${path}`) }
  const full = { ...route, path, ...roles, security: credentials }
  const { sheet } = extras
  if (!sheet) return add(api, full, [limit(extras), ...once], handler)
  addFiled(api, full, handler, async (c, format) => {
    const { locale } = c.get('visitor')
    const say = (text: Text) => text[locale]
    const reader = { deps: api.deps, member: c.get('member'), office: c.get('office'), say }
    return sheetAnswer(reader, await sheet(reader, c), format)
  })
}

/** A list that answers with a file too, for those who ask for its format. */
function addFiled<const Route extends RouteConfig>(
  api: Api,
  route: RouteConfig,
  handler: RouteHandler<Route, PortalEnv>,
  answer: (c: Parameters<RouteHandler<Route, PortalEnv>>[0], format: SheetFormat) => Promise<Response>,
): void {
  add(api, withFormat(route), [limit({})], async (c: Parameters<typeof handler>[0], next: Next) => {
    const { format } = formatQuery.parse({ format: c.req.query('format') })
    return format === undefined || format === 'json' ? handler(c, next) : answer(c, format)
  })
}

const formatQuery = z.object({
  format: z
    .enum(['json', ...sheetFormats])
    .optional()
    .openapi({ description: 'csv and xlsx: all rows as a file, with the columns of the page.' }),
})

/** The route as its document has it: one parameter more, and files among its answers. */
function withFormat(route: RouteConfig): RouteConfig {
  const query = route.request?.query as z.ZodObject | undefined
  const binary = { schema: z.string().openapi({ format: 'binary' }) }
  const ok = route.responses[200] as { readonly description: string; readonly content?: object }
  const files = { [mediaTypes.csv]: binary, [mediaTypes.xlsx]: binary }
  return {
    ...route,
    request: { ...route.request, query: (query ?? z.object({})).extend(formatQuery.shape) },
    responses: { ...route.responses, 200: { ...ok, content: { ...ok.content, ...files } } },
  }
}

/** Parameters of a path under an office. */
export function officeParams<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object({ office: z.string().openapi({ description: 'Slug of the office.' }), ...shape })
}

/** A route's answer that is a PDF. */
export const pdfAnswer = {
  description: 'The PDF.',
  content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
}

/** @returns a description of a JSON answer or body for a route */
export function jsonOf<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

function add(
  api: Api,
  route: RouteConfig,
  middleware: readonly MiddlewareHandler<PortalEnv>[],
  handler: unknown,
): void {
  lineFor(route.method.toUpperCase(), `${apiBase}${route.path}`)
  const responses = { ...route.responses, default: problemAnswer }
  // Without `required`, a body of another media type would pass unchecked as an empty object.
  const body = route.request?.body && { body: { required: true, ...route.request.body } }
  const request = { ...route.request, ...body }
  const full = createRoute({ ...route, request, middleware: [...middleware], responses })
  api.app.openapi(full, handler as RouteHandler<typeof full, PortalEnv>)
}

function limit({ maxBytes = maxBodyBytes }: Extras): MiddlewareHandler<PortalEnv> {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new Refused('too-large', httpTexts.tooLarge(Math.floor(maxBytes / 1024 / 1024)), { status: 413 })
    },
  })
}
