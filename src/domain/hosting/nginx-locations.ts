import type { Statement, Word } from './nginx-syntax.ts'

/* What every web server of ours does for a kind of site, wherever its files lie. */

/** A word of ours that may hold variables. */
export const x = (expression: string): Word => ({ expression })
export const location = (...args: readonly [Word, ...Word[]]) => ({
  with: (...body: readonly Statement[]): Statement => ({ head: ['location', ...args], body }),
})

/** Files whose name begins with a dot are nobody's business. */
export const hidden = location('~', x('"/\\.(?!well-known/)"')).with(['return', '404'])

export const staticLocations: Statement[] = [
  hidden,
  // The source of a program is not content.
  location('~*', x('"\\.(php\\d?|phtml|phar|cgi|pl|py|rb|asp|aspx|jsp)(/|$)"')).with(['return', '404']),
  location('/').with(['index', 'index.html'], ['try_files', x('$uri'), x('$uri/'), x('=404')]),
]

export const proxyTo = (target: string): Statement[] => [
  ['client_max_body_size', '32m'],
  location('/').with(
    ['proxy_pass', target.replace(/\/$/, '')],
    ['proxy_http_version', '1.1'],
    ['proxy_set_header', 'Host', x('$host')],
    ['proxy_set_header', 'Connection', x('""')],
    // Set anew, not added to: what a visitor claims of himself is worth nothing.
    ['proxy_set_header', 'X-Forwarded-For', x('$remote_addr')],
    ['proxy_set_header', 'X-Forwarded-Proto', x('$scheme')],
    ['proxy_set_header', 'X-Real-IP', x('$remote_addr')],
    ['proxy_set_header', 'Proxy', x('""')],
    ['proxy_connect_timeout', '10s'],
    ['proxy_ssl_server_name', 'on'],
  ),
]

/** A bare address takes the path along; one with a path of its own is meant exactly. 302: a desk may take it back. */
export function redirectTo(target: string): Word {
  const url = new URL(target)
  const isBare = url.pathname === '/' && url.search === ''
  return isBare ? x(`"${url.origin}$request_uri"`) : target
}
