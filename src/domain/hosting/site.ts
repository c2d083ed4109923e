/** What a visitor gets under the name of a site. */
export const siteKinds = ['static', 'php', 'proxy', 'redirect', 'maintenance'] as const
export type SiteKind = (typeof siteKinds)[number]

export const databaseEngines = ['mariadb', 'postgresql'] as const
export type DatabaseEngine = (typeof databaseEngines)[number]

/** What a site host must know about one site: nothing of requests, people or offices. */
export type SiteDescription = {
  /** Fully qualified, lower case, without the trailing dot, e.g. `aset.contohkab.go.id`. */
  readonly fqdn: string
  /** Name of the electronic system, shown as the title of the starting page. */
  readonly title: string
  /** Agency that answers for the content. */
  readonly agency: string
  /** Absent: `static`, as in plans that were stored before there were others. */
  readonly kind?: SiteKind | undefined
  /** Where a proxy or a redirect leads. */
  readonly target?: string | undefined
  readonly database?: DatabaseEngine | undefined
}

/** RFC 1035 section 2.3.4: a name has at most 255 octets on the wire, which leaves 253 characters. */
const NAME_MAX_CHARACTERS = 253
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Whether this is a lower-case host name of at least two labels (RFC 1123 section 2.1). The host checks
 * again what the desk has checked, because the name becomes the name of a directory.
 */
export function isSiteName(name: string): boolean {
  if (name.length > NAME_MAX_CHARACTERS) return false
  const labels = name.split('.')
  return labels.length >= 2 && labels.every((label) => LABEL.test(label))
}

/** The name in a Host header without its port, lower case and without a final dot; null when malformed. */
export function siteNameOf(hostHeader: string | undefined): string | null {
  const name = (hostHeader ?? '')
    .replace(/:\d{1,5}$/, '')
    .toLowerCase()
    .replace(/\.$/, '')
  return isSiteName(name) ? name : null
}

/**
 * Whether a front page with this status shows that a site of the kind is served as it should be. A program, and
 * whatever a proxy leads to, may answer anything but a fault of its own or of the way to it.
 */
export function isServedAs(kind: SiteKind, status: number): boolean {
  switch (kind) {
    case 'static':
      return status === 200
    case 'redirect':
      return status >= 301 && status <= 308
    case 'maintenance':
      return status === 503
    case 'php':
    case 'proxy':
      return status >= 200 && status < 500
  }
}
