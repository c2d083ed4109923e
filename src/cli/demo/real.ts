import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refused } from '../../domain/refused.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import type { Call } from '../arguments.ts'
import type { CommandDeps, DebianServers } from '../installation.ts'
import type { Client } from './client.ts'
import { plans } from './offices.ts'
import type { DemoState, SignedIn } from './people.ts'
import type { DatabaseAccess } from './php-page.ts'
import { phpApplication } from './php-page.ts'
import type { SiteWish } from './walk.ts'

/** The demo on Debian's own servers: what differs from the embedded one. */

export type RealEvidence = {
  readonly certificate: {
    readonly issuer: string
    readonly names: readonly string[]
    readonly notAfter: string
  }
  readonly database: { readonly engine: string; readonly rowRead: string | null }
  readonly servers: DebianServers['versions']
}

export const realSite: SiteWish = { kind: 'php', database: 'mariadb' }

const deployTimeoutMs = 60_000
const pollMs = 200

/** Whether Debian's own servers are asked for. @throws Refused for anything else after `--with` */
export function realWish(call: Call): boolean {
  const asked = call.one('with')
  if (asked === undefined) return false
  if (asked !== 'real') throw new Refused('wrong-call', cliTexts.demoWithWhat)
  return true
}

/** Starts BIND for the zones of the demo and a Debian host for its sites. */
export function startReal(
  deps: CommandDeps,
  directory: string,
  onProgress: (what: string) => void,
): Promise<DebianServers> {
  onProgress('menjalankan BIND dan menyiapkan server situs Debian (nginx, php-fpm, MariaDB, OpenSSH)')
  return deps.startDebianServers(
    join(directory, 'bind'),
    plans.map(({ zone }) => zone),
  )
}

/** Each administrator connects the office's name server and site host, tests them, and gives them the zone. */
export async function connectServers(
  signedIn: readonly SignedIn[],
  { offices }: DemoState,
  world: DebianServers,
  onProgress: (what: string) => void,
): Promise<void> {
  for (const { slug, zone } of offices) {
    onProgress(`menghubungkan server kantor ${slug}`)
    const administrator = signedIn.find(
      ({ account }) => account.office === slug && account.role === 'administrator',
    )!
    const { client } = administrator
    const base = `/api/v1/offices/${slug}`
    const connect = async (driver: string, name: string, access: DebianServers['nameServer']) => {
      const input = { driver, name, isDefault: true, ...access }
      const { id } = await client.send<{ id: string }>('POST', `${base}/servers`, input)
      const check = await client.send<{ ok: boolean; findings: { text: { en: string } }[] }>(
        'POST',
        `${base}/servers/${id}/check`,
        { zone },
      )
      if (!check.ok) throw new Error(check.findings.map(({ text }) => text.en).join(' '))
      return id
    }
    const server = await connect('rfc2136', 'DNS utama', world.nameServer)
    await connect('linux-host', 'Server situs', world.siteHost)
    await connect('acme', 'Otoritas sertifikat', world.authority)
    const { zones } = await client.get<{ zones: { id: string; name: string }[] }>(`${base}/settings`)
    await client.send('PUT', `${base}/zones/${zones.find(({ name }) => name === zone)!.id}/server`, {
      server,
    })
  }
}

type ServiceView = {
  readonly deployments: readonly {
    readonly id: string
    readonly status: string
    readonly outcome: string | null
  }[]
  readonly certificates: readonly {
    readonly status: string
    readonly names: readonly string[]
    readonly issuer: string | null
    readonly notAfter: string | null
  }[]
}

/**
 * Puts a PHP page online that keeps a row in the site's own database.
 * @returns once the host has taken it and serves it with a certificate
 */
export async function publishPhp(
  client: Client,
  office: string,
  fqdn: string,
  database: DatabaseAccess | undefined,
  onProgress: (what: string) => void,
): Promise<Pick<RealEvidence, 'certificate'> & { readonly engine: string }> {
  if (!database) throw new Error(`${fqdn} was handed over without a database`)
  onProgress('mengunggah halaman PHP yang membaca basis datanya')
  const base = `/api/v1/offices/${office}/services`
  const { items } = await client.get<{ items: { id: string; name: string }[] }>(`${base}?search=${fqdn}`)
  const service = items.find(({ name }) => name === fqdn)!
  const zip = phpApplication('Katalog Perpustakaan Contoh', database)
  const { id } = await client.put<{ id: string }>(
    `${base}/${service.id}/deployments?filename=situs.zip`,
    'application/zip',
    zip,
  )
  const deadline = performance.now() + deployTimeoutMs
  while (performance.now() < deadline) {
    const { deployments, certificates } = await client.get<ServiceView>(`${base}/${service.id}`)
    const mine = deployments.find((each) => each.id === id)
    const live = certificates.find((each) => each.status === 'live')
    if (mine?.status === 'live' && live) {
      const { issuer, names, notAfter } = live
      return { engine: database.engine, certificate: { issuer: issuer!, names, notAfter: notAfter! } }
    }
    if (mine?.status === 'refused') throw new Error(mine.outcome ?? 'the archive was refused')
    await sleep(pollMs)
  }
  throw new Error(`${fqdn} was not online with a certificate within ${deployTimeoutMs / 1000} seconds`)
}

/** The row that the page read from its database. */
export const rowIn = (html: string): string | null => /<p id="row">([^<]*)</.exec(html)?.[1] ?? null
