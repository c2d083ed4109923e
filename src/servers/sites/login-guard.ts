import { Serial } from './serial.ts'

const WINDOW_MS = 10 * 60_000
/** A person may mistype this often before answers slow down. */
const FREE_FAILURES = 3
const FIRST_DELAY_MS = 500
const DELAY_MAX_MS = 8_000
/** Addresses remembered; beyond it the oldest is forgotten, so that memory is bounded. */
const ADDRESSES_MAX = 10_000

/** How long to hold back the answer to a failed sign-in, given the earlier failures from the same place. */
export function failureDelayMs(earlierFailures: number): number {
  const beyond = earlierFailures - FREE_FAILURES
  return beyond < 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** Math.min(beyond, 10), DELAY_MAX_MS)
}

/** IPv6 users own a /64 at least, so that is one place; IPv4 mapped into IPv6 is the IPv4 address. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address
}

/**
 * Slows guessing without ever locking anyone out: a right password is always accepted at once, only the
 * answer to a wrong one is held back, longer with every failure from the same place. Checks of one place
 * run one after the other, so a flood from one place cannot take the processor from the others.
 */
export class LoginGuard {
  readonly #failures = new Map<string, { count: number; sinceMs: number }>()
  readonly #checks = new Serial()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Runs a password check; resolves to its outcome and how long to hold back a refusal. */
  async check(address: string, isRight: () => Promise<boolean>): Promise<{ ok: boolean; delayMs: number }> {
    const place = placeOf(address)
    const ok = await this.#checks.run(place, isRight)
    return ok ? { ok, delayMs: 0 } : { ok, delayMs: failureDelayMs(this.#countFailure(place)) }
  }

  #countFailure(place: string): number {
    const nowMs = this.#nowMs()
    const known = this.#failures.get(place)
    const isFresh = known !== undefined && nowMs - known.sinceMs < WINDOW_MS
    const entry = isFresh ? known : { count: 0, sinceMs: nowMs }
    this.#failures.delete(place)
    if (this.#failures.size >= ADDRESSES_MAX) this.#failures.delete(this.#failures.keys().next().value!)
    this.#failures.set(place, { ...entry, count: entry.count + 1 })
    return entry.count
  }
}
