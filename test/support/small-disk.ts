import { execFile } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type SmallDisk = {
  readonly path: string
  /** Leaves no more than this many octets free, rounded down to whole blocks. */
  readonly fill: (leaveOctets: number) => Promise<void>
  /** Takes away what filled it. */
  readonly free: () => Promise<void>
}

/**
 * A disk of its own in memory, so that it can be full without the machine being so. It goes with the test, after
 * what `end` ends on it. Needs root.
 */
export async function smallDisk(
  t: TestContext,
  octets: number,
  end: (path: string) => Promise<unknown> = async () => undefined,
): Promise<SmallDisk> {
  if (process.getuid?.() !== 0) throw new Error('a full disk needs root. Run: sudo npm test')
  const path = await mkdtemp(join(tmpdir(), 'ranah-disk-'))
  await run('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${octets},mode=0700`, 'tmpfs', path])
  t.after(async () => {
    await end(path)
    // Lazily: a server that was just killed may hold a file for a moment more.
    await run('/usr/bin/umount', ['--lazy', path])
    await rm(path, { recursive: true })
  })
  const filler = join(path, 'isi')
  return {
    path,
    async fill(leaveOctets) {
      const { bavail, bsize } = await statfs(path)
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail - Math.ceil(leaveOctets / bsize)) * bsize))
    },
    free: () => rm(filler, { force: true }),
  }
}
