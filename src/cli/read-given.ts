import { readFile } from 'node:fs/promises'

import { Refused } from '../domain/refused.ts'
import { cliTexts } from '../domain/text/cli.ts'
import { givenPath } from './given-path.ts'

/** What a file holds that was named on the command line. @throws Refused `file-unreadable` */
export async function readGiven(file: string): Promise<string> {
  try {
    return await readFile(givenPath(file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refused('file-unreadable', cliTexts.unreadableFile(file, code ?? String(error)), {
      cause: error,
    })
  }
}
