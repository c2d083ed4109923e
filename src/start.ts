/** Puts an installation together: the servers, the database, the drivers, the worker and the portal. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Deps } from './actions/act.ts'
import type { Installation, StartOptions } from './cli/installation.ts'
import { publicUrlOf } from './config.ts'
import type { Database } from './db/database.ts'
import { openDatabase } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { enqueueWith, openQueue } from './db/queue.ts'
import type { ServerRow } from './db/office/servers.ts'
import type { ServedZone } from './db/office/zones.ts'
import { openDnsDriver } from './drivers/dns/drivers.ts'
import { hostingDrivers } from './drivers/hosting/drivers.ts'
import type { HostingDriver } from './drivers/hosting/driver.ts'
import { clamdScanner } from './drivers/malware/clamd.ts'
import { outboxMail } from './drivers/mail/outbox.ts'
import { smtpMail } from './drivers/mail/smtp.ts'
import { encryptFor } from './drivers/age.ts'
import { setReach } from './drivers/outgoing.ts'
import { nameServerPlace, openAuthority, openSignature, openSiteHost } from './drivers/servers.ts'
import type { NameServerPlace, OpenServer } from './drivers/servers.ts'
import type { PdfDriver } from './drivers/pdf/driver.ts'
import { createPdfDriver } from './drivers/pdf/driver.ts'
import { canFlatten } from './drivers/pdf/flatten.ts'
import { readOfficeTemplates } from './drivers/pdf/office-templates.ts'
import { nonceLength, openedHandOver, seal, unseal } from './domain/fulfilment/seal.ts'
import { Refused } from './domain/refused.ts'
import { serverRefusals } from './domain/text/office-servers.ts'
import { addressesOfHost, serverSecretContext } from './domain/office/server-drivers.ts'
import { createApp } from './http/app.ts'
import type { HttpLookups } from './http/deps.ts'
import { paths } from './http/paths.ts'
import { beginSignOn, finishSignOn } from './lookups/sign-on.ts'
import { openAuth } from './http/auth/auth.ts'
import type { HttpListener } from './http/listen.ts'
import { listenHttp } from './http/listen.ts'
import { AtOnce } from './jobs/at-once.ts'
import type { JobDeps } from './jobs/deps.ts'
import { startWorker } from './jobs/worker.ts'
import { CaseFiles } from './lookups/case-files.ts'
import { checkName } from './lookups/check-name.ts'
import { compareZone } from './lookups/compare-zone.ts'
import { checkServer } from './lookups/check-server.ts'
import { lookAtService } from './lookups/look-at-service.ts'
import { readZoneFile } from './lookups/read-zone-file.ts'
import { renderOfficePaper } from './lookups/render-paper.ts'
import { readOwnRecords } from './lookups/own-records.ts'
import { previewPage } from './lookups/preview-page.ts'
import { previewPlan } from './lookups/preview-plan.ts'
import { readSignature } from './lookups/read-signature.ts'
import { signLetter } from './lookups/sign-letter.ts'
import { printSop } from './lookups/print-sop.ts'
import { readShippedSops } from './lookups/shipped-sops.ts'
import { keptSignedLast } from './signed-last.ts'
import { refuseHalfRestored } from './restore-marker.ts'
import { refuseWeakSecrets } from './refuse-weak-secrets.ts'
import type { Secrets } from './secrets.ts'
import { loadSecrets } from './secrets.ts'
import type { Embedded } from './servers/embedded.ts'
import { startEmbedded } from './servers/embedded.ts'
import * as installed from './servers/installed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Jobs under way may take this long to end before the process does; an unfinished one is taken up again. */
const stopTimeoutMs = 10_000

/** Longest time over somebody's PDF, or over a bundle of them; one that takes longer is listed without its pages. */
const uploadTimeoutMs = 30_000

/** Starts one installation. A start that fails leaves running what it found running, and nothing else. */
export async function start(options: StartOptions): Promise<Installation> {
  const { config, log } = options
  await refuseWeakSecrets(config)
  await refuseHalfRestored(config.dataDirectory)
  const release = await installed.claimInstallation(config.dataDirectory)
  const http = await listenHttp(config.listen, config.ports.portal).catch((error: unknown) => {
    release()
    throw error
  })
  let embedded: Embedded | undefined
  const opened: Opened = []
  try {
    const secrets = await loadSecrets(config.dataDirectory)
    embedded = await startEmbedded({
      ...config,
      tsigSecret: secrets.tsigSecret,
      siteControlSecret: secrets.siteControlSecret,
      onEvent: log.event,
    })
    const portal = await openPortal(options, secrets, embedded, { http, opened })
    const stop: Installation['stop'] = async (what) => {
      await portal.stop(what)
      release()
    }
    return { ...portal, stop }
  } catch (error) {
    await http.close()
    for (const each of opened.toReversed()) await each.close()
    await embedded?.abandon()
    release()
    throw error
  }
}

