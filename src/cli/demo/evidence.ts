import { createHash } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { dirname, join } from 'node:path'
import { verifyLogbookFile } from '../logbook-verifier/export.ts'
import type { Client } from './client.ts'
import { AnswerError } from './client.ts'
import type { DatabaseAccess } from './php-page.ts'
import type { Case } from './walk.ts'

/** What proves that a letter became a live service, seen from outside. */
export type Evidence = {
  readonly dns: { readonly server: string; readonly question: string; readonly answers: readonly string[] }
  readonly site: { readonly url: string; readonly status: number; readonly title: string | null }
  readonly letter: {
    readonly kind: string
    readonly number: string
    readonly file: string
    readonly sha256: string
  }
  readonly credentials: { readonly revealed: number; readonly secondReveal: string }
  readonly logbook: { readonly entries: number; readonly head: string; readonly verified: boolean }
}

type Where = { readonly host: string; readonly port: number }

const queryTimeoutMs = 3_000
const tlsPort = 443
const fetchTimeoutMs = 10_000

/** Asks the name server over the wire, with the resolver of the runtime: not our own codec. */
export async function askDns({ host, port }: Where, fqdn: string): Promise<Evidence['dns']> {
  const resolver = new Resolver({ timeout: queryTimeoutMs, tries: 3 })
  resolver.setServers([`${host.includes(':') ? `[${host}]` : host}:${port}`])
  return { server: `${host}:${port}`, question: `${fqdn}. A`, answers: await resolver.resolve4(fqdn) }
}

/** Where sites are fetched; with a root (PEM) by HTTPS, and the certificate must lead to it. */
type Web = { readonly port: number; readonly root?: string }

type FetchedSite = Evidence['site'] & { readonly html: string }

/** Fetches the site by its name at the address that the name server gave. */
export function fetchSite(web: Web, fqdn: string, address: string): Promise<FetchedSite> {
  const host = web.root && web.port === tlsPort ? fqdn : `${fqdn}:${web.port}`
  const url = `${web.root ? 'https' : 'http'}://${host}/`
  const secure = web.root ? { ca: web.root, servername: fqdn } : {}
  return new Promise((resolve, reject) => {
    const asking = (web.root ? secureRequest : request)(
      {
        host: address,
        port: web.port,
        ...secure,
        path: '/',
        headers: { host },
        timeout: fetchTimeoutMs,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const html = Buffer.concat(chunks).toString('utf8')
          resolve({
            url,
            status: response.statusCode ?? 0,
            title: /<title>([^<]*)<\/title>/i.exec(html)?.[1]?.trim() ?? null,
            html,
          })
        })
      },
    )
    asking.on('timeout', () => asking.destroy(new Error(`${url} did not answer`)))
    asking.on('error', reject)
    asking.end()
  })
}

/** Fetches the paper with which the SOP ends and keeps it where it can be opened. */
export async function fetchLetter(
  client: Client,
  view: Case,
  directory: string,
): Promise<Evidence['letter']> {
  const letter = view.letters.at(-1)
  if (!letter?.href) throw new Error(`${view.ticket} ended without a paper`)
  const pdf = await client.download(letter.href)
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  if (sha256 !== letter.sha256) throw new Error(`the paper of ${view.ticket} is not the one on file`)
  const file = join(directory, `${view.ticket}-${letter.kind}.pdf`)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, pdf, { mode: 0o600 })
  return { kind: letter.kind, number: letter.number, file, sha256 }
}

type OpenedOnce = {
  readonly opened: {
    readonly username: string
    readonly password: string
    readonly database?: DatabaseAccess
  }
  readonly shown: Evidence['credentials']
}

/** Opens the credentials as the technical contact, and tries a second time. The secret is never printed. */
export async function openCredentials(client: Client, office: string, view: Case): Promise<OpenedOnce> {
  const reveal = view.reveals.find((each) => each.status === 'ready')
  if (!reveal) throw new Error(`${view.ticket} has no credentials to open`)
  const path = `/api/v1/offices/${office}/reveals/${reveal.id}`
  const opened = await client.send<OpenedOnce['opened']>('POST', path, {})
  if (!opened.username || !opened.password) throw new Error('the credentials are empty')
  try {
    await client.send('POST', path, {})
    return { opened, shown: { revealed: 2, secondReveal: 'opened' } }
  } catch (error) {
    if (!(error instanceof AnswerError) || error.status !== 410) throw error
    return { opened, shown: { revealed: 1, secondReveal: 'refused' } }
  }
}

/** Exports the office's logbook as its auditor and verifies the file offline. */
export async function checkLogbook(
  auditor: Client,
  office: string,
  directory: string,
): Promise<Evidence['logbook']> {
  const file = join(directory, `${office}-logbook.ndjson`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(file, await auditor.download(`/api/v1/offices/${office}/logbook/export`), { mode: 0o600 })
  const verdict = await verifyLogbookFile(file)
  if (verdict.verdict !== 'ok') return { entries: 0, head: '', verified: false }
  return { entries: verdict.entries, head: verdict.head, verified: true }
}
