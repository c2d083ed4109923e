import { randomBytes } from 'node:crypto'
import { lstat, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { DiskLimit } from '../../domain/hosting/control.ts'
import { syncDirectory } from '../sites/durable.ts'
import { CommandFailed, execute } from './execute.ts'
import { places } from './places.ts'
import { readHostSettings } from './settings.ts'

/*
 * Folders that the file system itself keeps within a limit: subvolumes of btrfs, each with a quota group (qgroup).
 * Where it cannot, they are plain folders, and `ping` says why.
 */

const BTRFS = '/usr/bin/btrfs'
/** The root of every subvolume has this inode (BTRFS_FIRST_FREE_OBJECTID). */
const SUBVOLUME_INODE = 256
const MARKER = /\.qgroup-(\d+)$/

let known: Promise<DiskLimit> | undefined

/** Whether the file system under the sites keeps what is written there within a limit; looked up once a run. */
export const diskLimit = (): Promise<DiskLimit> => (known ??= look())

async function look(): Promise<DiskLimit> {
  const kind = await execute('/usr/bin/stat', ['--file-system', '--format=%T', places.content])
  if (kind.trim() !== 'btrfs') return 'other-file-system'
  if (!(await lstat(BTRFS).catch(() => null))) return 'no-program'
  const isOn = await execute(BTRFS, ['qgroup', 'show', '--raw', '-f', places.content]).then(
    () => true,
    (error: unknown) => {
      if (error instanceof CommandFailed) return false
      throw error
    },
  )
  return isOn ? 'enforced' : 'quotas-off'
}

/** Whether the file system refused because of a limit. Node has no name for EDQUOT: it says its number. */
export const isOverLimit = (error: unknown): boolean =>
  /EDQUOT|Disk quota exceeded|system error -122\b/.test(String(error))

/** A new name in the staging area; it says whose it is, so that only what a dead process left is cleared. */
export const stagingPath = (): string =>
  join(places.staging, `${process.pid}-${randomBytes(8).toString('hex')}`)

/** Makes a folder that will not grow beyond what a site may have. */
export async function makeLimitedFolder(path: string): Promise<void> {
  if ((await diskLimit()) !== 'enforced') return mkdir(path)
  const { quotaBytes } = await readHostSettings()
  await execute(BTRFS, ['subvolume', 'create', path])
  await execute(BTRFS, ['qgroup', 'limit', String(quotaBytes), path])
}

/**
 * Removes a folder with all that is in it, and the quota group it had. The marker is there first: a subvolume that is
 * gone no longer tells its number.
 */
export async function removeFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  const isLimited = found?.ino === SUBVOLUME_INODE && (await diskLimit()) === 'enforced'
  if (!isLimited) return rm(path, { recursive: true, force: true })
  const number = (await execute(BTRFS, ['inspect-internal', 'rootid', path])).trim()
  const marker = `${stagingPath()}.qgroup-${number}`
  await (await open(marker, 'wx', 0o600)).close()
  await syncDirectory(places.staging)
  // Not `subvolume delete`: that refuses when the site's own program made a subvolume inside.
  await rm(path, { recursive: true, force: true })
  await dropGroup(marker)
}

/** Whether a name in the staging area stands for a quota group that has to go. */
export const isGroupMarker = (path: string): boolean => MARKER.test(path)

/** Ends a quota group. While the kernel still clears its subvolume away the marker stays, for the next run. */
export async function dropGroup(marker: string): Promise<void> {
  if ((await diskLimit()) === 'enforced') {
    await execute(BTRFS, ['filesystem', 'sync', places.content])
    try {
      await execute(BTRFS, ['qgroup', 'destroy', `0/${MARKER.exec(marker)![1]!}`, places.content])
    } catch (error) {
      // Newer kernels (6.11) end the group by themselves: then there is none.
      if (!(error instanceof CommandFailed)) throw error
      if (/busy/i.test(error.stderr)) return
    }
  }
  await rm(marker, { force: true })
}
