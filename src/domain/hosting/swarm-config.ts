import { maintenancePage, missingPage, startingPage, unknownHostPage } from './host-pages.ts'
import { location, proxyTo, redirectTo, staticLocations, x } from './nginx-locations.ts'
import { printNginx, type Statement } from './nginx-syntax.ts'
import { describeSite } from './plan.ts'
import type { SiteDescription } from './site.ts'

/* What nginx reads in the containers of a Docker Swarm: one at the edge of every node, and some for each site. */

/** The port inside a container, which its unprivileged user may open. */
export const INNER_PORT = 8080
export const NGINX_CONF = '/etc/nginx/nginx.conf'
/** Where the content of an archive lies in its image. */
export const CONTENT_FOLDER = '/srv/ranah/www'
const PAGES = '/srv/ranah/pages'
const STARTING = '/srv/ranah/starting'
/** Answers which description and content of a site a container serves. */
export const REVISION_PATH = '/.well-known/ranah/revision'

/** A file that the Swarm itself carries to every container, wherever that runs. */
export type CarriedFile = { readonly path: string; readonly text: string }

/** A name of one label is never asked of a server outside the Swarm, so that it is known or not at once. */
const SHORT_MAX = 60
const SHORT_LABELS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const ENDING = 'ranah-site'
/** RFC 1035 section 2.3.4: with its ending a name must still fit into 253 characters. */
export const SWARM_NAME_MAX = 253 - `.${ENDING}`.length

/**
 * The name under which the edges find the containers of a site. Neither form is ever the name of anything else in the
 * Swarm, so that a visitor's Host header cannot mean more than one of our sites.
 */
export function siteAlias(fqdn: string): string {
  const isShort = fqdn.length <= SHORT_MAX && fqdn.split('.').length <= SHORT_LABELS.length
  return isShort ? fqdn.replaceAll('.', '_') : `${fqdn}.${ENDING}`
}

/** The same, as nginx makes it of the name that was asked for. */
const aliasMap: Statement = {
  head: ['map', x('$site'), x('$alias')],
  body: [
    ['default', x(`"$site.${ENDING}"`)],
    ...Array.from({ length: SHORT_LABELS.length - 1 }, (_, index): Statement => {
      const names = SHORT_LABELS.slice(0, index + 2)
      const pattern = names.map((name) => `(?<${name}>[^.]+)`).join('\\.')
      const value = names.map((name) => `\${${name}}`).join('_')
      return [x(`"~^(?=.{1,${SHORT_MAX}}$)${pattern}$"`), x(`"${value}"`)]
    }),
  ],
}

const main: Statement[] = [
  ['worker_processes', '1'],
  ['pid', '/tmp/nginx.pid'],
  ['error_log', 'stderr', 'warn'],
  { head: ['events'], body: [['worker_connections', '1024']] },
]

const http = (...body: Statement[]): Statement => ({
  head: ['http'],
  body: [
    // The file system of a container cannot be written to but here.
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name): Statement => [
      `${name}_temp_path`,
      `/tmp/${name}`,
    ]),
    ['include', '/etc/nginx/mime.types'],
    ['default_type', 'application/octet-stream'],
    ['server_tokens', 'off'],
    ['sendfile', 'on'],
    // What is led through is never kept on the way: there is no room for it.
    ['proxy_request_buffering', 'off'],
    ['proxy_max_temp_file_size', '0'],
    ...body,
  ],
})

const listen = (...more: string[]): Statement => ['listen', String(INNER_PORT), ...more]

/**
 * The edge of a node: leads a name to the containers of its site, wherever they run. It finds them by name in the
 * Swarm's own DNS, so that a site comes and goes without a change here. A name that is not found has no site.
 */
