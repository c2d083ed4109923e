import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { Worker } from 'node:worker_threads'

import { ARCHIVE_MAX_BYTES } from '../../domain/hosting/archive.ts'
import type { DeployAnswer } from '../../domain/hosting/control.ts'
import { Refused, type Text } from '../../domain/refused.ts'
import { archiveText } from '../../domain/text/archive.ts'
import type { Extracted } from './extract.ts'
import { Serial } from './serial.ts'
import type { SiteRecord } from './site-record.ts'
import type { SiteStore } from './site-store.ts'

/** An archive within the limits unpacks in seconds; this ends one that does not. */
const EXTRACT_TIMEOUT_MS = 120_000
const EXTRACT_MEMORY_MEBIBYTES = 192
const MEBIBYTE = 1024 * 1024

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
  const archive = store.stagingPath()
  const content = store.stagingPath()
  try {
    const sha256 = await receive(body, archive)
    const extracted = await extractions.run('one', () => extractInWorker(archive, content, host.quotaBytes))
    return await store.exclusively(fqdn, async () => {
      const record = store.require(fqdn)
      const known = liveVersionOf(record, token, sha256)
      if (known) return { ...extracted, version: known, archiveSha256: sha256, done: 'unchanged' }
      const version = store.newVersion('archive', sha256, token)
      await store.switchTo(fqdn, content, version)
      return { ...extracted, version: version.id, archiveSha256: sha256, done: 'deployed' }
    })
  } finally {
    await rm(archive, { force: true })
    await rm(content, { recursive: true, force: true })
  }
}

function liveVersionOf(record: SiteRecord, token: string, sha256: string): string | null {
  const [live] = record.versions
  return live!.token === token && live!.archiveSha256 === sha256 ? live!.id : null
}

/** Takes the upload to disk within its limit, each write awaited; returns its SHA-256 in hex. */
async function receive(body: IncomingMessage, path: string): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > ARCHIVE_MAX_BYTES) {
        const text = archiveText.uploadTooLarge(ARCHIVE_MAX_BYTES / MEBIBYTE)
        throw new Refused('archive-too-large', text, { status: 413 })
      }
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
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
