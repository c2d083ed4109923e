/**
 * A desk as a process of its own, put together as src/main.ts does, with the people of a story in place of the
 * portal. It runs the story to its end and exits 0, or is struck at the boundary it was told.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { appUrlOf } from '../../src/db/app-role.ts'
import { openDatabase } from '../../src/db/database.ts'
import { enqueueWith, openQueue } from '../../src/db/queue.ts'
import { openDnsDriver } from '../../src/drivers/dns/drivers.ts'
import { hostingDrivers } from '../../src/drivers/hosting/drivers.ts'
import type { IssuedCredentials } from '../../src/drivers/hosting/driver.ts'
import { outboxMail } from '../../src/drivers/mail/outbox.ts'
import { createPdfDriver } from '../../src/drivers/pdf/driver.ts'
import { AtOnce } from '../../src/jobs/at-once.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { schedules, startWorker } from '../../src/jobs/worker.ts'
import type { Embedded } from '../../src/servers/embedded.ts'
import { startEmbedded } from '../../src/servers/embedded.ts'
import { readSopFile } from '../support/office.ts'
import { numbered, watchCommits, watchDrivers } from './boundaries.ts'
import { OfficeClock } from './office-clock.ts'
import { doNext, isCalledOff } from './people.ts'
import type { Prey } from './servers.ts'
import { killAll, preyOf } from './servers.ts'
import { readJournal } from './story.ts'
import type { DeskOrder, JournalLine } from './story.ts'
import '../support/own-networks.ts'

/** The longest a story may take from here, with servers that come back and jobs that back off. */
const storyLimitMs = 400_000
const errorPauseMs = 200

const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as DeskOrder
const write = (line: JournalLine): void => appendFileSync(order.journal, `${JSON.stringify(line)}\n`)
/** A server that is killed under a living desk makes jobs and people fail for a while. */
const isOutage = order.stop !== null && !order.stop.victims.includes('desk')
const complain = (error: unknown, about = ''): void => {
  if (!isOutage && !isOverload(error)) console.error(about, error)
}

/** On a busy machine a new connection may come too late; the queue then asks again, and what it did is judged by itself. */
const isOverload = (error: unknown): boolean => /timeout exceeded when trying to connect/.test(String(error))

const before = readJournal(order.journal)
const struck = new Set(before.flatMap((line) => ('struck' in line ? [line.struck] : [])))
let prey: Prey | undefined
const pass = numbered(
  before.flatMap((line) => ('boundary' in line ? [line] : [])),
  (passed) => {
    write(passed)
    const { boundary } = passed
    const { stop } = order
    if (!stop?.at.includes(boundary) || struck.has(boundary) || prey === undefined) return
    struck.add(boundary)
    write({ struck: boundary })
    killAll(prey, stop.victims)
  },
)
/** A server that was started again is another process. */
const lookForPrey = async (): Promise<void> => {
  prey = undefined
  prey = await preyOf(order.dataDirectory).catch(() => undefined)
}

const embedded = await startEmbedded({
  dataDirectory: order.dataDirectory,
  listen: '127.0.0.1',
  ports: order.ports,
  tsigSecret: order.tsigSecret,
  siteControlSecret: order.siteControlSecret,
  databaseUrl: undefined,
  onEvent: () => void lookForPrey(),
})
await lookForPrey()
watchCommits(pass)
const owner = new URL(embedded.ownerUrl)
owner.pathname = `/${order.database}`
const url = appUrlOf(owner.href, order.appPassword)
const database = openDatabase(url, { max: 8 })
const boss = openQueue(url, (error) => complain(error, 'queue'))
await boss.start()
const clock = new OfficeClock(order.clock)
const pdf = createPdfDriver()
const atOnce = new AtOnce()
const deps: JobDeps = {
  db: database.db,
  enqueue: enqueueWith(boss),
  now: () => new Date(Date.now() + clock.aheadMs),
  randomBytes,
  newId: randomUUID,
  prompt: atOnce,
  ...watchDrivers(outside(embedded), pass),
  addressesOf: () => ['127.0.0.1'],
  templatesOf: async () => ({}),
  compareZone: () => {
    throw new Error('no zone is compared in this story')
  },
  readZoneFile: () => {
    throw new Error('no zone file is read in this story')
  },
  certificatesOf: () => {
    throw new Error('no authority in this story')
  },
  signatureOf: () => {
    throw new Error('no signature in this story')
  },
  signedLast: { read: async () => undefined, write: async () => {} },
  settings: {
    publicUrl: 'http://127.0.0.1:8080',
    nameServerAddresses: ['127.0.0.1'],
    sitesPort: order.ports.sites,
    sftpPort: order.ports.sftp,
    sealingKey: Buffer.from(order.sealingKey, 'base64'),
  },
}
/** What the clock asks for once an hour or a day would come into the story of whoever tests just then; it asks by itself. */
const everyMinute = Object.fromEntries(
  Object.entries(schedules).filter(([, cron]) => cron.startsWith('* * ')),
)
await startDesk()
await runStory()
await boss.stop({ graceful: true, timeout: 5_000 })
await atOnce.stop()
await Promise.all([database.close(), pdf.close()])
embedded.release()
process.exit(0)

/** A start that meets a killed database fails, and whoever keeps the desk starts it again. */
async function startDesk(): Promise<void> {
  const deadline = performance.now() + storyLimitMs
  for (;;) {
    try {
      return await startWorker(boss, deps, (job, error) => complain(error, job), atOnce, everyMinute)
    } catch (error) {
      if (!isOutage || performance.now() > deadline) throw error
      await sleep(errorPauseMs)
    }
  }
}

async function runStory(): Promise<void> {
  const { story } = order
  const people = { deps, boss, sop: await readSopFile(story.sopFile), story, clock }
  const deadline = performance.now() + storyLimitMs
  while (performance.now() < deadline) {
    try {
      if ((await doNext(people)) === 'over') return
    } catch (error) {
      if (!isOutage) throw error
      await sleep(errorPauseMs)
    }
  }
  throw new Error(`the story did not end within ${storyLimitMs / 1000} seconds`)
}

function outside({ dns, sites }: Embedded): Pick<JobDeps, 'dnsOf' | 'hostingOf' | 'pdf' | 'mail'> {
  const hosting = hostingDrivers.embedded({
    dataDir: sites().dataDir,
    controlSecretFile: sites().controlSecretFile,
    webTarget: async () => ({ address: sites().host, port: sites().webPort }),
  })
  return {
    dnsOf: () => {
      const { host, port, keyName: name, secret } = dns()
      const key = { name, algorithm: 'hmac-sha256', secret } as const
      return openDnsDriver('embedded', { host, port, key, nameServers: [{ name: '*', host, port }] })
    },
    hostingOf: () => ({
      ...hosting,
      issueCredentials: (fqdn, token) => issue(hosting.issueCredentials(fqdn, token), fqdn),
      probe: async (fqdn) => {
        const isHidden = order.story.plot === 'undone' && !(await isCalledOff({ deps, story: order.story }))
        return hosting.probe(isHidden ? `tersembunyi.${fqdn}` : fqdn)
      },
    }),
    pdf,
    mail: outboxMail(join(order.outbox), 'Ranah <ranah@contoh.example>'),
  }
}

/** Notes each password the host made, so that the test can try them all in the end. */
async function issue(made: Promise<IssuedCredentials>, fqdn: string): Promise<IssuedCredentials> {
  const credentials = await made
  write({ password: credentials.password, fqdn })
  return credentials
}