export function edgeFiles(): readonly CarriedFile[] {
  const unknown: Statement[] = [
    ['error_page', '404', '=404', '/404.html'],
    location('=', '/404.html').with(['internal'], ['root', PAGES]),
  ]
  const notFound: Statement = {
    head: ['location', '@unreached'],
    // Without an address nothing was tried: the name is not known. Otherwise the site is there and does not answer.
    body: [{ head: ['if', x('($upstream_addr = "")')], body: [['return', '404']] }, ['return', '502']],
  }
  const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
  const conf = printNginx([
    ...main,
    http(
      ['log_format', 'edge', x(`'$remote_addr [$time_iso8601] $host "$request" $status $body_bytes_sent'`)],
      ['access_log', '/dev/stdout', 'edge'],
      ['recursive_error_pages', 'on'],
      ['resolver', '127.0.0.11', 'valid=1s', 'ipv6=off'],
      ['resolver_timeout', '3s'],
      aliasMap,
      ['server_names_hash_bucket_size', '128'],
      {
        head: ['server'],
        body: [
          listen('default_server'),
          ['server_name', '_'],
          ...unknown,
          location('/').with(['return', '404']),
        ],
      },
      {
        head: ['server'],
        body: [
          listen(),
          ['server_name', x(`"~^(?<site>(?:${label}\\.)+${label})$"`)],
          ...unknown,
          ['client_max_body_size', '32m'],
          notFound,
          location('/').with(
            ['proxy_pass', x(`http://$alias:${INNER_PORT}`)],
            ['proxy_http_version', '1.1'],
            ['proxy_set_header', 'Host', x('$site')],
            ['proxy_set_header', 'Connection', x('""')],
            ['proxy_set_header', 'X-Real-IP', x('$remote_addr')],
            ['proxy_set_header', 'Proxy', x('""')],
            // A node that died is in the DNS for some seconds more: ask the next container soon.
            ['proxy_connect_timeout', '2s'],
            ['proxy_next_upstream', 'error', 'timeout'],
            ['error_page', '502', '504', '=', '@unreached'],
          ),
        ],
      },
    ),
  ])
  return [
    { path: NGINX_CONF, text: conf },
    { path: `${PAGES}/404.html`, text: unknownHostPage() },
  ]
}

/**
 * What the containers of one site read.
 * @param hasArchive whether the content lies in their image; else they show the starting page
 */
export function siteFiles(
  description: SiteDescription,
  hasArchive: boolean,
  revision: string,
): readonly CarriedFile[] {
  const site = describeSite(description)
  const isStart = site.kind === 'static' && !hasArchive
  const body = bodyOf(site, isStart ? STARTING : CONTENT_FOLDER)
  const conf = printNginx([
    ...main,
    http(
      ['access_log', 'off'],
      // Only the edges can reach this container, and they say who the visitor is.
      ['set_real_ip_from', '0.0.0.0/0'],
      ['real_ip_header', 'X-Real-IP'],
      ['server_names_hash_bucket_size', '512'],
      // Whoever was led here by an address that had belonged to another site shall try again.
      { head: ['server'], body: [listen('default_server'), ['server_name', '_'], ['return', '444']] },
      {
        head: ['server'],
        body: [
          listen(),
          ['server_name', site.fqdn],
          ['absolute_redirect', 'off'],
          ['add_header', 'X-Content-Type-Options', 'nosniff'],
          location('=', REVISION_PATH).with(['default_type', 'text/plain'], ['return', '200', revision]),
          ...body,
        ],
      },
    ),
  ])
  return [
    { path: NGINX_CONF, text: conf },
    ...(site.kind === 'static' ? [{ path: `${PAGES}/404.html`, text: missingPage(site) }] : []),
    ...(site.kind === 'maintenance'
      ? [{ path: `${PAGES}/maintenance.html`, text: maintenancePage(site) }]
      : []),
    ...(isStart ? [{ path: `${STARTING}/index.html`, text: startingPage(site) }] : []),
  ]
}

function bodyOf({ kind, target }: SiteDescription, folder: string): readonly Statement[] {
  switch (kind) {
    case 'proxy':
      return proxyTo(target!)
    case 'redirect':
      return [location('/').with(['return', '302', redirectTo(target!)])]
    case 'maintenance':
      return [
        ['error_page', '503', '/.well-known/ranah/maintenance.html'],
        location('=', '/.well-known/ranah/maintenance.html').with(
          ['internal'],
          ['add_header', 'Retry-After', '3600', 'always'],
          ['alias', `${PAGES}/maintenance.html`],
        ),
        location('/').with(['return', '503']),
      ]
    default:
      return [
        ['root', folder],
        ['disable_symlinks', 'on', x('from=$document_root')],
        ['error_page', '404', '/.well-known/ranah/404.html'],
        location('=', '/.well-known/ranah/404.html').with(['internal'], ['alias', `${PAGES}/404.html`]),
        ...staticLocations,
      ]
  }
}
