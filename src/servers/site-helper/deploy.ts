import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'

import { ARCHIVE_MAX_BYTES } from '../../domain/hosting/archive.ts'
import type { DeployAnswer } from '../../domain/hosting/control.ts'
import { Refused } from '../../domain/refused.ts'
import { archiveText } from '../../domain/text/archive.ts'
import { moveDirectory } from '../sites/durable.ts'
import { extractArchive } from '../sites/extract.ts'
import { newVersion, requireSite } from './changes.ts'
import { handOver } from './content.ts'
import { makeLimitedFolder, removeFolder, stagingPath } from './disk-limit.ts'
import { versionDir } from './places.ts'
import { readRecord, saveRecord, withSite } from './record.ts'
import type { HostSettings } from './settings.ts'
import { settleName } from './settle.ts'

const KEPT_VERSIONS = 3
const MEBIBYTE = 1024 * 1024

/**
 * Replaces a site's content with that of a ZIP archive, all of it or nothing: judged and unpacked in the staging area,
 * moved beside the live version, live by one switched link. The same token with the same archive changes nothing.
 * @param alone runs a task while no other run changes the host
 */
export async function deployArchive(
  settings: HostSettings,
  query: { readonly fqdn: string; readonly token: string },
  body: AsyncIterable<Buffer>,
  now: Date,
  alone: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<DeployAnswer> {
  const { fqdn, token } = query
  requireSite(await readRecord(fqdn))
  const [archive, content] = [stagingPath(), stagingPath()]
  try {
    const archiveSha256 = await receive(body, archive)
    await makeLimitedFolder(content)
    const extracted = await extractArchive(archive, content, settings.quotaBytes)
    return await alone(async () => {
      const record = await readRecord(fqdn)
      const site = requireSite(record)
      const [live] = site.versions
      if (live!.token === token && live!.archiveSha256 === archiveSha256) {
        await settleName(record)
        return { ...extracted, version: live!.id, archiveSha256, done: 'unchanged' }
      }
      const version = newVersion(now, 'archive', archiveSha256, token)
      await handOver(site.id, content)
      await moveDirectory(content, versionDir(site.id, version.id))
      const versions = [version, ...site.versions].slice(0, KEPT_VERSIONS)
      const changed = { ...withSite(record, { ...site, versions }), pending: true }
      await saveRecord(changed)
      await settleName(changed)
      await saveRecord({ ...changed, pending: record.pending })
      return { ...extracted, version: version.id, archiveSha256, done: 'deployed' }
    })
  } finally {
    await rm(archive, { force: true })
    await removeFolder(content)
  }
}

/** Takes the upload to disk within its limit; returns its SHA-256 in hex. */
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
