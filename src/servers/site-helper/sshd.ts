import { readFile } from 'node:fs/promises'

import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { CommandFailed, execute } from './execute.ts'

/** Has sshd read its configuration again, once it has found it good; open sessions go on. */
export async function reloadSshd(): Promise<void> {
  try {
    await execute('/usr/sbin/sshd', ['-t'])
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    const why = error.stderr.trim().slice(0, 300)
    throw new Refused('host-configuration-broken', hostingText.hostConfigurationBroken(why), { status: 503 })
  }
  const pid = await readFile('/run/sshd.pid', 'utf8')
  process.kill(Number(pid.trim()), 'SIGHUP')
}
