import { setTimeout as sleep } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { Granted } from '../db/fulfilment/granted.ts'
import type { JobName, Jobs } from '../db/queue.ts'
import { createQueues } from '../db/queue.ts'
import { Refused } from '../domain/refused.ts'
import type { RunJob } from './at-once.ts'
import { AtOnce } from './at-once.ts'
import { compareZone } from './compare-zone.ts'
import { createZone } from './create-zone.ts'
import { deployArchive } from './deploy-archive.ts'
import type { JobDeps } from './deps.ts'
import { expireReveals } from './expire-reveals.ts'
import { forgetOld } from './forget-old.ts'
import { issueCertificate } from './issue-certificate.ts'
import { issueLetter } from './issue-letter.ts'
import { issueNotice } from './issue-notice.ts'
import { markDue } from './mark-due.ts'
import { notifyEnded } from './notify-ended.ts'
import { notifyMessage } from './notify-message.ts'
import { notifySignature } from './notify-signature.ts'
import { notifyTurn } from './notify-turn.ts'
import { provisionService } from './provision-service.ts'
import { remindRegistrations } from './remind-registrations.ts'
import { renewCertificates } from './renew-certificates.ts'
import { revokeCertificate } from './revoke-certificate.ts'
import { revertFinding } from './revert-finding.ts'
import { rotateCredentials } from './rotate-credentials.ts'
import { scanDocumentOnce } from './scan-document.ts'
import { scanWaiting } from './scan-waiting.ts'
import { stampLetter } from './stamp-letter.ts'
import { signCheckpoints } from './sign-checkpoints.ts'
import { sendMail } from './send-mail.ts'
import { takeOverZone } from './take-over-zone.ts'
import { tendHosts } from './tend-hosts.ts'
import { watchAppointments } from './watch-appointments.ts'
import { watchTimes } from './watch-times.ts'
import { watchZones } from './watch-zones.ts'

type Handler<Name extends JobName> = (deps: JobDeps, data: Jobs[Name], held?: Granted) => Promise<void>
type AnyHandler = (deps: JobDeps, data: Jobs[JobName], held?: Granted) => Promise<void>

/** Every background job and the one file that does it. */
const handlers: { readonly [Name in JobName]: Handler<Name> } = {
  'create-zone': createZone,
  'provision-service': provisionService,
  'issue-letter': issueLetter,
  'issue-notice': issueNotice,
  'stamp-letter': stampLetter,
  'notify-signature': notifySignature,
  'notify-turn': notifyTurn,
  'notify-ended': notifyEnded,
  'notify-message': notifyMessage,
  'scan-document': scanDocumentOnce,
  'scan-waiting': scanWaiting,
  'deploy-archive': deployArchive,
  'rotate-credentials': rotateCredentials,
  'issue-certificate': issueCertificate,
  'revoke-certificate': revokeCertificate,
  'renew-certificates': renewCertificates,
  'watch-zones': watchZones,
  'compare-zone': compareZone,
  'take-over-zone': takeOverZone,
  'revert-finding': revertFinding,
  'watch-times': watchTimes,
  'remind-registrations': remindRegistrations,
  'watch-appointments': watchAppointments,
  'tend-hosts': tendHosts,
  'expire-reveals': expireReveals,
  'sign-checkpoints': signCheckpoints,
  'forget-old': forgetOld,
  'mark-due': markDue,
  'send-mail': sendMail,
}
export const jobNames = Object.keys(handlers) as JobName[]

/** When the jobs that nobody asks for run: minute, hour, day (cron, UTC). */
export const schedules = {
  'watch-times': '* * * * *',
  'scan-waiting': '* * * * *',
  'sign-checkpoints': '* * * * *',
  'forget-old': '40 18 * * *',
  'mark-due': '50 18 * * *',
  'expire-reveals': '7 * * * *',
  'renew-certificates': '23 * * * *',
  'tend-hosts': '37 * * * *',
  'remind-registrations': '30 0 * * *',
  'watch-appointments': '45 0 * * *',
  // in the small hours of all three Indonesian zones
  'watch-zones': '15 18 * * *',
} as const satisfies Partial<Record<JobName, string>>

/**
 * Jobs of one kind that a process fetches at once, and how often it looks when nobody calls. A new job calls; one
 * that comes back after a failure or a crash does not, and pg-boss would look for it every 30 seconds only.
 */
const batchSize = 20
/** These hold a connection or a whole file while they work outside; the pool has others for everybody else. */
const outsideBatchSize = 5
/** These hold a whole zone in memory. */
const wholeZone: readonly JobName[] = ['compare-zone', 'take-over-zone']
const holdsConnection: readonly JobName[] = ['scan-document', 'provision-service', 'issue-certificate']
const pollingIntervalSeconds = 2
/** How long, in milliseconds, what a job came to waits for a database that went away meanwhile, and how often it asks. */
const recordableWithinMs = 60_000
const recordableEveryMs = 200

/**
 * Works off the queue until the boss is stopped. A job that fails goes back to the queue with back-off; an
 * expected refusal was already put on the desk by the job itself.
 *
 * @param atOnce told of jobs by the acts of this process; some begin before the queue gives them out
 * @param byTheClock which jobs the clock asks for, and when
 */
export async function startWorker(
  boss: PgBoss,
  deps: JobDeps,
  log: (job: string, error: unknown) => void,
  atOnce = new AtOnce(),
  byTheClock: Partial<Record<JobName, string>> = schedules,
): Promise<void> {
  await createQueues(boss, jobNames)
  const run: RunJob = ({ id, name, data }, held) =>
    atOnce.join(id, () => (handlers[name] as AnyHandler)(deps, data, held))
  for (const name of jobNames) await work(boss, name, run, log)
  atOnce.start(run)
  for (const [name, cron] of Object.entries(byTheClock)) await boss.schedule(name, cron)
}

async function work(
  boss: PgBoss,
  name: JobName,
  run: RunJob,
  log: (job: string, error: unknown) => void,
): Promise<void> {
  const options = {
    batchSize: wholeZone.includes(name) ? 1 : holdsConnection.includes(name) ? outsideBatchSize : batchSize,
    pollingIntervalSeconds,
    notifyPollingIntervalSeconds: pollingIntervalSeconds,
    perJobResults: true,
  } as const
  await boss.work<Jobs[JobName]>(name, options, async (jobs) => {
    const results = await Promise.all(
      jobs.map(async ({ id, data }) => {
        try {
          await run({ id, name, data })
          return { id, status: 'completed' as const }
        } catch (error) {
          if (!(error instanceof Refused)) log(name, error)
          return { id, status: 'failed' as const, output: { message: describe(error) } }
        }
      }),
    )
    await untilRecordable(boss)
    return results
  })
}

/**
 * Waits until the queue can take down what its jobs came to. A result that is lost leaves the job with its worker until
 * a heartbeat is missed; one that waits a little sends it back at once.
 */
async function untilRecordable(boss: PgBoss): Promise<void> {
  const deadline = performance.now() + recordableWithinMs
  while (performance.now() < deadline) {
    try {
      await boss.getDb().executeSql('select 1', [])
      return
    } catch {
      await sleep(recordableEveryMs, undefined, { ref: false })
    }
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message.slice(0, 500) : 'unknown'
