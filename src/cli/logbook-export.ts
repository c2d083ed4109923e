import { open, rm } from 'node:fs/promises'
import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { exportLogbook } from '../lookups/logbook.ts'
import type { Command } from './command.ts'
import { givenPath } from './given-path.ts'
import { withOwnOffice } from './own-database.ts'

/** `ranah logbook export`: on the machine of the installation; over the network it is `ranah api GET`. */
export const logbookExport: Command = {
  options: {
    office: { about: about.officeSlug, value: 'SLUG', required: true },
    output: { about: about.outputFile, value: 'FILE', short: 'o', required: true },
  },
  run: async (call, deps) => {
    await withOwnOffice(call, deps, (db, office) =>
      writeLines(givenPath(call.one('output')!), exportLogbook(db, office, new Date())),
    )
    return 0
  },
}

/** A file that could not be written to its end does not stay. */
async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new Refused('file-exists', cliTexts.fileExists(path), { status: 409 })
  })
  try {
    for await (const line of lines) await file.appendFile(line)
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
