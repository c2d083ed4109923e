import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused, type Text } from '../domain/refused.ts'
import * as say from '../domain/text/servers.ts'
import { launchDnsServer, stopDnsServer } from './dns/launch.ts'
import { launchPostgres } from './postgres/launch.ts'
import type { ProcessIdentity } from './process.ts'
import { identify } from './process.ts'
import { launchSites, stopSites } from './sites/launch.ts'
import type { Running, Supervised } from './supervise.ts'
import { supervise } from './supervise.ts'

export type EmbeddedOptions = {
  readonly dataDirectory: string
  readonly listen: string
  readonly ports: { readonly dns: number; readonly sites: number; readonly sftp: number }
  /** base64, shared with the DNS server */
  readonly tsigSecret: string
  readonly siteControlSecret: string
  /** A database that somebody else runs; the embedded one is not started then. */
  readonly databaseUrl: string | undefined
  readonly onEvent: (text: Text) => void
}

/** The servers that the default installation brings: each a process of its own that outlives this one. */
export type Embedded = {
  /** connects as the owner of the tables */
  readonly ownerUrl: string
  /** as it runs at this moment: a server that was started again may listen elsewhere */
  readonly dns: () => DnsPlace
  readonly sites: () => SitesPlace
  /** ends the watch over the servers and leaves them running */
  readonly release: () => void
  /** ends the servers */
  readonly stop: () => Promise<void>
  /** for a start that failed: ends what it started, leaves running what it found */
  readonly abandon: () => Promise<void>
}

type DnsPlace = {
  readonly host: string
  readonly port: number
  readonly keyName: string
  readonly secret: string
}
type SitesPlace = {
  readonly host: string
  readonly webPort: number
  readonly sftpPort: number
  readonly dataDir: string
  readonly controlSecretFile: string
}

const keyName = 'ranah-desk'

/** Starts or adopts PostgreSQL, the DNS server and the site host, side by side, and keeps them running. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 })
  const started = await Promise.allSettled([
    options.databaseUrl ? null : superviseAs('PostgreSQL', options, () => startPostgres(options)),
    superviseAs('DNS', options, () => startDns(options)),
    superviseAs('situs', options, () => startSites(options)),
  ])
  const supervised: readonly Supervised<Running>[] = started.flatMap((each) =>
    each.status === 'fulfilled' && each.value ? [each.value] : [],
  )
  const abandon = async (): Promise<void> => {
    await Promise.all(supervised.map(async (each) => (each.current().adopted ? each.release() : each.stop())))
  }
  const [postgres, dns, sites] = await allOrNone(started, abandon)
  return {
    abandon,
    ownerUrl: options.databaseUrl ?? postgres!.current().ownerUrl,
    dns: () => ({
      host: reachable(options.listen),
      port: dns.current().port,
      keyName,
      secret: options.tsigSecret,
    }),
    sites: () => ({ host: reachable(options.listen), ...sites.current().places }),
    release: () => supervised.forEach((each) => each.release()),
    stop: async () => {
      await Promise.all([dns.stop(), sites.stop()])
      await postgres?.stop()
    },
  }
}

type Outcomes<T extends readonly unknown[]> = { readonly [N in keyof T]: PromiseSettledResult<T[N]> }

/** @throws the first reason of a failure, once what was begun is undone */
async function allOrNone<T extends readonly unknown[]>(
  outcomes: Outcomes<T>,
  undo: () => Promise<void>,
): Promise<T> {
  const failed = outcomes.find((each): each is PromiseRejectedResult => each.status === 'rejected')
  if (!failed) return outcomes.map((each) => each.status === 'fulfilled' && each.value) as unknown as T
  await undo()
  throw failed.reason
}

/** Where this machine itself reaches what listens everywhere. */
const reachable = (listen: string): string =>
  listen === '0.0.0.0' ? '127.0.0.1' : listen === '::' ? '::1' : listen

const superviseAs = <R extends Running>(name: string, options: EmbeddedOptions, start: () => Promise<R>) =>
  supervise({
    name,
    start: () => start().catch((error: unknown) => Promise.reject(portClash(error, options.ports) ?? error)),
    onEvent: options.onEvent,
  })

const settingOfPort = { dns: 'RANAH_DNS_PORT', sites: 'RANAH_SITES_PORT', sftp: 'RANAH_SFTP_PORT' } as const

/** Which of our ports somebody else has, read from what a server said when it could not start. */
function portClash(error: unknown, ports: EmbeddedOptions['ports']): Refused | undefined {
  if (!(error instanceof Refused) || error.reason !== 'server-did-not-start') return undefined
  const taken = Number(/EADDRINUSE.*:(\d+)/.exec(error.text.en)?.[1])
  const name = (['dns', 'sites', 'sftp'] as const).find((each) => ports[each] === taken)
  return (
    name &&
    new Refused('port-taken', say.portTaken(taken, settingOfPort[name]), { status: 503, cause: error })
  )
}

async function startPostgres({ dataDirectory, onEvent }: EmbeddedOptions) {
  const running = await launchPostgres({ dataDirectory, onProgress: onEvent })
  const { process, adopted, stop, ownerUrl } = running
  return { process, adopted, stop, ownerUrl }
}

async function startDns(options: EmbeddedOptions) {
  const dataDir = join(options.dataDirectory, 'dns')
  const { pid, port, adopted } = await launchDnsServer({
    dataDir,
    listen: options.listen,
    port: options.ports.dns,
    keys: [
      {
        name: keyName,
        algorithm: 'hmac-sha256',
        secret: options.tsigSecret,
        update: ['*'],
        transfer: ['*'],
        createZones: true,
      },
    ],
  })
  return { process: await processOf(pid), adopted, stop: () => stopDnsServer(dataDir), port }
}

async function startSites(options: EmbeddedOptions) {
  const dataDir = join(options.dataDirectory, 'sites')
  const controlSecretFile = join(options.dataDirectory, 'secrets', 'site-control')
  await mkdir(join(options.dataDirectory, 'secrets'), { recursive: true, mode: 0o700 })
  await writeFile(controlSecretFile, options.siteControlSecret, { mode: 0o600 })
  const config = {
    dataDir,
    listen: options.listen,
    webPort: options.ports.sites,
    sftpPort: options.ports.sftp,
    controlSecretFile,
  }
  const { pid, webPort, sftpPort, adopted } = await launchSites(config)
  const places = { webPort, sftpPort, dataDir, controlSecretFile }
  return { process: await processOf(pid), adopted, stop: () => stopSites(config), places }
}

async function processOf(pid: number): Promise<ProcessIdentity> {
  const found = await identify(pid)
  if (!found) throw new Error(`process ${pid} ended right after its start; its log says why`)
  return found
}
