import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'

/** Ends by itself or after its time; what it said is in the log. */
export async function run(
  command: string,
  args: readonly string[],
  log: string,
  limitSeconds: number,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: limitSeconds * 1_000 })
  const file = createWriteStream(log)
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  await new Promise<void>((done, failed) => {
    child.on('error', (cause) =>
      failed(new Error(`${command} is missing: apt-get install wapiti sqlmap`, { cause })),
    )
    child.on('close', () => file.end(done))
  })
}
