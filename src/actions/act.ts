import { Refused } from '../domain/refused.ts'
import { behalfIn } from '../domain/access/appointments.ts'
import type { Acting, Lapsed } from '../domain/access/appointments.ts'
import type { TokenLimits } from '../domain/access/token-limits.ts'
import { requireWithinToken } from './token-limits.ts'
import type { Role } from '../domain/access/roles.ts'
import type { EntryFacts } from '../domain/logbook/entry.ts'
import { SALT_BYTES } from '../domain/logbook/entry.ts'
import type { Db, Tx } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { Granted } from '../db/fulfilment/granted.ts'
import type { UnderLock } from '../db/fulfilment/outside-lock.ts'
import { committingWork } from '../db/fulfilment/outside-lock.ts'
import { appendEntry } from '../db/logbook.ts'
import type { Enqueue, JobName, Jobs } from '../db/queue.ts'
import { accessTexts } from '../domain/text/access.ts'

/** What every action needs from the outside: the database, the queue, the clock and randomness. */
export type Deps = {
  readonly db: Db
  readonly enqueue: Enqueue
  readonly now: () => Date
  readonly randomBytes: (length: number) => Buffer
  readonly newId: () => string
  /** Whether a malware scanner is configured: then a document waits for it before anybody can download it. */
  readonly scansUploads?: boolean
  /** A worker in this process, which need not wait until the queue gives a job out. */
  readonly prompt?: Prompt
}

export type Prompt = {
  /** The lock under which a job works that would be begun now; nothing for one that waits until the queue gives it out. */
  readonly lockOf: <Name extends JobName>(name: Name, data: Jobs[Name]) => UnderLock<Granted> | undefined
  /**
   * Begins a job right after the commit of its act.
   * @param held what the act found under the job's lock, if it could take that
   * @returns when the lock is no longer needed
   */
  readonly begin: (job: BegunJob, held: Granted | undefined) => Promise<void>
}

/** A job that was just committed. The queue knows it by the same id, and gives it out if nobody finishes it. */
export type BegunJob = { readonly id: string; readonly name: JobName; readonly data: Jobs[JobName] }

/** A signed-in person in one office, with what they are there. */
export type Member = {
  readonly kind: 'person'
  readonly officeId: string
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** Agencies for which the person may apply. */
  readonly agencyIds: readonly string[]
  /** Roles by an appointment of their own; all of them where nothing is said. */
  readonly ownRoles?: readonly Role[]
  /** Roles by standing in for somebody. */
  readonly acting?: readonly Acting[]
  /** Roles that count for nothing today. */
  readonly lapsed?: readonly Lapsed[]
  /** What the token that is used may do of all this; absent for a session. */
  readonly token?: TokenLimits | undefined
  readonly ends?: readonly { readonly role: Role; readonly untilDay: string }[]
}

/** Ranah itself: a job that records what it saw. */
export type SystemActor = { readonly kind: 'system'; readonly officeId: string }
export type Actor = Member | SystemActor

/** One logbook entry as an action states it; office, time and actor are filled in. */
export type Note = Pick<EntryFacts, 'act' | 'subject' | 'details'> & {
  /** Values that belong to a person; they go behind salted commitments. */
  readonly personal?: Readonly<Record<string, string>>
  /** The role in which the person acted, when the action knows it better than the first role. */
  readonly role?: string
}

export type Write = {
  /** States what happened; without at least one note the transaction is not committed. */
  note: (note: Note) => void
  /** Enqueues a follow-up job; it exists if and only if the change is committed. */
  job: <Name extends JobName>(
    name: Name,
    data: Jobs[Name],
    options?: { startAfter?: Date; once?: true },
  ) => Promise<void>
}

/**
 * Runs one act as one transaction: the change, its follow-up jobs and its logbook entries commit together.
 * The entries go last, because the head of the chain stays locked from there to the commit. A job that this process
 * begins at once gets its lock from the act, so that nothing stands between the commit and its work.
 *
 * @returns what `run` returns
 */
export async function act<T>(
  deps: Deps,
  actor: Actor,
  run: (tx: Tx, write: Write) => Promise<T>,
): Promise<T> {
  const personId = actor.kind === 'person' ? actor.personId : undefined
  const scope = { officeId: actor.officeId, personId, at: deps.now(), plansOnce: true } as const
  return committingWork(deps.db, async (connection, take) => {
    const begun: Begun[] = []
    const done = await inScope(connection, scope, async (tx) => {
      const notes: Note[] = []
      const result = await run(tx, {
        note: (note) => void notes.push(note),
        job: enqueueing(deps, tx, begun),
      })
      if (notes.length === 0) throw new Error('an act without a logbook entry cannot be committed')
      if (actor.kind === 'person' && actor.token) await requireWithinToken(tx, actor.token, notes)
      const [first] = begun
      if (first) first.found = await take(tx, first.lock)
      for (const note of notes) await append(deps, actor, tx, note)
      return result
    })
    const works = begun.map(async ({ job, found }) => deps.prompt!.begin(job, await found?.()))
    return { done, work: Promise.all(works) }
  })
}

/** A job that is begun with the commit. An act holds one connection, and one lock with it: that of its first job. */
type Begun = {
  readonly job: BegunJob
  readonly lock: UnderLock<Granted>
  found?: () => Promise<Granted | undefined>
}

const enqueueing =
  (deps: Deps, tx: Tx, begun: Begun[]): Write['job'] =>
  (name, data, options) => {
    const lock = options ? undefined : deps.prompt?.lockOf(name, data)
    if (!lock) return deps.enqueue(tx, name, data, options)
    const id = deps.newId()
    begun.push({ job: { id, name, data }, lock })
    return deps.enqueue(tx, name, data, { id, begun: true })
  }

/** Writes one entry; an action that needs the number of its own entry calls this last, instead of noting it. */
async function append(deps: Deps, actor: Actor, tx: Tx, note: Note): Promise<void> {
  const ref = actor.kind === 'person' ? actor.personId : null
  const role = note.role ?? (actor.kind === 'person' ? (actor.roles[0] ?? 'person') : 'system')
  const behalf = actor.kind === 'person' && behalfIn(actor, role as Role)
  const openings = Object.entries(note.personal ?? {}).map(([field, value]) => ({
    field,
    value,
    salt: deps.randomBytes(SALT_BYTES),
  }))
  await appendEntry(
    tx,
    {
      office: actor.officeId,
      at: deps.now(),
      actor: { role, ref },
      act: note.act,
      subject: note.subject,
      details: { ...note.details, ...(behalf && { behalf }) },
    },
    openings,
  )
}

/**
 * @throws Refused (403) unless the actor is a person with one of the roles
 */
export function requireRole(actor: Actor, ...allowed: readonly Role[]): asserts actor is Member {
  if (actor.kind !== 'person' || !actor.roles.some((role) => allowed.includes(role)))
    throw new Refused('not-allowed', accessTexts.notAllowed, { status: 403 })
}

/** The role in which a member does what these roles may do: their own before one in which they stand in. */
export function roleAmong({ roles, ownRoles = roles }: Member, allowed: readonly Role[]): Role | undefined {
  return allowed.find((role) => ownRoles.includes(role)) ?? allowed.find((role) => roles.includes(role))
}

/** The same answer for what does not exist and what belongs to somebody else. */
export function notFound(): Refused {
  return new Refused('not-found', accessTexts.notFound, { status: 404 })
}
