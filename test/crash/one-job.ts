/**
 * A worker as a process of its own that does one job and exits 0, or kills itself with SIGKILL at the
 * boundary it was told.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { openDatabase } from '../../src/db/database.ts'
import type { Jobs } from '../../src/db/queue.ts'
import { enqueueWith, openQueue } from '../../src/db/queue.ts'
import { addressesOfHost } from '../../src/domain/office/server-drivers.ts'
import type { DnsDriverKind } from '../../src/drivers/dns/drivers.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { hostingDrivers } from '../../src/drivers/hosting/drivers.ts'
import { clamdScanner } from '../../src/drivers/malware/clamd.ts'
import type { OpenServer } from '../../src/drivers/servers.ts'
import { openAuthority, openSiteHost } from '../../src/drivers/servers.ts'
import { issueCertificate } from '../../src/jobs/issue-certificate.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { revertFinding } from '../../src/jobs/revert-finding.ts'
import { revokeCertificate } from '../../src/jobs/revoke-certificate.ts'
import { scanDocumentOnce } from '../../src/jobs/scan-document.ts'
import { takeOverZone } from '../../src/jobs/take-over-zone.ts'
import { readZoneFile } from '../../src/lookups/read-zone-file.ts'
import { numbered, watchAuthority, watchCommits, watchDrivers, watched } from './boundaries.ts'
import '../support/own-networks.ts'

/** The servers that the job speaks to; without a host it has no business with sites. */
export type JobPlace = {
  readonly dns: { readonly kind: DnsDriverKind; readonly config: unknown }
  readonly host: OpenServer | null
  readonly authority?: OpenServer
  /** where clamd listens on loopback */
  readonly scanner?: number
}

export type JobOrder = {
  readonly appUrl: string
  readonly job:
    | { readonly name: 'revert-finding'; readonly data: Jobs['revert-finding'] }
    | { readonly name: 'provision-service'; readonly data: Jobs['provision-service'] }
    | { readonly name: 'take-over-zone'; readonly data: Jobs['take-over-zone'] }
    | { readonly name: 'scan-document'; readonly data: Jobs['scan-document'] }
    | { readonly name: 'issue-certificate'; readonly data: Jobs['issue-certificate'] }
    | { readonly name: 'revoke-certificate'; readonly data: Jobs['revoke-certificate'] }
  /** ISO */
  readonly now: string
  readonly place: JobPlace
  /** every boundary, a line each */
  readonly journal: string
  /** how many boundaries it passes before it dies at the next one; null to come to its end */
  readonly strikeAfter: number | null
  /** how long after that boundary; what it does goes on meanwhile */
  readonly lateMs: number
}

const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as JobOrder
let passed = 0
const die = (): void => void process.kill(process.pid, 'SIGKILL')
const pass = numbered([], ({ boundary }) => {
  appendFileSync(order.journal, `${boundary}\n`)
  passed += 1
  if (order.strikeAfter === null || passed <= order.strikeAfter) return
  if (order.lateMs === 0) die()
  else setTimeout(die, order.lateMs)
})
const { dns, host, scanner, authority } = order.place
const isNotAsked = (): never => {
  throw new Error('this job has no business there')
}
/** Without a host nothing of it is called. */
const sites = host
  ? openSiteHost(host)
  : hostingDrivers.embedded({
      dataDir: '/nonexistent',
      controlSecretFile: '/nonexistent',
      webTarget: isNotAsked,
    })
const outside = watchDrivers(
  {
    dnsOf: () => openDnsDriver(dns.kind, dns.config),
    hostingOf: () => sites,
    pdf: {
      render: isNotAsked,
      renderSop: isNotAsked,
      countPages: isNotAsked,
      flatten: isNotAsked,
      pageImage: isNotAsked,
      bundle: isNotAsked,
      close: isNotAsked,
    },
    mail: { kind: 'outbox', send: isNotAsked },
  },
  pass,
)
const database = openDatabase(order.appUrl)
const boss = openQueue(order.appUrl, (error) => console.error(error))
await boss.start()
watchCommits(pass)
watchAuthority(pass)
const deps: JobDeps = {
  db: database.db,
  enqueue: enqueueWith(boss),
  now: () => new Date(order.now),
  randomBytes,
  newId: randomUUID,
  ...outside,
  ...(scanner && {
    scanner: watched('scanner', clamdScanner({ kind: 'tcp', host: '127.0.0.1', port: scanner }), pass),
  }),
  compareZone: isNotAsked,
  readZoneFile,
  certificatesOf: () => (authority ? openAuthority(authority) : isNotAsked()),
  signatureOf: isNotAsked,
  templatesOf: async () => ({}),
  addressesOf: (server) => (server ? addressesOfHost(server) : ['127.0.0.1']),
  signedLast: { read: async () => undefined, write: async () => {} },
  settings: {
    publicUrl: 'http://127.0.0.1:8080',
    nameServerAddresses: ['127.0.0.1'],
    sitesPort: 0,
    sftpPort: 0,
    sealingKey: randomBytes(32),
  },
}
const { job } = order
switch (job.name) {
  case 'revert-finding':
    await revertFinding(deps, job.data)
    break
  case 'scan-document':
    await scanDocumentOnce(deps, job.data)
    break
  case 'provision-service':
    await provisionService(deps, job.data)
    break
  case 'issue-certificate':
    await issueCertificate(deps, job.data)
    break
  case 'revoke-certificate':
    await revokeCertificate(deps, job.data)
    break
  case 'take-over-zone':
    await takeOverZone(deps, job.data)
}
process.exit(0)
