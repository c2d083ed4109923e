import type { Config } from '../config.ts'
import { loadConfig } from '../config.ts'
import { appUrlOf } from '../db/app-role.ts'
import type { Db } from '../db/database.ts'
import { openDatabase } from '../db/database.ts'
import type { OfficeFacts } from '../db/people.ts'
import { findOffice } from '../db/people.ts'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { loadSecrets } from '../secrets.ts'
import type { Call } from './arguments.ts'
import type { CommandDeps } from './installation.ts'
import { requireInstallation } from './status.ts'
import { terminalLog } from './terminal.ts'

/** The database of the installation of this machine, as the application sees it. */
export type OwnDatabase = { readonly db: Db; readonly appUrl: string; readonly config: Config }

/**
 * Works on the database of the installation of this machine. The portal may run.
 * @throws Refused `no-installation`
 */
export async function withOwnDatabase(
  call: Call,
  { servers }: CommandDeps,
  work: (own: OwnDatabase) => Promise<void>,
): Promise<void> {
  const config = await loadConfig(process.env, process.cwd())
  const { dataDirectory, databaseUrl } = config
  await requireInstallation(dataDirectory)
  const { appDatabasePassword } = await loadSecrets(dataDirectory)
  const onProgress = terminalLog(process.stderr, call.locale).event
  const server = await servers.openDatabase({ dataDirectory, databaseUrl, onProgress })
  const appUrl = appUrlOf(server.ownerUrl, appDatabasePassword)
  const database = openDatabase(appUrl)
  try {
    await work({ db: database.db, appUrl, config })
  } finally {
    await database.close()
    await server.close()
  }
}

/**
 * The same for the office that `--office` names.
 * @throws Refused `no-installation`, `no-office`
 */
export const withOwnOffice = (
  call: Call,
  deps: CommandDeps,
  work: (db: Db, office: OfficeFacts) => Promise<void>,
): Promise<void> =>
  withOwnDatabase(call, deps, async ({ db }) => {
    const slug = call.one('office')!
    const office = await findOffice(db, slug)
    if (!office) throw new Refused('no-office', cliTexts.noOffice(slug), { status: 404 })
    await work(db, office)
  })
