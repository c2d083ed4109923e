import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** How far the clock of a story's office stands ahead of the real one; kept in a file, so that it outlives a desk. */
export class OfficeClock {
  aheadMs: number
  readonly #file: string

  constructor(file: string) {
    this.#file = file
    this.aheadMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  }

  /** Never goes back. */
  advanceTo(aheadMs: number): void {
    if (aheadMs <= this.aheadMs) return
    this.aheadMs = aheadMs
    writeFileSync(this.#file, String(aheadMs))
  }
}