/** What holds connections and processes, in the order in which it was opened. */
type Opened = { readonly close: () => Promise<unknown> }[]

/**
 * Database, worker and portal over servers that run.
 * @param opened takes up at once what must be closed when something later fails
 */
async function openPortal(
  { config, log }: StartOptions,
  secrets: Secrets,
  embedded: Embedded,
  { http, opened }: { readonly http: HttpListener; readonly opened: Opened },
): Promise<Installation> {
  const { appUrl } = await migrate({
    ownerUrl: embedded.ownerUrl,
    appPassword: secrets.appDatabasePassword,
    directory: join(root, 'migrations'),
  })
  const database = openDatabase(appUrl, { onError: log.fault })
  const boss = openQueue(appUrl, log.fault)
  opened.push(database, { close: () => boss.stop({ graceful: false }) })
  await boss.start()
  const atOnce = new AtOnce()
  const deps = {
    db: database.db,
    enqueue: enqueueWith(boss),
    now: () => new Date(),
    randomBytes,
    newId: randomUUID,
    prompt: atOnce,
    scansUploads: config.clamd !== undefined,
  }
  const publicUrl = publicUrlOf(config, http.port)
  const outside = openOutside(config, embedded, publicUrl, secrets.keyEncryptionKey)
  const uploads = createPdfDriver({ timeoutMs: uploadTimeoutMs })
  opened.push(outside.pdf, uploads)
  const world = { ...deps, ...outside }
  await startWorker(boss, world, (job, error) => log.fault(error, job), atOnce)
  const auth = openAuth({
    databaseUrl: appUrl,
    secret: secrets.authSecret,
    publicUrl,
    secureCookies: publicUrl.startsWith('https:'),
    onError: log.fault,
    now: deps.now,
  })
  opened.push(auth)
  const setupCode = (await hasOffice(database)) ? undefined : randomBytes(12).toString('base64url')
  const openSealed = (context: string, sealed: Buffer) => unseal(secrets.keyEncryptionKey, context, sealed)
  const options = { allowed: config.identityProviders, redirectUrl: `${publicUrl}${paths.signOnBack()}` }
  const signOn = { db: deps.db, unseal: openSealed, options }
  const app = createApp({
    ...deps,
    auth,
    log: (fault) => log.fault(fault.error, `${fault.id} ${fault.method} ${fault.path}`),
    config: {
      publicUrl,
      secureCookies: publicUrl.startsWith('https:'),
      trustedProxies: config.trustedProxies,
      secret: secrets.authSecret,
      sessions: config.sessions,
      identityProviders: config.identityProviders,
      ...(setupCode ? { setupCode } : {}),
    },
    unseal: (revealId, sealed) => openedHandOver(unseal(secrets.keyEncryptionKey, revealId, sealed)),
    encryptFor,
    seal: (context, secret) => seal(secrets.keyEncryptionKey, randomBytes(nonceLength), context, secret),
    lookups: lookupsOf({ world, uploads, signOn, openSealed, onError: log.fault }),
  })
  http.serve(app.fetch)
  return {
    url: publicUrl,
    setupCode,
    dns: embedded.dns,
    sites: embedded.sites,
    stop: async ({ servers }) => {
      await http.close()
      await boss.stop({ graceful: true, timeout: stopTimeoutMs })
      await atOnce.stop()
      await Promise.all([auth.close(), database.close(), outside.pdf.close(), uploads.close()])
      if (servers) await embedded.stop()
      else embedded.release()
    },
  }
}

/** What pages ask of the outside or of the disk. */
function lookupsOf({ world, uploads, signOn, openSealed, onError }: LookupDeps): HttpLookups {
  return {
    beginSignOn: (question) => beginSignOn(signOn, question),
    finishSignOn: (question) => finishSignOn(signOn, question),
    shippedSops: () => readShippedSops(join(root, 'sops')),
    checkName: (question) => checkName(world, question),
    renderPaper: (paper, officeId) => renderOfficePaper(world, paper, officeId),
    drawsOverlays: canFlatten(),
    previewPage: (file, page) => previewPage({ uploads }, file, page),
    caseFiles: new CaseFiles({ pdf: world.pdf, uploads }, onError),
    checkServer: (question) => checkServer(world, question),
    lookAtService: (question) => lookAtService(world, question),
    signLetter: (question) => signLetter({ ...world, unseal: openSealed }, question),
    readSignature,
    printSop: (print) => printSop(world, print),
    ownRecords: (question) => readOwnRecords(world, question),
    previewPlan: (question) => previewPlan(world, question),
  }
}

