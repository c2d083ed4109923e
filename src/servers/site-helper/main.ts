import { type Carried, carryOutLine, outcomeOf } from './run.ts'

/** A line holds at most a thousand commands of a few hundred octets. */
const LINE_MAX_BYTES = 4 * 1024 * 1024

/** Standard input as lines, and what comes behind a line as octets. */
class Lines {
  readonly #chunks: AsyncIterator<Buffer>
  #head = Buffer.alloc(0)

  constructor(input: AsyncIterable<Buffer>) {
    this.#chunks = input[Symbol.asyncIterator]()
  }

  /** @returns null at the end of the input */
  async next(): Promise<string | null> {
    for (;;) {
      const end = this.#head.indexOf(0x0a)
      if (end >= 0) {
        const line = this.#head.subarray(0, end).toString()
        this.#head = this.#head.subarray(end + 1)
        return line
      }
      const next = await this.#chunks.next()
      if (next.done || this.#head.length > LINE_MAX_BYTES) return this.#without()
      this.#head = Buffer.concat([this.#head, next.value])
    }
  }

  /** A line without an end is handed over as it is: nobody will understand it. */
  #without(): string | null {
    const line = this.#head.toString()
    this.#head = Buffer.alloc(0)
    return line === '' ? null : line
  }

  /** All that is left of the input. */
  async *rest(): AsyncGenerator<Buffer> {
    if (this.#head.length > 0) yield this.#head
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) yield next.value
  }
}

// A caller that hangs up does not stop half of the work: what was begun ends.
process.on('SIGHUP', () => undefined)
process.on('SIGPIPE', () => undefined)
process.stdout.on('error', () => undefined)
process.umask(0o022)

const lines = new Lines(process.stdin)

/**
 * Answers a line. @returns whether there may be another one: behind an archive, or a line that was not understood, may
 * stand anything
 */
async function answer(line: string): Promise<boolean> {
  let carried: Carried | undefined
  const outcome = await outcomeOf(async () => {
    carried = await carryOutLine(line, lines.rest(), new Date())
  })
  const answers = carried?.answers ?? [outcome]
  await new Promise((resolve) => process.stdout.write(`${JSON.stringify({ answers })}\n`, resolve))
  return carried?.mayFollow ?? false
}

// Whoever asks keeps the helper for their next line, since most of a short one's time is its start.
let line: string | null
do line = await lines.next()
while (line !== null && (await answer(line)))
process.exit(0)
