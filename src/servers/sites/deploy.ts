import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { Worker } from 'node:worker_threads'

import type { DeployAnswer } from '../../domain/hosting/control.ts'
import { Refused, type Text } from '../../domain/refused.ts'
import { archiveText } from '../../domain/text/archive.ts'
import type { Extracted } from './extract.ts'
import { alreadyLive, withArchive } from './receive-archive.ts'
import { Serial } from './serial.ts'
import type { SiteStore } from './site-store.ts'

/** An archive within the limits unpacks in seconds; this ends one that does not. */
const EXTRACT_TIMEOUT_MS = 120_000
const EXTRACT_MEMORY_MEBIBYTES = 192

type WorkerAnswer =
  | { readonly extracted: Extracted }
  | { readonly refused: { readonly reason: string; readonly text: Text; readonly status: Refused['status'] } }

/** Two extractions at once would only slow each other and the visitors down. */
const extractions = new Serial()

/**
 * Replaces a site's content with that of a ZIP archive, all of it or nothing. The archive is judged and
 * unpacked beside the site; going live is one replaced record. Earlier content is kept as the last good
 * version, with whatever SFTP had changed in it. A repeated token whose archive is live changes nothing.
 */
export async function deployArchive(
  host: { readonly store: SiteStore; readonly quotaBytes: number },
  fqdn: string,
  token: string,
  body: IncomingMessage,
): Promise<DeployAnswer> {
  const { store } = host
  store.require(fqdn)
  const [archive, content] = [store.stagingPath(), store.stagingPath()]
  const upload = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  try {
    return await withArchive(upload, archive, async (archiveSha256) => {
      const extracted = await extractions.run('one', () => extractInWorker(archive, content, host.quotaBytes))
      return store.exclusively(fqdn, async (): Promise<DeployAnswer> => {
        const known = alreadyLive(store.require(fqdn).versions, token, archiveSha256)
        if (known) return { ...extracted, version: known.id, archiveSha256, done: 'unchanged' }
        const version = store.newVersion('archive', archiveSha256, token)
        await store.switchTo(fqdn, content, version)
        return { ...extracted, version: version.id, archiveSha256, done: 'deployed' }
      })
    })
  } finally {
    await rm(content, { recursive: true, force: true })
  }
}

async function extractInWorker(archive: string, target: string, maxBytes: number): Promise<Extracted> {
  const worker = new Worker(new URL('./extract.worker.ts', import.meta.url), {
    workerData: { archive, target, maxBytes },
    resourceLimits: { maxOldGenerationSizeMb: EXTRACT_MEMORY_MEBIBYTES },
  })
  try {
    return await answerOf(worker)
  } finally {
    await worker.terminate()
  }
}

function answerOf(worker: Worker): Promise<Extracted> {
  return new Promise<Extracted>((resolve, reject) => {
    const tooSlow = setTimeout(() => {
      reject(new Refused('archive-too-slow', archiveText.tooSlow))
    }, EXTRACT_TIMEOUT_MS)
    worker.once('message', (answer: WorkerAnswer) => {
      if ('extracted' in answer) return resolve(answer.extracted)
      const { reason, text, status } = answer.refused
      reject(new Refused(reason, text, { status }))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(tooSlow)
      reject(new Error('the extraction ended without an answer'))
    })
  })
}
