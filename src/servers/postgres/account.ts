import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { Refused } from '../../domain/refused.ts'
import { noServerAccount } from '../../domain/text/servers.ts'

/** The unprivileged account that PostgreSQL runs under when Ranah is root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

const candidates = ['postgres', 'nobody']
const probeMs = 5_000

/** Undefined when we are no root: then PostgreSQL runs as ourselves. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of candidates) {
    const [, , uid, gid] = lines.find((fields) => fields[0] === name) ?? []
    if (uid && gid) return { name, uid: Number(uid), gid: Number(gid) }
  }
  throw new Refused('no-server-account', noServerAccount, { status: 503 })
}

/**
 * Whether the account may read (`-r`) or enter and execute (`-x`) a path. Asked by trying, because access
 * lists and mount options count too.
 */
export function accountCan(account: Account, access: '-r' | '-x', path: string): boolean {
  const { uid, gid } = account
  return spawnSync('/usr/bin/test', [access, path], { uid, gid, cwd: '/', timeout: probeMs }).status === 0
}
