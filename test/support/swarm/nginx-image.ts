import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const NGINX = '/usr/sbin/nginx'
const MIME_TYPES = '/etc/nginx/mime.types'
const PACKAGES = ['nginx-light', 'libc6']

/**
 * A root file system with Debian's nginx and the libraries it needs, and nothing else: what `docker import` reads.
 * @returns the archive, and which packages its files are of
 */
export async function nginxRootfs(): Promise<{ readonly tar: Buffer; readonly made: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ranah-rootfs-'))
  try {
    await mkdir(join(folder, 'tmp'))
    await chmod(join(folder, 'tmp'), 0o1777)
    for (const [link, target] of [
      ['lib', 'usr/lib'],
      ['lib64', 'usr/lib64'],
    ] as const) {
      await mkdir(join(folder, target), { recursive: true })
      await symlink(target, join(folder, link))
    }
    const { stdout } = await run('/usr/bin/ldd', [NGINX])
    const libraries = [...stdout.matchAll(/(\/lib\S+) \(/g)].map(([, path]) => path!)
    for (const path of [NGINX, MIME_TYPES, ...libraries]) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await copyFile(path, join(folder, path))
    }
    await writeFile(join(folder, 'etc/passwd'), 'root:x:0:0::/:\nwww-data:x:33:33::/:\n')
    await writeFile(join(folder, 'etc/group'), 'root:x:0:\nwww-data:x:33:\n')
    const owned = ['--owner=0', '--group=0', '--numeric-owner']
    const packed = await run('/usr/bin/tar', ['-C', folder, ...owned, '-cf', '-', '.'], {
      encoding: 'buffer',
      maxBuffer: 256 * 1024 * 1024,
    })
    const { stdout: made } = await run('/usr/bin/dpkg-query', ['-W', ...PACKAGES])
    return { tar: packed.stdout, made: made.trim().replace(/\s+/g, ' ') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
