import { tableRoutes, whoMay } from '../../src/domain/access/table.ts'
import { valueFor, type Schema, type Schemas } from './sample-value.ts'

/** One address of the table with everything that can be written into it; `*` stands where sqlmap writes. */
export type Target = {
  readonly route: string
  readonly method: string
  readonly path: string
  readonly type: string
  readonly body: string
  readonly places: number
}

type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }
}
export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Schemas }
}

/** What a crawl saw: values of the addresses' parameters, and fields of forms and queries by route. */
export type Crawled = {
  readonly codes: Map<string, string>
  readonly fields: Map<string, Map<string, string>>
}

const apiBase = '/api/v1'
const formType = 'application/x-www-form-urlencoded'
const textTypes = ['text/csv', 'application/yaml', 'text/dns']

const parts = (path: string): string[] => path.split('?')[0]!.split('/')

/** @returns the line of the table that an address belongs to */
export function routeOf(method: string, path: string): string | undefined {
  const asked = parts(path)
  const fits = tableRoutes.filter((route) => {
    const [verb, pattern] = route.split(' ') as [string, string]
    const known = parts(pattern)
    return (
      verb === method &&
      known.length === asked.length &&
      known.every((part, index) => part.startsWith(':') || part === asked[index])
    )
  })
  return fits.toSorted((a, b) => codesIn(a) - codesIn(b))[0]
}

const codesIn = (route: string): number => route.split(':').length

/** Who asks: whoever is named first, so that one address is asked by one person. */
export function roleFor(route: string): string {
  const [method, path] = route.split(' ') as [string, string]
  const who = whoMay(method, path)
  if (who === 'public') return 'visitor'
  if (who === 'signed-in') return 'applicant'
  return who === 'member' || who === undefined ? 'operator' : who[0]!
}

/** @returns the address with all its places, or undefined where there is nothing to write into */
export function targetOf(route: string, crawled: Crawled, api: OpenApi): Target | undefined {
  const [method, pattern] = route.split(' ') as [string, string]
  let places = 0
  const mark = (value: string): string => {
    places += 1
    return `${value.replaceAll('*', '')}*`
  }
  const path = parts(pattern)
    .map((part) => (part.startsWith(':') ? valueOfCode(part.slice(1), crawled, mark) : part))
    .join('/')
  const { query, body, type } = pattern.startsWith(apiBase)
    ? givenToApi(method, pattern, { crawled, api, mark })
    : givenToPage(method, crawled.fields.get(route) ?? new Map(), mark)
  if (places === 0) return undefined
  return { route, method, path: query === '' ? path : `${path}?${query}`, type, body, places }
}

/** The office is named by everybody's session; a wrong one shows nothing but 404. */
function valueOfCode(name: string, { codes }: Crawled, mark: (value: string) => string): string {
  const value = encodeURIComponent(codes.get(name) ?? '1')
  return name === 'office' ? value : mark(value)
}

function givenToPage(method: string, fields: ReadonlyMap<string, string>, mark: (value: string) => string) {
  const written = [...fields]
    .map(([name, value]) => `${encodeURIComponent(name)}=${mark(encodeURIComponent(value || '1'))}`)
    .join('&')
  return method === 'GET'
    ? { query: written, body: '', type: '' }
    : { query: '', body: written, type: formType }
}

type Making = { readonly crawled: Crawled; readonly api: OpenApi; readonly mark: (value: string) => string }

function givenToApi(method: string, pattern: string, { crawled, api, mark }: Making) {
  const documented = pattern.slice(apiBase.length).replaceAll(/:(\w+)/g, '{$1}')
  const operation = api.paths[documented]?.[method.toLowerCase()]
  const query = (operation?.parameters ?? [])
    .filter((each) => each.in === 'query')
    .map(
      ({ name, schema }) =>
        `${name}=${mark(encodeURIComponent(String(valueFor(name, schema, sources(crawled, api)))))}`,
    )
    .join('&')
  const content = operation?.requestBody?.content ?? {}
  const [type = '', { schema = {} } = {}] = Object.entries(content)[0] ?? []
  const value = type === '' ? undefined : valueFor('', schema, sources(crawled, api))
  if (type === 'application/json') return { query, type, body: JSON.stringify(marked(value, mark)) }
  if (textTypes.includes(type)) return { query, type, body: mark('nama,nilai\nsatu,dua') }
  return { query, type: '', body: '' }
}

const sources = ({ codes }: Crawled, { components }: OpenApi) => ({ codes, schemas: components.schemas })

/** Every text in it becomes a place; a number or a choice of two is no text to the parser. */
function marked(value: unknown, mark: (value: string) => string): unknown {
  if (typeof value === 'string') return mark(value)
  if (Array.isArray(value)) return value.map((each) => marked(each, mark))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each, mark)]))
}
