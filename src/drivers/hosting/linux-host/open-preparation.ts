import * as z from 'zod'

import { databaseEngines } from '../../../domain/hosting/site.ts'
import { Refused, type Text } from '../../../domain/refused.ts'
import { prepareText } from '../../../domain/text/host-prepare.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import { lookAtDiskLimit } from './disk-limit.ts'
import { type HostChange, planPreparation } from './prepare.ts'
import { linuxHostSecret, linuxHostSettings } from './settings.ts'
import { SshConnection } from './ssh.ts'

const wish = z.strictObject({
  host: linuxHostSettings.shape.host,
  port: linuxHostSettings.shape.port,
  hostKey: linuxHostSettings.shape.hostKey,
  /** The operator's own way in as root, used this once. */
  privateKey: linuxHostSecret.shape.privateKey,
  publicKey: z.string().regex(/^(ssh-ed25519|ecdsa-sha2-nistp256|ssh-rsa) [A-Za-z0-9+/]+={0,3}( .*)?\s*$/),
  php: z.boolean(),
  databases: z.array(z.enum(databaseEngines)),
})

export type Preparation = {
  readonly changes: readonly HostChange[]
  /** What the host cannot do and a preparation does not change. */
  readonly notes: readonly Text[]
  readonly close: () => void
}

/** Looks what would turn a host into a site host. @param bundle makes the helper for it, as one file */
export async function openPreparation(given: unknown, bundle: () => Promise<string>): Promise<Preparation> {
  const parsed = wish.safeParse(given)
  if (!parsed.success) {
    throw new Refused('not-understood', prepareText.invalid(parsed.error.issues[0]?.path.join('.') ?? '-'))
  }
  const { host, port, hostKey, privateKey, publicKey, php, databases } = parsed.data
  const connection = new SshConnection({ host, port, hostKey, username: 'root', privateKey })
  try {
    const helper = await bundle()
    const shape = { webPort: 80, tlsPort: 443, sftpPort: port, php, databases, helper, publicKey }
    const notes = [siteHostText.diskLimit[await lookAtDiskLimit(connection)]]
    const changes = await planPreparation(connection, shape)
    return { changes, notes, close: () => connection.close() }
  } catch (error) {
    connection.close()
    throw error
  }
}
