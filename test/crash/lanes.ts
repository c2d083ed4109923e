import { availableParallelism } from 'node:os'
import type { Lane } from './lane.ts'
import { openLane } from './lane.ts'

/** Most of a run is waiting (for the queue, for servers to be back), so there are more lanes than processors. */
const laneCount = Math.min(8, availableParallelism() * 4)

/** Several installations side by side; whoever needs one waits for the next that is free. */
export class Lanes {
  readonly #all: Lane[] = []
  readonly #free: Lane[] = []
  readonly #waiting: ((lane: Lane) => void)[] = []
  #isFirstNext = true

  async open(): Promise<void> {
    for (let count = 0; count < laneCount; count += 1) {
      const lane = await openLane()
      this.#all.push(lane)
      this.#give(lane)
    }
  }

  async use<T>(work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = this.#free.pop() ?? (await new Promise<Lane>((resolve) => this.#waiting.push(resolve)))
    try {
      return await work(lane)
    } finally {
      this.#give(lane)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((lane) => lane.close()))
  }

  #give(lane: Lane): void {
    // from both ends in turn: what computes stands at one, what waits at the other, and the two go well together
    const next = this.#isFirstNext ? this.#waiting.shift() : this.#waiting.pop()
    this.#isFirstNext = !this.#isFirstNext
    if (next) next(lane)
    else this.#free.push(lane)
  }
}
