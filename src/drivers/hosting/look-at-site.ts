import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { once } from 'node:events'
import { connect, rootCertificates, type TLSSocket } from 'node:tls'
import type { SeenAnswer, SiteSignals } from '../../domain/security-checklist/site-look.ts'
import { wayTo } from '../outgoing.ts'
import type { SecureTarget, WebTarget } from './probe.ts'

/** Longest wait for one answer; the questions go side by side, so the whole look takes little more. */
const answerMs = 6_000
const bodyMaxBytes = 64 * 1024

/** An address that no site has. */
const nowhere = '/alamat-yang-tidak-ada-7f3a'
/** Files that tell about the inside, and how their content begins or what it holds. */
const innerFiles: readonly { readonly path: string; readonly tells: RegExp }[] = [
  { path: '/.git/HEAD', tells: /^ref: refs\// },
  { path: '/.env', tells: /^[A-Z][A-Z0-9_]*=/m },
  { path: '/phpinfo.php', tells: /<title>[^<]*phpinfo\(\)/ },
  { path: '/wp-config.php.bak', tells: /DB_PASSWORD/ },
  { path: '/server-status', tells: /Apache Server Status/ },
]

/** Where HTTPS is served by hosts that say nothing else. */
export const securePort = 443

type Seen = SeenAnswer & {
  readonly certificate: { readonly trusted: boolean; readonly notAfter: Date } | null
}

/**
 * Opens a site as a visitor does and tries nothing: its front page by HTTP and HTTPS, an address that cannot exist, and files that
 * must not be there. Goes to the given places only and follows no redirect.
 */
export async function lookAtSite(fqdn: string, web: WebTarget, secure?: SecureTarget): Promise<SiteSignals> {
  const [plain, safe, oldTls] = await Promise.all([
    ask(fqdn, web, '/', false),
    secure ? ask(fqdn, secure, '/', true) : null,
    secure ? takesOldTls(fqdn, secure) : false,
  ])
  const [place, isSafe] = safe && secure ? [secure, true] : [web, false]
  const [missing, ...inner] = await Promise.all([
    ask(fqdn, place, nowhere, isSafe),
    ...innerFiles.map(({ path }) => ask(fqdn, place, path, isSafe)),
  ])
  return {
    plain,
    secure: safe?.certificate ? { ...safe, ...safe.certificate } : null,
    oldTls,
    nowhere: missing,
    exposed: innerFiles.filter(({ tells }, at) => tells.test(okBody(inner[at]))).map(({ path }) => path),
  }
}

const okBody = (answer: Seen | null | undefined): string => (answer?.status === 200 ? answer.body : '')

/** @returns null when nobody answers in time */
async function ask(fqdn: string, place: SecureTarget, path: string, isSafe: boolean): Promise<Seen | null> {
  const lookup = await wayTo({ host: place.address, port: place.port })
  const port = place.port === (isSafe ? 443 : 80) ? '' : `:${place.port}`
  const options = {
    host: place.address,
    port: place.port,
    path,
    // Somebody else's page asks: does the site let it read the answer?
    headers: { host: `${fqdn}${port}`, origin: 'https://luar.example', 'user-agent': 'Ranah' },
    signal: AbortSignal.timeout(answerMs),
    lookup,
    agent: false as const,
  }
  const ca = [...rootCertificates, ...(place.root ? [place.root] : [])]
  const asked = isSafe
    ? secureRequest({ ...options, servername: fqdn, ca, rejectUnauthorized: false })
    : request(options)
  return new Promise((resolve) => {
    asked.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const finish = () => {
        const { 'set-cookie': cookies = [], ...headers } = response.headers
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
          cookies,
          body: Buffer.concat(chunks).toString(),
          certificate: isSafe ? certificateOf(response.socket as TLSSocket) : null,
        })
        asked.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size >= bodyMaxBytes) finish()
      })
      response.on('end', finish)
      response.on('error', () => resolve(null))
    })
    asked.on('error', () => resolve(null))
    asked.end()
  })
}

function certificateOf(socket: TLSSocket): { trusted: boolean; notAfter: Date } | null {
  const shown = socket.getPeerX509Certificate()
  return shown ? { trusted: socket.authorized, notAfter: new Date(shown.validTo) } : null
}

/** Whether a handshake with TLS 1.0 or 1.1 (RFC 8996: not to be used) comes to its end. */
async function takesOldTls(fqdn: string, place: SecureTarget): Promise<boolean> {
  const lookup = await wayTo({ host: place.address, port: place.port })
  const socket = connect({
    host: place.address,
    port: place.port,
    lookup,
    servername: fqdn,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  })
  socket.on('error', () => {})
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(answerMs) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
