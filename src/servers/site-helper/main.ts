import { carryOutLine, outcomeOf } from './run.ts'

/** A line holds at most a thousand commands of a few hundred octets. */
const LINE_MAX_BYTES = 4 * 1024 * 1024

/** The first line of standard input, and what comes behind it. */
async function readLine(
  input: AsyncIterable<Buffer>,
): Promise<{ line: string; body: AsyncIterable<Buffer> }> {
  const chunks = input[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  for (;;) {
    const end = head.indexOf(0x0a)
    if (end >= 0) {
      const rest = head.subarray(end + 1)
      return { line: head.subarray(0, end).toString(), body: behind(rest, chunks) }
    }
    if (head.length > LINE_MAX_BYTES) throw new Error('the line is too long')
    const next = await chunks.next()
    if (next.done) throw new Error('the line has no end')
    head = Buffer.concat([head, next.value])
  }
}

async function* behind(rest: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (rest.length > 0) yield rest
  for (;;) {
    const next = await chunks.next()
    if (next.done) return
    yield next.value
  }
}

// A caller that hangs up does not stop half of the work: what was begun ends.
process.on('SIGHUP', () => undefined)
process.on('SIGPIPE', () => undefined)
process.stdout.on('error', () => undefined)
process.umask(0o022)

const outcome = await outcomeOf(async () => {
  const { line, body } = await readLine(process.stdin)
  return carryOutLine(line, body, new Date())
})
const answers = 'answer' in outcome ? outcome.answer : [outcome]
process.stdout.write(`${JSON.stringify({ answers })}\n`, () => process.exit(0))
