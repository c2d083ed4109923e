import { readdir, readFile } from 'node:fs/promises'

import { execute } from './execute.ts'
import { unixUserOf } from './places.ts'

/** Sign-in by SFTP is for members of this group only, and into their own folder (see the sshd configuration). */
export const SFTP_GROUP = 'ranah-sites'
/** The web server reads the content of sites through this group. */
const WEB_USER = 'www-data'
const END_TIMEOUT_MS = 5_000

export type Account = { readonly uid: number; readonly gid: number }

export async function findAccount(name: string): Promise<Account | null> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((each) => each.startsWith(`${name}:`))
  if (!line) return null
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

async function requireAccount(name: string): Promise<Account> {
  const account = await findAccount(name)
  if (!account) throw new Error(`there is no user ${name}`)
  return account
}

export const webAccount = () => requireAccount(WEB_USER)
export const accountOf = (id: string) => requireAccount(unixUserOf(id))

/** `*` and not `!`: sshd without PAM refuses a locked account outright, even for what needs no password. */
const NO_PASSWORD = '*'

export async function ensureUser(id: string): Promise<void> {
  const name = unixUserOf(id)
  if (await findAccount(name)) return
  const kind = ['--system', '--user-group', '--no-create-home', '--groups', SFTP_GROUP]
  // The home is seen from inside the chroot.
  const sign = ['--home-dir', '/www', '--shell', '/usr/sbin/nologin', '--password', NO_PASSWORD]
  await execute('/usr/sbin/useradd', [...kind, ...sign, name])
}

/** Sets the password by standard input: arguments are seen by every process of a host. */
export async function setPassword(id: string, password: string): Promise<void> {
  await endSftp(id)
  await execute('/usr/sbin/chpasswd', [], { input: `${unixUserOf(id)}:${password}\n` })
  await endSftp(id)
}

export async function takePassword(id: string): Promise<void> {
  if ((await passwordFieldOf(id)) === NO_PASSWORD) return
  await execute('/usr/sbin/usermod', ['--password', NO_PASSWORD, unixUserOf(id)])
  await endSftp(id)
}

/** Puts a password out of use, or the same one back into use. */
export async function lockPassword(id: string, shallBeLocked: boolean): Promise<void> {
  const isLocked = (await passwordFieldOf(id)).startsWith('!')
  if (isLocked !== shallBeLocked) {
    await execute('/usr/sbin/usermod', [shallBeLocked ? '--lock' : '--unlock', unixUserOf(id)])
  }
  if (shallBeLocked) await endSftp(id)
}

async function passwordFieldOf(id: string): Promise<string> {
  const name = unixUserOf(id)
  const line = (await readFile('/etc/shadow', 'utf8')).split('\n').find((each) => each.startsWith(`${name}:`))
  if (line === undefined) throw new Error(`there is no user ${name}`)
  return line.split(':')[1]!
}

export async function removeUser(id: string): Promise<void> {
  const account = await findAccount(unixUserOf(id))
  if (!account) return
  await endProcesses(account.uid, () => true)
  await execute('/usr/sbin/userdel', [unixUserOf(id)])
}

/** Sessions that signed in with an earlier password; PHP of the same user goes on. */
async function endSftp(id: string): Promise<void> {
  const { uid } = await accountOf(id)
  await endProcesses(uid, (name) => name === 'sshd')
}

async function endProcesses(uid: number, isMeant: (name: string) => boolean): Promise<void> {
  const deadline = performance.now() + END_TIMEOUT_MS
  for (;;) {
    const pids = await processesOf(uid, isMeant)
    if (pids.length === 0 || performance.now() > deadline) return
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
    }
  }
}

async function processesOf(uid: number, isMeant: (name: string) => boolean): Promise<number[]> {
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const name = /^Name:\t(.*)$/m.exec(status)?.[1]
    const owner = /^Uid:\t\d+\t(\d+)/m.exec(status)?.[1]
    const isZombie = /^State:\tZ/m.test(status)
    if (name && Number(owner) === uid && !isZombie && isMeant(name)) found.push(Number(pid))
  }
  return found
}
