import type { ZoneFile } from '../domain/dns/master-file.ts'
import { inWorker } from './in-worker.ts'

/** Reading is bounded by the size of the file; this only ends what should never be. */
const TIMEOUT_MS = 60_000

/** Reads a zone file of any size in a thread of its own; see `parseZoneFile`. */
export function readZoneFile(content: string, zone: string): Promise<ZoneFile> {
  return inWorker(new URL('./read-zone-file.worker.ts', import.meta.url), { content, zone }, TIMEOUT_MS)
}