type LookupDeps = {
  readonly world: JobDeps
  /** For papers that somebody brought: bounded, and apart from those that an office waits for. */
  readonly uploads: PdfDriver
  readonly signOn: Parameters<typeof beginSignOn>[0]
  readonly openSealed: (context: string, sealed: Buffer) => string
  readonly onError: StartOptions['log']['fault']
}

/** The drivers: what Ranah changes and asks outside of its own database. */
function openOutside(
  config: StartOptions['config'],
  embedded: Embedded,
  publicUrl: string,
  sealingKey: Buffer,
): Omit<JobDeps, keyof Deps> {
  const sender = `Ranah <ranah@${new URL(publicUrl).hostname}>`
  setReach({
    networks: config.ownNetworks,
    places: () => [embedded.dns(), { host: embedded.sites().host, port: embedded.sites().webPort }],
  })
  const sites = embedded.sites()
  const embeddedHost = hostingDrivers.embedded({
    dataDir: sites.dataDir,
    controlSecretFile: sites.controlSecretFile,
    webTarget: async () => ({ address: embedded.sites().host, port: embedded.sites().webPort }),
  })
  const opened = (server: ServerRow) =>
    openServer(server, (context, sealed) => unseal(sealingKey, context, sealed))
  const siteHosts = new Map<string, HostingDriver>()
  /** One driver, and with it one connection, for each host as it is configured now. */
  const siteHostOf = (server: ServerRow): HostingDriver => {
    const key = JSON.stringify([server.id, server.settings, server.secret?.toString('base64')])
    const known = siteHosts.get(key) ?? openSiteHost(opened(server))
    siteHosts.set(key, known)
    return known
  }
  const placeOf = ({ server }: ServedZone): NameServerPlace => {
    if (server) return nameServerPlace(opened(server))
    const { host, port, keyName: name, secret } = embedded.dns()
    const key = { name, algorithm: 'hmac-sha256', secret }
    return { kind: 'embedded', config: { host, port, key, nameServers: [{ name: '*', host, port }] } }
  }
  return {
    dnsOf: (zone) => {
      const { kind, config } = placeOf(zone)
      return openDnsDriver(kind, config)
    },
    compareZone: (zone, registered) => compareZone({ ...placeOf(zone), zone: zone.name, registered }),
    readZoneFile,
    hostingOf: (server) => (server ? siteHostOf(server) : embeddedHost),
    certificatesOf: (authority) => openAuthority(opened(authority)),
    signatureOf: (server, office) =>
      openSignature(opened(server), join(config.dataDirectory, 'signing', office), {
        now: () => new Date(),
        randomBytes,
      }),
    addressesOf: (server) => (server ? addressesOfHost(server) : [sites.host]),
    pdf: createPdfDriver(),
    templatesOf: (office) => readOfficeTemplates(join(config.dataDirectory, 'templates', office)),
    ...(config.clamd && { scanner: clamdScanner(config.clamd) }),
    mail: config.smtpUrl
      ? smtpMail(config.smtpUrl, sender)
      : outboxMail(join(config.dataDirectory, 'outbox'), sender),
    signedLast: keptSignedLast(join(config.dataDirectory, 'signed-last')),
    settings: {
      publicUrl,
      nameServerAddresses: [embedded.dns().host],
      sitesPort: sites.webPort,
      sftpPort: sites.sftpPort,
      sealingKey,
    },
  }
}

/** A server with its secret in clear, for as long as a driver is opened. */
function openServer(
  { id, driver, settings, secret }: ServerRow,
  open: (context: string, sealed: Buffer) => string,
): OpenServer {
  if (!secret) throw new Refused('server-without-key', serverRefusals.withoutKey, { status: 503 })
  return { driver, settings, secret: JSON.parse(open(serverSecretContext(id), secret)) as unknown }
}

async function hasOffice({ db }: Database): Promise<boolean> {
  return (await db.selectFrom('offices').select('id').limit(1).executeTakeFirst()) !== undefined
}
