import type { BegunJob, Prompt } from '../actions/act.ts'
import type { JobName } from '../db/queue.ts'

/** Jobs that the process which committed them begins at once, because somebody waits for what they do outside. */
const promptJobs: readonly JobName[] = ['provision-service']
/** So many run at once without the queue, since each holds a connection; further ones wait their turn. */
const maxBegun = 5

/**
 * Work that begins with its commit, without waiting until the queue gives it out. The queue still has it: the job
 * joins the work under way here, and stands for it when the process dies.
 */
export class AtOnce implements Prompt {
  readonly #underWay = new Map<string, Promise<void>>()
  /** Committed here and not begun yet; whoever gets to them first, this process or the queue, does them. */
  readonly #waiting = new Map<string, BegunJob>()
  #run: ((job: BegunJob) => Promise<void>) | undefined
  #begun = 0

  /** @param run does a job, and joins what is under way; from now on jobs may begin */
  start(run: (job: BegunJob) => Promise<void>): void {
    this.#run = run
  }

  takes(name: JobName): boolean {
    return this.#run !== undefined && promptJobs.includes(name)
  }

  /** Begins a job, or the one that has waited longest; one that fails, the queue gives out. */
  begin(job: BegunJob): void {
    this.#waiting.set(job.id, job)
    this.#next()
  }

  #next(): void {
    const job = this.#waiting.values().next().value
    if (this.#run === undefined || job === undefined || this.#begun >= maxBegun) return
    this.#begun += 1
    void this.#run(job)
      .catch(() => undefined)
      .finally(() => {
        this.#begun -= 1
        this.#next()
      })
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
