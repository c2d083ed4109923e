import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** One process and no other: a pid alone is given to somebody else sooner or later. */
export type ProcessIdentity = {
  readonly pid: number
  /** clock ticks between boot and start, field 22 of /proc/PID/stat (proc(5)) */
  readonly startTicks: string
}

const pollMs = 20

/** Who runs under this pid now; undefined when nobody does or it is a zombie. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  if (!stat) return undefined
  // the second field is the program's name in parentheses and may hold blanks and parentheses itself
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTicks] = [fields[0], fields[19]]
  return state === 'Z' || state === 'X' || !startTicks ? undefined : { pid, startTicks }
}

export async function isAlive(process: ProcessIdentity): Promise<boolean> {
  return (await identify(process.pid))?.startTicks === process.startTicks
}

/** The argument vector of a process; empty when it is gone. */
export async function commandLine(pid: number): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return text.split('\0').slice(0, -1)
}

/** All live processes whose argument vector ends with `tail`. */
export async function findByCommandTail(tail: readonly string[]): Promise<readonly ProcessIdentity[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const argv = await commandLine(pid)
      const matches =
        argv.length > tail.length && tail.every((arg, i) => argv[argv.length - tail.length + i] === arg)
      return matches ? identify(pid) : undefined
    }),
  )
  return found.filter((process) => process !== undefined)
}

/**
 * Ends a process: each signal in turn, with a bounded wait after it. A process that has gone meanwhile, and
 * a stranger that now has its pid, are left alone.
 * @returns whether it is gone
 */
export async function endProcess(
  identity: ProcessIdentity,
  signals: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[],
): Promise<boolean> {
  for (const { signal, waitMs } of signals) {
    if (!(await isAlive(identity))) return true
    try {
      process.kill(identity.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    if (await waitUntilGone(identity, waitMs)) return true
  }
  return !(await isAlive(identity))
}

async function waitUntilGone(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs
  while (performance.now() < deadline) {
    if (!(await isAlive(identity))) return true
    await sleep(pollMs)
  }
  return false
}
