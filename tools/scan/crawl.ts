import { routeOf, type Crawled } from './addresses.ts'

/** Pages of one line of the table that are opened by one person: another may show another form. */
const pagesOfRoute = 4
const mostPages = 600
const pageMs = 20_000

/**
 * Opens the pages that links lead to, as one person, and notes what stands in their addresses and forms.
 * @param start addresses to begin with
 * @param crawled is added to: what was known already stays
 */
export async function crawl(base: string, start: readonly string[], crawled: Crawled): Promise<number> {
  const opened = new Map<string, number>()
  const seen = new Set(start)
  const waiting = [...seen]
  let pages = 0
  for (let path = waiting.shift(); path !== undefined && pages < mostPages; path = waiting.shift()) {
    const route = routeOf('GET', path)
    const times = opened.get(route ?? '') ?? 0
    if (route === undefined || route.startsWith('GET /api/') || times >= pagesOfRoute) continue
    opened.set(route, times + 1)
    pages += 1
    const html = await pageAt(base, path)
    if (html === undefined) continue
    noteAddress('GET', path, crawled)
    for (const link of linksOf(html)) {
      noteAddress('GET', link, crawled)
      if (!seen.has(link)) waiting.push(link)
      seen.add(link)
    }
    for (const form of formsOf(html, path)) noteForm(form, crawled)
  }
  return pages
}

async function pageAt(base: string, path: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(pageMs)
  const answer = await fetch(new URL(path, base), { redirect: 'manual', signal }).catch(() => undefined)
  if (answer?.status !== 200 || !answer.headers.get('content-type')?.startsWith('text/html')) {
    await answer?.body?.cancel()
    return undefined
  }
  return answer.text()
}

const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', '#39': "'", lt: '<', gt: '>' }
const plain = (text: string): string =>
  text.replaceAll(/&(amp|quot|#39|lt|gt);/g, (_, name: string) => entities[name]!)

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return found === undefined ? undefined : plain(found)
}

const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\s[^>]*>/g)]
    .map(([tag]) => attribute(tag, 'href') ?? '')
    .filter((href) => /^\/[^/]/.test(href))
    .map((href) => href.split('#')[0]!)

type Form = { readonly method: string; readonly path: string; readonly fields: ReadonlyMap<string, string> }

/** Portal's own markup: attributes in double quotes, forms never one in another. */
function formsOf(html: string, page: string): Form[] {
  return [...html.matchAll(/<form\s[^>]*>|<form>/g)].map((found) => {
    const end = html.indexOf('</form>', found.index)
    const inside = html.slice(found.index, end === -1 ? undefined : end)
    const method = (attribute(found[0], 'method') ?? 'get').toUpperCase()
    return { method, path: attribute(found[0], 'action') || page, fields: fieldsOf(inside) }
  })
}

function fieldsOf(html: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [tag] of html.matchAll(/<(?:input|textarea|button)\s[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (name && attribute(tag, 'type') !== 'file' && !fields.has(name))
      fields.set(name, attribute(tag, 'value') ?? '')
  }
  for (const [whole] of html.matchAll(/<select\s[^>]*>[^]*?<\/select>/g)) {
    const options = [...whole.matchAll(/<option\s[^>]*>/g)].map(([tag]) => attribute(tag, 'value') ?? '')
    const name = attribute(whole.slice(0, whole.indexOf('>') + 1), 'name')
    if (name) fields.set(name, options.find((value) => value !== '') ?? '')
  }
  return fields
}

/** Keeps the codes of an address by their names, and the names of its query. */
function noteAddress(method: string, address: string, { codes, fields }: Crawled): void {
  const [path = '', query = ''] = address.split('?')
  const route = routeOf(method, path)
  if (route === undefined) return
  const written = path.split('/')
  for (const [index, part] of route.split(' ')[1]!.split('/').entries())
    if (part.startsWith(':') && !codes.has(part.slice(1)))
      codes.set(part.slice(1), decodeURIComponent(written[index]!))
  for (const [name, value] of new URLSearchParams(query)) noteField(fields, route, name, value)
}

function noteForm({ method, path, fields }: Form, crawled: Crawled): void {
  noteAddress(method, path, crawled)
  const route = routeOf(method, path)
  if (route) for (const [name, value] of fields) noteField(crawled.fields, route, name, value)
}

function noteField(all: Crawled['fields'], route: string, name: string, value: string): void {
  const known = all.get(route) ?? new Map<string, string>()
  all.set(route, known)
  if (!known.get(name)) known.set(name, value)
}
