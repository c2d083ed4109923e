import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Jobs } from '../../src/db/queue.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { hostingDrivers } from '../../src/drivers/hosting/drivers.ts'
import { outboxMail } from '../../src/drivers/mail/outbox.ts'
import { readOfficeTemplates } from '../../src/drivers/pdf/office-templates.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import { compareZone as compareZoneJob } from '../../src/jobs/compare-zone.ts'
import { revertFinding } from '../../src/jobs/revert-finding.ts'
import { compareZone } from '../../src/lookups/compare-zone.ts'
import { createZone } from '../../src/jobs/create-zone.ts'
import { deployArchive } from '../../src/jobs/deploy-archive.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { issueCertificate } from '../../src/jobs/issue-certificate.ts'
import { issueLetter } from '../../src/jobs/issue-letter.ts'
import { issueNotice } from '../../src/jobs/issue-notice.ts'
import { notifyEnded } from '../../src/jobs/notify-ended.ts'
import { notifySignature } from '../../src/jobs/notify-signature.ts'
import { notifyTurn } from '../../src/jobs/notify-turn.ts'
import { provisionService } from '../../src/jobs/provision-service.ts'
import { revokeCertificate } from '../../src/jobs/revoke-certificate.ts'
import { rotateCredentials } from '../../src/jobs/rotate-credentials.ts'
import { stampLetter } from '../../src/jobs/stamp-letter.ts'
import { takeOverZone } from '../../src/jobs/take-over-zone.ts'
import { scanDocumentOnce } from '../../src/jobs/scan-document.ts'
import { readZoneFile } from '../../src/lookups/read-zone-file.ts'
import { signCheckpoints } from '../../src/jobs/sign-checkpoints.ts'
import { sendMail } from '../../src/jobs/send-mail.ts'
import { keptSignedLast } from '../../src/signed-last.ts'
import { startEmbedded } from '../../src/servers/embedded.ts'
import type { Embedded } from '../../src/servers/embedded.ts'
import type { TestDatabase } from './database.ts'
import { createTestDatabase } from './database.ts'
import type { TestDeps } from './office.ts'
import { testDeps } from './office.ts'
import './own-networks.ts'
import { openSealedSignature } from './sealed-signature.ts'

