import { join } from 'node:path'

import {
  hidden,
  location,
  proxyTo,
  redirectTo,
  staticLocations,
  x,
} from '../../domain/hosting/nginx-locations.ts'
import { printNginx, type Statement } from '../../domain/hosting/nginx-syntax.ts'
import { keyFile, poolSocket, proofsDir, siteDir } from './places.ts'
import type { SiteRecord } from './record.ts'
import type { HostSettings } from './settings.ts'

/** Answers which configuration is in force: a reload is over when the new one says so. */
export const GENERATION_NAME = 'generation.ranah.invalid'

const listens = (port: number, ...more: string[]): Statement[] => [
  ['listen', String(port), ...more],
  ['listen', `[::]:${port}`, ...more],
]

/** What a name without a site gets, and the mark of this generation. */
export function renderCatchAll(settings: HostSettings, digest: string): string {
  const { webPort, tlsPort } = settings
  return printNginx([
    {
      head: ['server'],
      body: [
        ...listens(webPort, 'default_server'),
        ['server_name', '_'],
        ['server_tokens', 'off'],
        ['return', '404'],
      ],
    },
    {
      head: ['server'],
      body: [
        ...listens(tlsPort, 'ssl', 'http2', 'default_server'),
        ['server_name', '_'],
        // nginx takes these from here for every site of the port: they count before the name is known.
        ...strongTls,
        ['ssl_reject_handshake', 'on'],
      ],
    },
    {
      head: ['server'],
      body: [
        ...listens(webPort),
        ['server_name', GENERATION_NAME],
        ['access_log', 'off'],
        ['default_type', 'text/plain'],
        ['return', '200', digest],
      ],
    },
  ])
}

/** TLS 1.2 with forward secrecy and authenticated encryption only, or TLS 1.3. */
const strongTls: Statement[] = [
  ['ssl_protocols', 'TLSv1.2', 'TLSv1.3'],
  ['ssl_ciphers', 'ECDHE+AESGCM:ECDHE+CHACHA20'],
  ['ssl_session_cache', 'shared:ranah:10m'],
  ['ssl_session_timeout', '1d'],
  // Nobody renews the keys of tickets while nginx runs.
  ['ssl_session_tickets', 'off'],
]

/** The chain lies beside the block of its site and is named as nginx names what it includes. */
export const chainFile = (fqdn: string) => `${fqdn}.pem`

/** The server block of one site; with a certificate in force, plain HTTP only shows proofs and the way to HTTPS. */
export function renderSite(settings: HostSettings, fqdn: string, site: SiteRecord): string {
  const { webPort, tlsPort } = settings
  const { certificate } = site.tls
  const body = bodyOf(siteDir(site.id), site)
  const server = (...statements: Statement[]): Statement => ({
    head: ['server'],
    body: statements,
  })
  const common = commonOf(fqdn, site)
  const proofs = location('^~', '/.well-known/acme-challenge/').with(
    ['default_type', 'text/plain'],
    ['alias', `${proofsDir(site.id)}/`],
  )
  if (!certificate) return printNginx([server(...listens(webPort), ...common, proofs, ...body)])
  const port = tlsPort === 443 ? '' : `:${tlsPort}`
  // 307: a removed certificate must not leave visitors with a way to nowhere, and a form keeps its content.
  const moved = location('/').with(['return', '307', x(`"https://${fqdn}${port}$request_uri"`)])
  const keys: Statement[] = [
    ['ssl_certificate', `ranah/${chainFile(fqdn)}`],
    ['ssl_certificate_key', keyFile(certificate.key)],
    ...strongTls,
  ]
  return printNginx([
    server(...listens(webPort), ...common, proofs, moved),
    server(...listens(tlsPort, 'ssl', 'http2'), ...common, ...keys, ...body),
  ])
}

function commonOf(fqdn: string, site: SiteRecord): Statement[] {
  const logs = join(siteDir(site.id), 'logs')
  return [
    ['server_name', fqdn],
    ['server_tokens', 'off'],
    ['access_log', join(logs, 'access.log')],
    ['error_log', join(logs, 'error.log')],
    ['add_header', 'X-Content-Type-Options', 'nosniff'],
  ]
}

function bodyOf(folder: string, site: SiteRecord): Statement[] {
  switch (site.kind) {
    case 'static':
      return [...filesOf(folder), ...ownMissingPage(folder), ...staticLocations]
    case 'php':
      return [...filesOf(folder), ...phpLocations(site)]
    case 'proxy':
      return proxyTo(site.target!)
    case 'redirect':
      // In a location, or it would come before the proofs.
      return [location('/').with(['return', '302', redirectTo(site.target!)])]
    case 'maintenance':
      return maintenance(folder)
  }
}

const filesOf = (folder: string): Statement[] => [
  ['root', join(folder, 'www')],
  // The link `www` is ours and leads to the live version; every link below it belongs to somebody else.
  ['disable_symlinks', 'on', x('from=$document_root')],
]

const ownMissingPage = (folder: string): Statement[] => [
  ['error_page', '404', '/.well-known/ranah/404.html'],
  location('=', '/.well-known/ranah/404.html').with(
    ['internal'],
    ['alias', join(folder, 'pages', '404.html')],
  ),
]

const phpLocations = (site: SiteRecord): Statement[] => [
  ['index', 'index.php', 'index.html'],
  ['client_max_body_size', '32m'],
  hidden,
  location('/').with(['try_files', x('$uri'), x('$uri/'), x('/index.php?$query_string')]),
  location('~', x('"\\.php$"')).with(
    ['try_files', x('$uri'), x('=404')],
    ['include', '/etc/nginx/fastcgi_params'],
    // The real path, so that a new version is not taken for the one PHP has compiled before.
    ['fastcgi_param', 'SCRIPT_FILENAME', x('$realpath_root$fastcgi_script_name')],
    ['fastcgi_param', 'DOCUMENT_ROOT', x('$realpath_root')],
    // https://httpoxy.org: a request header must not become the proxy of the program.
    ['fastcgi_param', 'HTTP_PROXY', x('""')],
    ['fastcgi_pass', `unix:${poolSocket(site.id)}`],
  ),
]

const maintenance = (folder: string): Statement[] => [
  ['error_page', '503', '/.well-known/ranah/maintenance.html'],
  location('=', '/.well-known/ranah/maintenance.html').with(
    ['internal'],
    ['add_header', 'Retry-After', '3600', 'always'],
    ['alias', join(folder, 'pages', 'maintenance.html')],
  ),
  location('/').with(['return', '503']),
]
