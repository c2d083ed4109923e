import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { Client } from 'pg'
import { openDatabase } from '../../src/db/database.ts'
import type { ServerRow } from '../../src/db/office/servers.ts'
import type { ServedZone } from '../../src/db/office/zones.ts'
import { serverSecretContext } from '../../src/domain/office/server-drivers.ts'
import type { Enqueue, JobName, Jobs } from '../../src/db/queue.ts'
import type { App } from '../../src/http/app.ts'
import { createApp } from '../../src/http/app.ts'
import { openAuth } from '../../src/http/auth/auth.ts'
import type { Fault, HttpConfig, HttpDeps } from '../../src/http/deps.ts'
import { nonceLength, openedHandOver, seal, unseal } from '../../src/domain/fulfilment/seal.ts'
import { readOwnRecords } from '../../src/lookups/own-records.ts'
import { previewPage } from '../../src/lookups/preview-page.ts'
import { previewPlan } from '../../src/lookups/preview-plan.ts'
import { hostingDrivers } from '../../src/drivers/hosting/drivers.ts'
import { CaseFiles } from '../../src/lookups/case-files.ts'
import { checkName } from '../../src/lookups/check-name.ts'
import { checkServer } from '../../src/lookups/check-server.ts'
import { lookAtService } from '../../src/lookups/look-at-service.ts'
import { encryptFor } from '../../src/drivers/age.ts'
import { readSignature } from '../../src/lookups/read-signature.ts'
import { signLetter } from '../../src/lookups/sign-letter.ts'
import { nameServerPlace, openAuthority } from '../../src/drivers/servers.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import { canFlatten } from '../../src/drivers/pdf/flatten.ts'
import { beginSignOn, finishSignOn } from '../../src/lookups/sign-on.ts'
import { printSop } from '../../src/lookups/print-sop.ts'
import { readOfficeTemplates } from '../../src/drivers/pdf/office-templates.ts'
import { renderOfficePaper } from '../../src/lookups/render-paper.ts'
import { readShippedSops } from '../../src/lookups/shipped-sops.ts'
import { Browser } from './browse.ts'
import type { TestDatabase } from './database.ts'
import { createTestDatabase } from './database.ts'
import './own-networks.ts'
import { openSealedSignature } from './sealed-signature.ts'

const sopsDirectory = fileURLToPath(new URL('../../sops/', import.meta.url))

export const testOrigin = 'http://portal.test'
export const testSetupCode = 'code-only-for-tests'

/** Longer than any test moves its clock; what really holds is tried in test/http/people/sessions.test.ts. */
const tenYearsMs = 10 * 365 * 24 * 60 * 60 * 1000

export const testConfig = (): HttpConfig => ({
  publicUrl: testOrigin,
  secureCookies: false,
  trustedProxies: ['192.0.2.250'],
  secret: randomBytes(32).toString('hex'),
  setupCode: testSetupCode,
  identityProviders: [],
  sessions: { staffIdleMs: tenYearsMs, applicantIdleMs: tenYearsMs, longestMs: tenYearsMs },
})

/** A job as an action enqueued it, in the order of the enqueueing. */
export type EnqueuedJob = { [Name in JobName]: { name: Name; data: Jobs[Name] } }[JobName]

/** The whole HTTP side over a database of its own, without a port. The clock stands still until told. */
export type TestApp = {
  readonly app: App
  readonly deps: HttpDeps
  readonly database: TestDatabase
  readonly clock: { now: Date }
  readonly faults: Fault[]
  /** Where the offices' key files lie, each in a folder of its short name. */
  readonly keys: string
  readonly visit: (address?: string) => Browser
  /** Jobs of committed transactions: they are written in the transaction, as the real queue does. */
  readonly jobs: () => Promise<readonly EnqueuedJob[]>
  readonly close: () => Promise<void>
}

