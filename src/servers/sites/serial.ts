/** Runs tasks of one key one after the other, and tasks of different keys side by side. */
export class Serial {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Resolves or rejects as `task` does, once every earlier task of this key has ended. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const result = before.then(task, task)
    const tail = result.catch(() => undefined)
    this.#tails.set(key, tail)
    void this.#forget(key, tail)
    return result
  }

  async #forget(key: string, tail: Promise<unknown>): Promise<void> {
    await tail
    if (this.#tails.get(key) === tail) this.#tails.delete(key)
  }

  /** Resolves when everything that was queued until now has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#tails.values())
  }
}
