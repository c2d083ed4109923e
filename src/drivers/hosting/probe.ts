import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { rootCertificates } from 'node:tls'

import { titleOf } from '../../domain/hosting/html.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { NotAllowed, wayTo } from '../outgoing.ts'
import type { ProbeResult } from './driver.ts'

const PROBE_TIMEOUT_MS = 10_000
/** The title stands near the top; a page may be of any length. */
const PAGE_READ_MAX_BYTES = 256 * 1024

/** Where to connect, and nothing about what to ask for: the request carries the site's own name. */
export type WebTarget = { readonly address: string; readonly port: number }

/** Where a host serves HTTPS, and which roots (PEM) count beside the public ones. */
export type SecureTarget = WebTarget & { readonly root?: string | undefined }

/**
 * Fetches `/` of a site by its name as a visitor would, over a fresh connection. A site that leads to itself by HTTPS
 * is judged by what it shows there, with its certificate verified.
 * @param resolve gives the address for the name; its failure is an outage
 */
export async function probeSite(
  fqdn: string,
  resolve: (fqdn: string) => Promise<WebTarget>,
  secure?: SecureTarget,
): Promise<ProbeResult> {
  let url = `http://${fqdn}/`
  try {
    const target = await resolve(fqdn)
    if (target.port !== 80) url = `http://${fqdn}:${target.port}/`
    let page = await fetchPage(target, url)
    const safe = `https://${fqdn}${secure && secure.port !== 443 ? `:${secure.port}` : ''}/`
    if (secure && page.location === safe) {
      url = safe
      page = await fetchPage(secure, url)
    }
    return { kind: 'seen', url, status: page.status, title: titleOf(page.html) }
  } catch (error) {
    const why = error instanceof NotAllowed ? error.text : hostingText.probeFailed(url)
    return { kind: 'unknown', url, why }
  }
}

type Page = { readonly status: number; readonly location: string | undefined; readonly html: string }

async function fetchPage(target: SecureTarget, url: string): Promise<Page> {
  const lookup = await wayTo({ host: target.address, port: target.port })
  const { host, hostname, protocol } = new URL(url)
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
  const options = {
    host: target.address,
    port: target.port,
    path: '/',
    headers: { host },
    signal,
    lookup,
    agent: false,
  }
  const trust = { servername: hostname, ca: [...rootCertificates, ...(target.root ? [target.root] : [])] }
  const ask = protocol === 'https:' ? secureRequest({ ...options, ...trust }) : request(options)
  return new Promise((resolve, reject) => {
    ask.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const finish = () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          html: Buffer.concat(chunks).toString(),
        })
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size < PAGE_READ_MAX_BYTES) return
        finish()
        ask.destroy()
      })
      response.on('end', finish)
      response.on('error', reject)
    })
    ask.on('error', reject)
    ask.end()
  })
}