/** A whole world for jobs: a database, the embedded DNS server and site host as real processes, PDF and outbox. */
export type TestWorld = {
  readonly deps: TestDeps & JobDeps
  readonly embedded: Embedded
  readonly directory: string
  /** Where a real queue or worker of this world connects. */
  readonly appUrl: string
  /** Sees every table. */
  readonly ownerUrl: string
  /** Does every job that was enqueued for now, and those that they enqueue, in order. */
  readonly drain: () => Promise<void>
  /** Every mail that lies in the outbox, as text. */
  readonly mails: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** Rounds of jobs before a loop of jobs that enqueue each other is called endless. */
const maxRounds = 200

/** @param change replaces drivers, given those of the embedded servers */
export async function createTestWorld(
  change: (outside: Omit<JobDeps, keyof TestDeps>, embedded: Embedded) => Partial<JobDeps> = () => ({}),
): Promise<TestWorld> {
  const database: TestDatabase = await createTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'ranah-world-'))
  const embedded = await startEmbedded({
    dataDirectory: directory,
    listen: '127.0.0.1',
    ports: { dns: 0, sites: 0, sftp: 0 },
    tsigSecret: randomBytes(32).toString('base64'),
    siteControlSecret: randomBytes(32).toString('base64url'),
    databaseUrl: database.ownerUrl,
    onEvent: () => {},
  })
  const base = testDeps(database.appUrl)
  const drivers = outside(embedded, directory, base)
  const deps = { ...base, ...drivers, ...change(drivers, embedded) }
  return {
    deps,
    embedded,
    directory,
    appUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    drain: () => drain(deps),
    mails: async () => {
      const names = await readdir(join(directory, 'outbox')).catch(() => [])
      return Promise.all(
        names
          .filter((name) => name.endsWith('.eml'))
          .map((name) => readFile(join(directory, 'outbox', name), 'utf8')),
      )
    },
    close: async () => {
      await deps.pdf.close()
      await embedded.stop()
      await base.database.close()
      await database.drop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function outside(embedded: Embedded, directory: string, base: TestDeps): Omit<JobDeps, keyof TestDeps> {
  const sites = embedded.sites()
  const { host, port, keyName: name, secret } = embedded.dns()
  const hosting = hostingDrivers.embedded({
    dataDir: sites.dataDir,
    controlSecretFile: sites.controlSecretFile,
    webTarget: async () => ({ address: sites.host, port: sites.webPort }),
  })
  const key = { name, algorithm: 'hmac-sha256', secret }
  const sealingKey = randomBytes(32)
  const config = { host, port, key, nameServers: [{ name: '*', host, port }] }
  return {
    dnsOf: () => openDnsDriver('embedded', config),
    compareZone: (zone, registered) => compareZone({ kind: 'embedded', config, zone: zone.name, registered }),
    readZoneFile,
    hostingOf: () => hosting,
    certificatesOf: () => {
      throw new Error('the embedded servers have no authority')
    },
    signatureOf: (server, office) =>
      openSealedSignature(sealingKey, server, join(directory, 'signing', office), base),
    addressesOf: () => [sites.host],
    pdf: createPdfDriver(),
    templatesOf: (office) => readOfficeTemplates(join(directory, 'templates', office)),
    mail: outboxMail(join(directory, 'outbox'), 'Ranah <ranah@contoh.example>'),
    signedLast: keptSignedLast(join(directory, 'signed-last')),
    settings: {
      publicUrl: 'http://127.0.0.1:8080',
      nameServerAddresses: [host],
      sitesPort: sites.webPort,
      sftpPort: sites.sftpPort,
      sealingKey,
    },
  }
}

async function drain(deps: TestDeps & JobDeps): Promise<void> {
  for (let round = 0; ; round += 1) {
    if (round === maxRounds) throw new Error('jobs enqueue each other without end')
    const next = deps.jobs.findIndex(({ startAfter }) => !startAfter || startAfter <= deps.now())
    if (next < 0) return
    const [job] = deps.jobs.splice(next, 1)
    await runJob(deps, job!.name, job!.data)
  }
}

async function runJob(deps: JobDeps, name: string, data: unknown): Promise<void> {
  switch (name) {
    case 'create-zone':
      return createZone(deps, data as Jobs['create-zone'])
    case 'provision-service':
      return provisionService(deps, data as Jobs['provision-service'])
    case 'issue-letter':
      return issueLetter(deps, data as Jobs['issue-letter'])
    case 'issue-notice':
      return issueNotice(deps, data as Jobs['issue-notice'])
    case 'notify-signature':
      return notifySignature(deps, data as Jobs['notify-signature'])
    case 'stamp-letter':
      return stampLetter(deps, data as Jobs['stamp-letter'])
    case 'notify-turn':
      return notifyTurn(deps, data as Jobs['notify-turn'])
    case 'notify-ended':
      return notifyEnded(deps, data as Jobs['notify-ended'])
    case 'issue-certificate':
      return issueCertificate(deps, data as Jobs['issue-certificate'])
    case 'revoke-certificate':
      return revokeCertificate(deps, data as Jobs['revoke-certificate'])
    case 'rotate-credentials':
      return rotateCredentials(deps, data as Jobs['rotate-credentials'])
    case 'deploy-archive':
      return deployArchive(deps, data as Jobs['deploy-archive'])
    case 'scan-document':
      return scanDocumentOnce(deps, data as Jobs['scan-document'])
    case 'compare-zone':
      return compareZoneJob(deps, data as Jobs['compare-zone'])
    case 'take-over-zone':
      return takeOverZone(deps, data as Jobs['take-over-zone'])
    case 'revert-finding':
      return revertFinding(deps, data as Jobs['revert-finding'])
    case 'sign-checkpoints':
      return signCheckpoints(deps)
    case 'send-mail':
      return sendMail(deps, data as Jobs['send-mail'])
    default:
      throw new Error(`no job ${name}`)
  }
}
