import type { DiskLimit } from '../../../domain/hosting/control.ts'
import type { SshConnection } from './ssh.ts'

const TIMEOUT_MS = 30_000
/** The folder of the sites, or what it will lie in. */
const PLACES = ['/srv/ranah', '/srv', '/'] as const

/** Whether the file system of a host that may be bare yet will keep sites within a limit. Looks only. */
export async function lookAtDiskLimit(connection: SshConnection): Promise<DiskLimit> {
  for (const place of PLACES) {
    const kind = await connection.run(`/usr/bin/stat --file-system --format=%T ${place}`, [], TIMEOUT_MS)
    if (kind.code !== 0) continue
    if (kind.stdout.toString().trim() !== 'btrfs') return 'other-file-system'
    const program = await connection.run('/usr/bin/test -x /usr/bin/btrfs', [], TIMEOUT_MS)
    if (program.code !== 0) return 'no-program'
    const groups = await connection.run(`/usr/bin/btrfs qgroup show --raw -f ${place}`, [], TIMEOUT_MS)
    return groups.code === 0 ? 'enforced' : 'quotas-off'
  }
  return 'other-file-system'
}
