import * as z from 'zod'
import type { Text } from '../refused.ts'
import { tokenTexts } from '../text/tokens.ts'
import { line } from './plain-text.ts'
import { routeTable } from './table.ts'

/**
 * What a token of the API may do of what its owner may: the areas of the table of addresses, each to read or to change
 * as well; the names and record types that its changes may concern; the networks it may come from. Null limits nothing.
 * It is a limit only: whatever the owner may not do at that moment, the token may not either.
 */
export type TokenLimits = {
  readonly id: string
  readonly scopes: readonly string[] | null
  readonly names: readonly string[] | null
  readonly recordTypes: readonly string[] | null
}

/** Areas that belong to an office. What concerns the account itself is never a token's. */
const notOfOffice = ['files', 'sign-in', 'account', 'public information']
export const tokenAreas: readonly string[] = routeTable
  .map(({ area }) => area)
  .filter((area) => !notOfOffice.includes(area))

const areaId = (area: string): string => area.toLowerCase().replaceAll(' ', '-')
/** `requests:read` opens the GET addresses of an area, `requests:write` the others; one says nothing of the other. */
export const tokenScopes: readonly string[] = tokenAreas.flatMap((area) => [
  `${areaId(area)}:read`,
  `${areaId(area)}:write`,
])

const asRegistered = (route: string): string => route.replaceAll(/\{(\w+)\}/g, ':$1')
const scopes: ReadonlyMap<string, string> = new Map(
  routeTable
    .filter(({ area }) => tokenAreas.includes(area))
    .flatMap(({ area, lines }) =>
      lines.flatMap(({ routes }) =>
        routes.map((route): [string, string] => [
          asRegistered(route),
          `${areaId(area)}:${route.startsWith('GET ') ? 'read' : 'write'}`,
        ]),
      ),
    ),
)

/** The only address beside those of offices: whose token it is. */
const ownFacts = 'GET /api/v1/me'

/** @returns whether a token with these scopes may be sent to an address; public addresses need none */
export function scopeOpens(limits: Pick<TokenLimits, 'scopes'>, method: string, path: string): boolean {
  const route = asRegistered(`${method === 'HEAD' ? 'GET' : method} ${path}`)
  if (route === ownFacts) return true
  const scope = scopes.get(route)
  return scope !== undefined && (limits.scopes === null || limits.scopes.includes(scope))
}

/** @returns the scope that an address asks for; nothing where no token may be sent */
export const scopeOf = (method: string, path: string): string | undefined =>
  scopes.get(asRegistered(`${method} ${path}`))

/** `*.dinas.example` is every name below `dinas.example`; anything else is that name alone. */
export function namesCover(patterns: readonly string[], name: string): boolean {
  const asked = name.toLowerCase()
  return patterns.some((pattern) =>
    pattern.startsWith('*.') ? asked.endsWith(pattern.slice(1)) : asked === pattern,
  )
}

const custom = (text: Text) => ({ error: text.en, params: { text } })
const namePattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/)

/** An address or a range (RFC 4632, RFC 4291), as `198.51.100.0/24`. */
const network = z.string().trim().max(60).refine(isNetwork, custom(tokenTexts.badNetwork))

function isNetwork(text: string): boolean {
  return [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some((form) => form.safeParse(text).success)
}

/** Longest life of a token of the API, in days. */
const maxTokenDays = 365
/** Names, or networks, of one token. */
const maxListed = 50

/** An empty list limits to nothing, which nobody means: it is refused. */
const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(maxListed)

export const tokenInput = z.strictObject({
  name: line(80),
  days: z.coerce.number().int().min(1).max(maxTokenDays).default(90),
  scopes: some(z.string().refine((scope) => tokenScopes.includes(scope))).optional(),
  names: some(namePattern).optional(),
  recordTypes: some(z.enum(['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'CAA', 'NS'])).optional(),
  networks: some(network).optional(),
})
export type TokenInput = z.infer<typeof tokenInput>
