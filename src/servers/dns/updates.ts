import type { Message } from '../../domain/dns/message.ts'
import { RCODE } from '../../domain/dns/types.ts'
import { StoreFull, type ZoneStore } from './store.ts'
import { ZoneDraft, updateDraft } from './update-zone.ts'
import { Zone } from './zone.ts'

/** Updates that wait for the one writer. Past this many the server says SERVFAIL at once. */
const MAX_WAITING_UPDATES = 10_000
/** Updates that share one write to disk. */
const MAX_UPDATES_PER_BATCH = 500

type Waiting = { readonly zone: string; readonly message: Message; readonly resolve: (rcode: number) => void }

/**
 * The one writer of all zones: takes what waits, works it out on drafts, makes it durable with one sync, and only
 * then lets it be seen and answers. Updates happen in the order of their arrival.
 */
export class UpdateQueue {
  readonly #store: ZoneStore
  readonly #onChanged: (zone: string) => void
  readonly #onFault: (error: unknown) => void
  #waiting: Waiting[] = []
  #running: Promise<void> | null = null

  /**
   * @param onChanged told after a zone has changed for all to see
   * @param onFault told when the disk is in an unknown state; the process must end without answering
   */
  constructor(store: ZoneStore, onChanged: (zone: string) => void, onFault: (error: unknown) => void) {
    this.#store = store
    this.#onChanged = onChanged
    this.#onFault = onFault
  }

  /** @returns the response code, once the update is on disk */
  submit(zone: string, message: Message): Promise<number> {
    if (this.#waiting.length >= MAX_WAITING_UPDATES) return Promise.resolve(RCODE.SERVFAIL)
    return new Promise((resolve) => {
      this.#waiting.push({ zone, message, resolve })
      this.#running ??= this.#drain()
    })
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #drain(): Promise<void> {
    try {
      // One turn of the event loop lets everything that has arrived join the first batch.
      await new Promise((resolve) => setImmediate(resolve))
      while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MAX_UPDATES_PER_BATCH))
    } catch (error) {
      this.#onFault(error)
    } finally {
      this.#running = null
    }
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const drafts = new Map<string, ZoneDraft>()
    const codes = batch.map(({ zone, message }) => {
      const draft = drafts.get(zone) ?? new ZoneDraft(this.#store.zones.get(zone) ?? new Zone(zone))
      drafts.set(zone, draft)
      return updateDraft(draft, message)
    })
    const changes = [...drafts.values()].flatMap((draft) => draft.changes())
    try {
      await this.#store.commit(changes)
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error
      for (const { resolve } of batch) resolve(RCODE.SERVFAIL)
      return
    }
    batch.forEach(({ resolve }, index) => resolve(codes[index]!))
    for (const zone of new Set(changes.map((change) => change.zone))) this.#onChanged(zone)
  }
}
