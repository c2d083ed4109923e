import { request } from 'node:http'

import { titleOf } from '../../domain/hosting/html.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import type { ProbeResult } from './driver.ts'

const PROBE_TIMEOUT_MS = 10_000
/** The title stands near the top; a page may be of any length. */
const PAGE_READ_MAX_BYTES = 256 * 1024

/** Where to connect, and nothing about what to ask for: the request carries the site's own name. */
export type WebTarget = { readonly address: string; readonly port: number }

/**
 * Fetches `/` of a site by its name as a visitor would, over a fresh connection.
 * @param resolve gives the address for the name; its failure is an outage
 */
export async function probeSite(
  fqdn: string,
  resolve: (fqdn: string) => Promise<WebTarget>,
): Promise<ProbeResult> {
  let url = `http://${fqdn}/`
  try {
    const target = await resolve(fqdn)
    if (target.port !== 80) url = `http://${fqdn}:${target.port}/`
    const { status, html } = await fetchPage(target, new URL(url).host)
    return { kind: 'seen', url, status, title: titleOf(html) }
  } catch {
    return { kind: 'unknown', url, why: hostingText.probeFailed(url) }
  }
}

function fetchPage(target: WebTarget, host: string): Promise<{ status: number; html: string }> {
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
  const options = {
    host: target.address,
    port: target.port,
    path: '/',
    headers: { host },
    signal,
    agent: false,
  }
  return new Promise((resolve, reject) => {
    const asking = request(options, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      const finish = () =>
        resolve({ status: response.statusCode ?? 0, html: Buffer.concat(chunks).toString() })
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size < PAGE_READ_MAX_BYTES) return
        finish()
        asking.destroy()
      })
      response.on('end', finish)
      response.on('error', reject)
    })
    asking.on('error', reject)
    asking.end()
  })
}
