import type { Who } from './who.ts'
import { routesOfDesk } from './routes-of-desk.ts'
import { routesOfEverybody } from './routes-of-everybody.ts'
import { routesOfOffice } from './routes-of-office.ts'

/**
 * Every address of the installation and who may use it. What has no line here is refused before its handler: the
 * portal does not even start with such a route. The page and the API route of one act stand in one line, so that
 * a check cannot hold on one of them only. A line decides who may ask; what they may do with this request, step
 * or letter is decided by the actions, which read the same duties.
 */
export const routeTable = [...routesOfEverybody, ...routesOfDesk, ...routesOfOffice] as const

type Route = (typeof routeTable)[number]['lines'][number]['routes'][number]
/** The addresses of the table: to register another is a type error. */
export type Address = Route extends `${string} ${infer Path}` ? Path : never

/** Parameters as the app writes them; a table written by hand for the API has those of OpenAPI. */
const asRegistered = (route: string): string => route.replaceAll(/\{(\w+)\}/g, ':$1')

const lines: ReadonlyMap<string, Who> = new Map(
  routeTable.flatMap(({ lines: each }) =>
    each.flatMap(({ who, routes }) => routes.map((route): [string, Who] => [asRegistered(route), who])),
  ),
)

/** @returns who may send this method to this address; undefined where the table has no line: then nobody */
export function whoMay(method: string, path: string): Who | undefined {
  return lines.get(asRegistered(`${method} ${path}`))
}

const beforeFactor: ReadonlySet<string> = new Set(
  routeTable.flatMap(({ lines: each }) =>
    each.flatMap((line) => ('beforeFactor' in line ? line.routes.map(asRegistered) : [])),
  ),
)

/** @returns whether somebody who owes a second factor may send this method to this address */
export const opensBeforeFactor = (method: string, path: string): boolean =>
  whoMay(method, path) === 'public' || beforeFactor.has(asRegistered(`${method} ${path}`))

/** Every route of the table, as the app registers it. */
export const tableRoutes: readonly string[] = [...lines.keys()]

/** The table as docs/security.md prints it. */
export function printedTable(): string {
  const rows = routeTable.flatMap(({ area, lines: each }) =>
    each.map(
      (line) =>
        `| ${area} | ${wordsFor(line.who)}${'beforeFactor' in line ? ', before the second factor too' : ''} | ${line.routes.map(code).join('<br>')} |`,
    ),
  )
  return ['| area | who | method and address |', '|---|---|---|', ...rows, ''].join('\n')
}

const wordsFor = (who: Who): string => (typeof who === 'string' ? who : who.join(', '))

const code = (route: string): string => `\`${route}\``
