import { CompiledQuery } from 'kysely'
import type { Db as BossDb } from 'pg-boss'
import { PgBoss } from 'pg-boss'
import type { Tx } from './database.ts'
import { sendAhead } from './pipeline.ts'

/** Every background job and what it is told. A job reads everything else itself and makes it so. */
export type Jobs = {
  'create-zone': { officeId: string; zoneId: string }
  'provision-service': { officeId: string; requestId: string; visit: number }
  'issue-letter': { officeId: string; requestId: string; visit: number }
  'issue-notice': { officeId: string; letterId: string }
  /** `until`: when it gives up and says so (ISO) */
  'stamp-letter': { officeId: string; letterId: string; until?: string }
  'notify-signature': { officeId: string; letterId: string }
  'notify-turn': { officeId: string; requestId: string; visit: number }
  'notify-ended': { officeId: string; requestId: string }
  'notify-message': { officeId: string; messageId: string }
  'scan-document': { officeId: string; documentId: string }
  'scan-waiting': Record<string, never>
  'deploy-archive': { officeId: string; deploymentId: string }
  'rotate-credentials': { officeId: string; serviceId: string; token: string }
  'issue-certificate': { officeId: string; certificateId: string }
  'revoke-certificate': { officeId: string; certificateId: string }
  'renew-certificates': Record<string, never>
  'watch-zones': Record<string, never>
  'tend-hosts': Record<string, never>
  'compare-zone': { officeId: string; zoneId: string }
  'take-over-zone': { officeId: string; importId: string }
  'revert-finding': { officeId: string; findingId: string }
  'watch-times': Record<string, never>
  'remind-registrations': Record<string, never>
  'watch-appointments': Record<string, never>
  'expire-reveals': Record<string, never>
  'sign-checkpoints': Record<string, never>
  'forget-old': Record<string, never>
  'mark-due': Record<string, never>
  'send-mail': { messageId: string; to: string; subject: string; text: string }
}
export type JobName = keyof Jobs

/** Enqueues inside the caller's transaction, so that the job exists if and only if the change does. */
export type Enqueue = <Name extends JobName>(
  tx: Tx,
  name: Name,
  data: Jobs[Name],
  options?: {
    readonly id?: string
    readonly startAfter?: Date
    /** Not tried again when it fails: somebody else is at it already. */
    readonly once?: true
    /** This process begins it at once; the queue gives it out a little later, if it is still there. */
    readonly begun?: true
  },
) => Promise<void>

/** How often a failed job is tried again; with back-off up to five minutes this spans days, not seconds. */
const retryLimit = 1000
const retryDelaySeconds = 2
const retryDelayMaxSeconds = 300
/** A worker killed with its job is noticed after this long without a heartbeat. */
const heartbeatSeconds = 10
/** How long the queue leaves a job alone that the process which committed it has begun. */
const begunSeconds = 1
const superviseSeconds = 2
/** How often one queue is looked through for such jobs, by whichever process comes first; pg-boss waits 60. */
const monitorSeconds = 5

export const queueOptions = {
  retryLimit,
  retryDelay: retryDelaySeconds,
  retryBackoff: true,
  retryDelayMax: retryDelayMaxSeconds,
  heartbeatSeconds,
  notify: true,
} as const

/**
 * Opens the queue over its own pool (it must own the connection on which it listens).
 * @param url connection URL of the role ranah_app, owner of the schema pgboss
 */
export function openQueue(url: string, onError: (error: Error) => void): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    createSchema: false,
    max: 6,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: monitorSeconds,
    application_name: 'ranah queue',
  })
  boss.on('error', onError)
  return boss
}

/** Creates the queues that do not exist yet. Safe when two processes start at once. */
export async function createQueues(boss: PgBoss, names: readonly JobName[]): Promise<void> {
  const existing = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const name of names) if (!existing.has(name)) await boss.createQueue(name, queueOptions)
}

/** @returns the function that actions call to enqueue a follow-up in their own transaction. */
export function enqueueWith(boss: PgBoss): Enqueue {
  return async (tx, name, data, { once, begun, startAfter, id } = {}) => {
    await boss.send(name, data, {
      ...(id && { id }),
      ...(startAfter && { startAfter }),
      ...(once && { retryLimit: 0 }),
      ...(begun && { startAfter: begunSeconds }),
      db: enqueueing(tx),
    })
  }
}

/** The transaction as pg-boss sees it: nobody asks for the id of the new job, so nobody waits for it. */
function enqueueing(tx: Tx): BossDb {
  return {
    executeSql: async (text, values) => {
      await sendAhead(tx, CompiledQuery.raw(text, values))
      return { rows: [] }
    },
  }
}
