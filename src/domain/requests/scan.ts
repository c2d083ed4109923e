import { Refused } from '../refused.ts'
import { documentTexts, scanFound } from '../text/documents.ts'

/** What the malware scanner said about a document; `off`: there was none when it was taken in. */
export const scanStates = ['off', 'waiting', 'clean', 'found'] as const
export type ScanState = (typeof scanStates)[number]

/** @throws Refused for a document that nobody may have (yet) */
export function requireScanned(scan: ScanState, finding: string | null): void {
  if (scan === 'waiting') throw new Refused('document-not-scanned', documentTexts.notScanned, { status: 409 })
  if (scan === 'found') throw new Refused('document-quarantined', scanFound(finding ?? ''), { status: 403 })
}
