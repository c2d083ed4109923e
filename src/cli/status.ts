import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { loadConfig, publicUrlOf } from '../config.ts'
import type { Overview } from '../db/overview.ts'
import { readOverview } from '../db/overview.ts'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about, exitTexts } from '../domain/text/commands.ts'
import { statusTexts as text } from '../domain/text/status.ts'
import type { Call } from './arguments.ts'
import type { Command } from './command.ts'
import type { ServerState, Servers } from './installation.ts'

type Status = {
  readonly dataDirectory: string
  readonly portal: { readonly url: string; readonly answers: boolean } | null
  readonly servers: readonly ServerState[]
  /** null when the database does not run */
  readonly database: Overview | null
}

const askTimeoutMs = 3_000

/** `ranah status`: looks and starts nothing. Exit code 1 when something that belongs to it does not run. */
export const status: Command = {
  options: { json: { about: about.json } },
  exitOne: exitTexts.notRunning,
  run: async (call, { servers }) => {
    const config = await loadConfig(process.env, process.cwd())
    await requireInstallation(config.dataDirectory)
    const found = await look(config, servers)
    if (call.has('json')) console.log(JSON.stringify(found, null, 2))
    else printStatus(call, found)
    const isComplete = found.servers.every((each) => each.pid !== undefined) && found.database !== null
    return isComplete && found.portal?.answers !== false ? 0 : 1
  },
}

/** @throws Refused `no-installation` when the data directory was never started */
export async function requireInstallation(dataDirectory: string): Promise<void> {
  try {
    await access(join(dataDirectory, 'secrets', 'installation.json'))
  } catch (error) {
    throw new Refused('no-installation', cliTexts.noInstallation(dataDirectory), {
      status: 404,
      cause: error,
    })
  }
}

async function look(config: Config, servers: Servers): Promise<Status> {
  const found = await servers.find(config.dataDirectory)
  const url = config.databaseUrl ?? (await servers.databaseUrl(config.dataDirectory))
  return {
    dataDirectory: config.dataDirectory,
    portal: await askPortal(config),
    servers: config.databaseUrl ? found.filter((each) => each.name !== 'postgres') : found,
    database: url ? await readOverview(url).catch(() => null) : null,
  }
}

/** A portal on a free port (0) cannot be found from outside. */
async function askPortal(config: Config): Promise<Status['portal']> {
  if (config.ports.portal === 0) return null
  const url = publicUrlOf({ ...config, publicUrl: undefined }, config.ports.portal)
  try {
    const answer = await fetch(`${url}/api/v1/offices`, { signal: AbortSignal.timeout(askTimeoutMs) })
    await answer.body?.cancel()
    return { url, answers: answer.ok }
  } catch {
    return { url, answers: false }
  }
}

function printStatus({ say }: Call, { dataDirectory, portal, servers, database }: Status): void {
  const row = (name: string, value: string): void => console.log(`${name.padEnd(12)} ${value}`)
  row(say(text.data), dataDirectory)
  if (portal) row(say(text.portal), `${portal.url} ${say(portal.answers ? text.answers : text.silent)}`)
  for (const { name, pid, ports } of servers) {
    const places = Object.entries(ports).map(([what, port]) => `${what} ${port}`)
    row(name, pid === undefined ? say(text.down) : `pid ${pid}, ${places.join(', ')}`)
  }
  if (!database) return row(say(text.database), say(text.down))
  const jobs = Object.entries(database.queue).map(([state, count]) => `${state} ${count}`)
  row(say(text.queue), jobs.join(', ') || say(text.empty))
  for (const { slug, openRequests, entries, head } of database.offices)
    row(slug, `${say(text.open(openRequests))}, ${say(text.entries(entries))}, ${head}`)
}
