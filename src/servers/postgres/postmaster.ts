import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLine, endProcess, identify, type ProcessIdentity } from '../process.ts'

/** SIGINT is the fast shutdown; SIGQUIT the immediate one, after which the next start replays the log. */
const stopSignals = [
  { signal: 'SIGINT', waitMs: 30_000 },
  { signal: 'SIGQUIT', waitMs: 10_000 },
] as const

/**
 * The live postmaster of a cluster: the pid that postmaster.pid names, if that process was really started
 * on this directory. The command line may be read even where /proc/PID/cwd may not.
 */
export async function findPostmaster(directory: string): Promise<ProcessIdentity | undefined> {
  const { pid } = await readPidFile(directory)
  if (!pid) return undefined
  const argv = await commandLine(pid)
  const at = argv.indexOf('-D')
  return at > 0 && argv[at + 1] === directory ? identify(pid) : undefined
}

/** postmaster.pid: line 1 the pid, line 4 the port, line 8 the status (PostgreSQL's pidfile.h). */
export async function readPidFile(directory: string): Promise<{ pid: number; port: number; status: string }> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  return { pid: Number(lines[0] ?? 0), port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() }
}

export async function endPostmaster(postmaster: ProcessIdentity): Promise<void> {
  const gone = await endProcess(postmaster, stopSignals)
  if (!gone) throw new Error(`PostgreSQL (pid ${postmaster.pid}) did not stop`)
}
