import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from './domain/refused.ts'
import { backupTexts } from './domain/text/backup.ts'

/** Lies in a data directory from the first to the last moment of a restore. */
export const restoreMarker = (dataDirectory: string): string => join(dataDirectory, 'restoring.json')

/** @throws Refused `restore-unfinished`: half an installation must never start, and never be backed up */
export async function refuseHalfRestored(dataDirectory: string): Promise<void> {
  const isThere = await access(restoreMarker(dataDirectory)).then(
    () => true,
    () => false,
  )
  if (isThere) throw new Refused('restore-unfinished', backupTexts.unfinished(dataDirectory), { status: 503 })
}