/** @param extra lookups or configuration that a suite wants otherwise */
export async function createTestApp(extra: Partial<HttpDeps> = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  await asOwner(database, 'create table test_jobs (id serial, name text, data jsonb)')
  await asOwner(database, 'grant all on test_jobs, test_jobs_id_seq to ranah_app')
  await setProven(database, true)
  const { db, close } = openDatabase(database.appUrl, { max: 8 })
  const clock = { now: new Date('2026-03-02T02:00:00Z') }
  const faults: Fault[] = []
  const pdf = createPdfDriver()
  const uploads = createPdfDriver()
  const keys = await mkdtemp(join(tmpdir(), 'ranah-keys-'))
  const config = extra.config ?? testConfig()
  const { secret } = config
  const sealingKey = randomBytes(32)
  const auth = openAuth({
    databaseUrl: database.appUrl,
    secret,
    publicUrl: config.publicUrl,
    secureCookies: config.secureCookies,
    onError: () => {},
    now: () => clock.now,
  })
  const signOn = {
    db,
    unseal: (context: string, sealed: Buffer) => unseal(sealingKey, context, sealed),
    options: { allowed: config.identityProviders, redirectUrl: `${config.publicUrl}/masuk/kembali` },
  }
  const deps: HttpDeps = {
    db,
    auth,
    enqueue,
    now: () => clock.now,
    randomBytes,
    newId: randomUUID,
    log: (fault) => void faults.push(fault),
    config,
    unseal: (revealId, sealed) => openedHandOver(unseal(sealingKey, revealId, sealed)),
    encryptFor,
    seal: (context, text) => seal(sealingKey, randomBytes(nonceLength), context, text),
    lookups: {
      beginSignOn: (question) => beginSignOn(signOn, question),
      finishSignOn: (question) => finishSignOn(signOn, question),
      shippedSops: () => readShippedSops(sopsDirectory),
      checkName: (question) => checkName({ db, dnsOf: zoneOutOfReach }, question),
      drawsOverlays: canFlatten(),
      previewPage: (file, page) => previewPage({ uploads }, file, page),
      caseFiles: new CaseFiles({ pdf, uploads }, (error) =>
        faults.push({ id: 'case-file', method: '', path: '', error }),
      ),
      renderPaper: (paper, officeId) =>
        renderOfficePaper(
          { db, pdf, templatesOf: (office) => readOfficeTemplates(join(keys, 'templates', office)) },
          paper,
          officeId,
        ),
      printSop: (print) => printSop({ pdf }, print),
      checkServer: (question) =>
        checkServer(
          {
            db,
            dnsOf: dnsOf(sealingKey),
            hostingOf: outOfReach.hostingOf,
            certificatesOf: authorityOf(sealingKey),
            signatureOf: signatureOf(sealingKey, keys),
          },
          question,
        ),
      signLetter: (question) =>
        signLetter(
          {
            db,
            signatureOf: signatureOf(sealingKey, keys),
            unseal: (...sealed) => unseal(sealingKey, ...sealed),
          },
          question,
        ),
      readSignature,
      lookAtService: (question) => lookAtService({ db, now: () => new Date(), ...outOfReach }, question),
      ownRecords: (question) => readOwnRecords({ db, ...outOfReach }, question),
      previewPlan: (question) => previewPlan({ db, ...outOfReach }, question),
    },
    ...extra,
  }
  const app = createApp(deps)
  return {
    app,
    deps,
    database,
    clock,
    faults,
    keys,
    visit: (address = '192.0.2.1') => new Browser(app, config.publicUrl, address),
    jobs: async () => {
      const rows = await asOwner(database, 'select name, data from test_jobs order by id')
      return rows as EnqueuedJob[]
    },
    close: async () => {
      await Promise.all([pdf.close(), uploads.close()])
      await rm(keys, { recursive: true })
      await auth.close()
      await close()
      await database.drop()
    },
  }
}

/**
 * Whether a password counts for two factors in this database, so that most tests need no code: the portal itself has no
 * such switch. Without it a session is what its sign-in proved, as in every installation.
 */
export async function setProven(database: TestDatabase, isProven: boolean): Promise<void> {
  const value = isProven ? "set default 'provider'" : 'drop default'
  await asOwner(database, `alter table auth_session alter column "provenBy" ${value}`)
  await asOwner(database, `alter table api_tokens alter column proven_by ${value}`)
}

const enqueue: Enqueue = async (tx, name, data) => {
  await sql`insert into test_jobs (name, data) values (${name}, ${JSON.stringify(data)}::jsonb)`.execute(tx)
}

/** Runs one statement as the owner of the database, past row-level security. */
export async function asOwner(
  database: TestDatabase,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

/** A name server that nobody answers for: questions about the live zone end in "unknown". */
const zoneOutOfReach = () =>
  openDnsDriver('rfc2136', {
    host: '127.0.0.1',
    port: 9,
    key: { name: 'test', secret: Buffer.from('only-for-tests').toString('base64') },
  })

/** The name servers that a test connects are real; nobody answers for the embedded one. */
const dnsOf =
  (sealingKey: Buffer) =>
  ({ server }: ServedZone) => {
    if (!server) return zoneOutOfReach()
    const secret: unknown = JSON.parse(unseal(sealingKey, serverSecretContext(server.id), server.secret!))
    const { kind, config } = nameServerPlace({ ...server, secret })
    return openDnsDriver(kind, config)
  }

/** Authorities that a test connects are real. */
const authorityOf = (sealingKey: Buffer) => (server: ServerRow) => {
  const secret: unknown = JSON.parse(unseal(sealingKey, serverSecretContext(server.id), server.secret!))
  return openAuthority({ ...server, secret })
}

/** Ways to a signature. */
const signatureOf = (sealingKey: Buffer, keys: string) => (server: ServerRow, office: string) =>
  openSealedSignature(sealingKey, server, join(keys, office), { now: () => new Date(), randomBytes })

const outOfReach = {
  dnsOf: zoneOutOfReach,
  hostingOf: () =>
    hostingDrivers.embedded({
      dataDir: '/nonexistent',
      controlSecretFile: '/nonexistent',
      webTarget: async () => ({ address: '127.0.0.1', port: 9 }),
    }),
  addressesOf: () => ['192.0.2.80'],
}
