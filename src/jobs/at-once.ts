import type { BegunJob, Prompt } from '../actions/act.ts'
import type { Granted } from '../db/fulfilment/granted.ts'
import { grantedUnderLock } from '../db/fulfilment/granted.ts'
import type { UnderLock } from '../db/fulfilment/outside-lock.ts'
import type { JobName, Jobs } from '../db/queue.ts'

/**
 * Jobs that the process which committed them begins at once, because somebody waits for what they do outside, and the
 * lock that each works under.
 */
const locks: { readonly [Name in JobName]?: (data: Jobs[Name]) => UnderLock<Granted> } = {
  'provision-service': grantedUnderLock,
}
/** So many run at once for which no lock was taken with their commit; further ones wait their turn. */
const maxBegun = 5

/** @param held what the job's act found under its lock, if it took that */
export type RunJob = (job: BegunJob, held?: Granted) => Promise<void>

/**
 * Work that begins with its commit, without waiting until the queue gives it out. The queue still has it: the job
 * joins the work under way here, and stands for it when the process dies.
 */
export class AtOnce implements Prompt {
  readonly #underWay = new Map<string, Promise<void>>()
  /** Committed here and not begun yet; whoever gets to them first, this process or the queue, does them. */
  readonly #waiting = new Map<string, BegunJob>()
  #run: RunJob | undefined
  #begun = 0

  /** @param run does a job, and joins what is under way; from now on jobs may begin */
  start(run: RunJob): void {
    this.#run = run
  }

  lockOf<Name extends JobName>(name: Name, data: Jobs[Name]): UnderLock<Granted> | undefined {
    return this.#run && locks[name]?.(data)
  }

  /** Begins a job whose lock is held, or waits its turn with it; one that fails, the queue gives out. */
  begin(job: BegunJob, held: Granted | undefined): Promise<void> {
    if (held) return this.#did(job, held)
    this.#waiting.set(job.id, job)
    this.#next()
    return Promise.resolve()
  }

  #next(): void {
    const job = this.#waiting.values().next().value
    if (this.#run === undefined || job === undefined || this.#begun >= maxBegun) return
    this.#begun += 1
    void this.#did(job).finally(() => {
      this.#begun -= 1
      this.#next()
    })
  }

  async #did(job: BegunJob, held?: Granted): Promise<void> {
    await this.#run?.(job, held).catch(() => undefined)
  }

  /** Does a job, or waits for the end of the same one. @throws what the job throws */
  join(id: string, work: () => Promise<void>): Promise<void> {
    this.#waiting.delete(id)
    const known = this.#underWay.get(id)
    if (known) return known
    const begun = work().finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, begun)
    return begun
  }

  /** Begins nothing more, and resolves when what is under way has ended; what still waits the queue gives out. */
  async stop(): Promise<void> {
    this.#run = undefined
    this.#waiting.clear()
    await Promise.allSettled(this.#underWay.values())
  }
}
