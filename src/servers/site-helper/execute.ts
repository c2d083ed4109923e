import { execFile } from 'node:child_process'

const TIMEOUT_MS = 60_000
const OUTPUT_MAX_BYTES = 4 * 1024 * 1024
/** Nothing of the caller's environment reaches the programs of the host. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' }

export class CommandFailed extends Error {
  readonly stderr: string
  constructor(file: string, stderr: string, cause: unknown) {
    super(`${file}: ${stderr.trim().slice(0, 2_000)}`, { cause })
    this.stderr = stderr
  }
}

/** Runs a program by its absolute path and argument vector. @returns what it printed @throws CommandFailed */
export function execute(
  file: string,
  argv: readonly string[],
  { input = '', user }: { readonly input?: string; readonly user?: { uid: number; gid: number } } = {},
): Promise<string> {
  const options = { timeout: TIMEOUT_MS, maxBuffer: OUTPUT_MAX_BYTES, env: ENVIRONMENT, cwd: '/', ...user }
  return new Promise((resolve, reject) => {
    const child = execFile(file, [...argv], options, (error, stdout, stderr) =>
      error ? reject(new CommandFailed(file, stderr || error.message, error)) : resolve(stdout),
    )
    // A program that ends without reading its input says why by its exit code.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
