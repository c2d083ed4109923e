import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DemoReport } from '../../src/cli/demo/printer.ts'
import { destroyPostgres } from '../../src/servers/postgres/launch.ts'
import { ownNetworks } from './own-networks.ts'

/** A whole installation as its users start it: `npm start` or `npm run demo`, each in a process of its own. */
export type TestInstallation = {
  readonly child: ChildProcess
  /** Everything printed so far. */
  readonly output: () => string
  /** Asks the process to end as a terminal would; resolves to its exit code. */
  readonly stop: () => Promise<number | null>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
/** A fresh installation with two applications; generous, because test machines are busy. */
const readyTimeoutMs = 240_000
const stopTimeoutMs = 60_000

/** A data directory of its own, and the way to remove it with the database cluster that may lie elsewhere. */
export async function dataDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'ranah-installation-'))
  return {
    path,
    remove: async () => {
      await destroyPostgres(path)
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Starts `ranah` with these words on free ports. */
export function startRanah(
  words: readonly string[],
  data: string,
  env: Readonly<Record<string, string>> = {},
): TestInstallation {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts'), ...words], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RANAH_DATA: data,
      RANAH_PORT: '0',
      RANAH_DNS_PORT: '0',
      RANAH_SITES_PORT: '0',
      RANAH_SFTP_PORT: '0',
      RANAH_OWN_NETWORKS: ownNetworks.join(','),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  return {
    child,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
      await ended
      clearTimeout(late)
      return child.exitCode
    },
  }
}

/** Waits until the output holds what the pattern finds. @throws Error with the output when it never comes */
export async function printed(installation: TestInstallation, pattern: RegExp): Promise<RegExpExecArray> {
  const deadline = performance.now() + readyTimeoutMs
  while (performance.now() < deadline) {
    const found = pattern.exec(installation.output())
    if (found) return found
    if (installation.child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`never printed ${String(pattern)}:\n${installation.output()}`)
}

/** Runs the demo to its document and leaves it serving. */
export async function startDemo(
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestInstallation & { readonly report: DemoReport }> {
  const installation = startRanah(['demo', '--json'], data, env)
  const [document] = await printed(installation, /^\{[\s\S]*?^\}$/m)
  return { ...installation, report: JSON.parse(document) as DemoReport }
}
