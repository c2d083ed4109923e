const tails = new Map<string, Promise<unknown>>()

/** Runs the writers of one zone one after the other, in the order in which they came. */
export async function asOneWriter<T>(zone: string, write: () => Promise<T>): Promise<T> {
  const before = tails.get(zone)
  const turn = before ? before.then(write, write) : write()
  const tail = turn.catch(() => undefined)
  tails.set(zone, tail)
  try {
    return await turn
  } finally {
    if (tails.get(zone) === tail) tails.delete(zone)
  }
}
