import { sql } from 'kysely'
import { inScope } from '../db/database.ts'
import { Refused } from '../domain/refused.ts'
import { ScanFailure } from '../drivers/malware/driver.ts'
import type { JobDeps } from './deps.ts'
import { scanDocumentOnce } from './scan-document.ts'

/** So many documents of one office are looked at in one round; the next one comes within a minute. */
const documentsARound = 200
/** After so many documents without a verdict the scanner counts as away until the next round. */
const failuresARound = 3

/**
 * Scans what still waits: the scanner was away when it came, or a process died over it. In no order, so that a few
 * files on which the scanner chokes hold up nobody else's.
 */
export async function scanWaiting(deps: JobDeps): Promise<void> {
  if (!deps.scanner) return
  let failures = 0
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id: officeId } of offices) {
    const waiting = await inScope(deps.db, { officeId }, (tx) =>
      tx
        .selectFrom('documents')
        .select('id')
        .where('scan', '=', 'waiting')
        .orderBy(sql`random()`)
        .limit(documentsARound)
        .execute(),
    )
    for (const { id: documentId } of waiting) {
      try {
        await scanDocumentOnce(deps, { officeId, documentId })
      } catch (error) {
        // recorded meanwhile
        if (error instanceof Refused) continue
        if (!(error instanceof ScanFailure)) throw error
        failures += 1
        if (failures === failuresARound) return
      }
    }
  }
}
