/** The processes of an installation's servers, and their sudden end. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPidfile } from '../../src/servers/dns/pidfile.ts'
import { readJson } from '../../src/servers/json-file.ts'
import { clusterDirectory, readState } from '../../src/servers/postgres/cluster.ts'
import { findPostmaster } from '../../src/servers/postgres/postmaster.ts'
import type { Victim } from './story.ts'

/** Main processes by server; PostgreSQL's children are looked up at the moment of the kill. */
export type Prey = Readonly<Record<Exclude<Victim, 'desk'>, number>>

export async function preyOf(dataDirectory: string): Promise<Prey> {
  const state = await readState(dataDirectory)
  const postmaster = state && (await findPostmaster(clusterDirectory(state)))
  const dns = await readPidfile(join(dataDirectory, 'dns'))
  const sites = (await readJson(join(dataDirectory, 'sites', 'supervised.json'))) as { pid?: number }
  if (!postmaster || !dns || !sites.pid) throw new Error(`not every server of ${dataDirectory} runs`)
  return { postgres: postmaster.pid, dns: dns.pid, sites: sites.pid }
}

/** SIGKILL without a pause in between; the desk itself comes last, because it is the one who does it. */
export function killAll(prey: Prey, victims: readonly Victim[]): void {
  const pids = (['postgres', 'dns', 'sites'] as const)
    .filter((name) => victims.includes(name))
    .flatMap((name) => [prey[name], ...(name === 'postgres' ? childrenOf(prey[name]) : [])])
  for (const pid of pids) kill(pid)
  if (victims.includes('desk')) process.kill(process.pid, 'SIGKILL')
}

/** A child of PostgreSQL may end by itself at this very moment. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
