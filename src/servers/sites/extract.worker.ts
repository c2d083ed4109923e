import { parentPort, workerData } from 'node:worker_threads'

import { Refused } from '../../domain/refused.ts'
import { extractArchive } from './extract.ts'

/** Runs one extraction away from the thread that serves visitors; answers a result or a refusal as data. */
const { archive, target, maxBytes } = workerData as { archive: string; target: string; maxBytes: number }
try {
  parentPort?.postMessage({ extracted: await extractArchive(archive, target, maxBytes) }, [])
} catch (error) {
  if (!(error instanceof Refused)) throw error
  const { reason, text, status } = error
  parentPort?.postMessage({ refused: { reason, text, status } }, [])
}
