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

/**
 * Works on the database of the installation of this machine, for the office that `--office` names. The portal may run.
 * @throws Refused `no-installation`, `no-office`
 */
export async function withOwnOffice(
  call: Call,
  { servers }: CommandDeps,
  work: (db: Db, office: OfficeFacts) => Promise<void>,
): Promise<void> {
  const { dataDirectory, databaseUrl } = await loadConfig(process.env, process.cwd())
  await requireInstallation(dataDirectory)
  const { appDatabasePassword } = await loadSecrets(dataDirectory)
  const onProgress = terminalLog(process.stderr, call.locale).event
  const server = await servers.openDatabase({ dataDirectory, databaseUrl, onProgress })
  const database = openDatabase(appUrlOf(server.ownerUrl, appDatabasePassword))
  try {
    const slug = call.one('office')!
    const office = await findOffice(database.db, slug)
    if (!office) throw new Refused('no-office', cliTexts.noOffice(slug), { status: 404 })
    await work(database.db, office)
  } finally {
    await database.close()
    await server.close()
  }
}
