/** More components than this in one address is no page of a site, and each costs the host a system call. */
const PATH_MAX_COMPONENTS = 40

export type SitePath = { readonly components: readonly string[]; readonly isFolder: boolean }

function isServable(component: string, index: number): boolean {
  if (component === '' || component.includes('/') || component.includes('\\')) return false
  if (/[\u0000-\u001f\u007f]/.test(component)) return false
  // RFC 8615: the one folder with a leading dot that the web is meant to see.
  if (component.startsWith('.')) return index === 0 && component === '.well-known'
  return Buffer.byteLength(component) <= 255
}

/**
 * The path of an address inside a site, decoded exactly once (RFC 3986 section 2.4); null when it names
 * nothing a site may serve: traversal in any spelling, hidden files, empty components, broken encoding.
 * @param pathname the raw path of the request, beginning with a slash, without the query
 */
export function sitePathOf(pathname: string): SitePath | null {
  if (!pathname.startsWith('/')) return null
  const isFolder = pathname.endsWith('/')
  const raw = pathname.slice(1, isFolder && pathname.length > 1 ? -1 : undefined)
  if (raw === '') return pathname === '/' ? { components: [], isFolder: true } : null
  const pieces = raw.split('/')
  if (pieces.length > PATH_MAX_COMPONENTS) return null
  try {
    const components = pieces.map((piece) => decodeURIComponent(piece))
    return components.every(isServable) ? { components, isFolder } : null
  } catch {
    return null
  }
}

/** The address of a folder inside its site; always begins with one slash and a name, so never another host. */
export function folderAddress(components: readonly string[]): string {
  return `/${components.map((component) => encodeURIComponent(component)).join('/')}/`
}

export type ByteRange = { readonly start: number; readonly end: number }

/**
 * One byte range of a Range header (RFC 9110 section 14.1.2), `end` inclusive. Several ranges, other units
 * and malformed headers are answered with the whole file, which the RFC allows.
 */
export function byteRangeOf(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return 'whole'
  if (found[1] === '') {
    const length = Math.min(Number(found[2]), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(found[1])
  const last = found[2] === '' ? size - 1 : Number(found[2])
  if (found[2] !== '' && last < start) return 'whole'
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(last, size - 1) }
}

type Validators = { readonly etag: string; readonly modifiedMs: number }
type Conditions = Readonly<Record<string, string | string[] | undefined>>

function headerOf(headers: Conditions, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1000)

/** Whether the client already has this content (RFC 9110 sections 13.1.2 and 13.1.3). */
export function isNotModified(headers: Conditions, { etag, modifiedMs }: Validators): boolean {
  const tags = headerOf(headers, 'if-none-match')
  if (tags !== undefined) {
    return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
  }
  const since = Date.parse(headerOf(headers, 'if-modified-since') ?? '')
  return !Number.isNaN(since) && wholeSeconds(modifiedMs) <= wholeSeconds(since)
}

/** Whether a Range header still speaks of this content (RFC 9110 section 13.1.5). */
export function rangeApplies(headers: Conditions, { etag, modifiedMs }: Validators): boolean {
  const condition = headerOf(headers, 'if-range')
  if (condition === undefined) return true
  if (condition.startsWith('"')) return condition === etag
  return wholeSeconds(Date.parse(condition)) === wholeSeconds(modifiedMs)
}
