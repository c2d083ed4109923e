import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'

import { ARCHIVE_MAX_BYTES } from '../../domain/hosting/archive.ts'
import { Refused } from '../../domain/refused.ts'
import { archiveText } from '../../domain/text/archive.ts'

const MEBIBYTE = 1024 * 1024

/**
 * Takes an upload to disk and works with it; it is gone afterwards, however that ends.
 * @param path a new name of ours
 * @param work is told the archive's SHA-256 in hex
 * @throws Refused `archive-too-large` as soon as it passes the limit
 */
export async function withArchive<T>(
  body: AsyncIterable<Buffer>,
  path: string,
  work: (sha256: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(await receive(body, path))
  } finally {
    await rm(path, { force: true })
  }
}

/** Each write is awaited: a stream that is torn down could still be writing to a descriptor that is closed. */
async function receive(body: AsyncIterable<Buffer>, path: string): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const handle = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of body) {
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

/** @returns the version that this wish put online before, when it is the one that is live */
export function alreadyLive<
  Version extends { readonly token: string; readonly archiveSha256: string | null },
>(versions: readonly Version[], token: string, sha256: string): Version | undefined {
  const [live] = versions
  return live?.token === token && live.archiveSha256 === sha256 ? live : undefined
}
