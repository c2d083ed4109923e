import { join } from 'node:path'

import ssh2 from 'ssh2'

import { contentMadeOnce } from './durable.ts'

/** File name of the host's private key in its data directory. */
export const HOST_KEY_FILE = 'host_ed25519_key'

/** The host's own key: made at the first start, the same ever after, so that clients can pin it. */
export async function readHostKey(dataDir: string): Promise<{ privateKey: string; publicLine: string }> {
  const privateKey = await contentMadeOnce(
    join(dataDir, HOST_KEY_FILE),
    () => ssh2.utils.generateKeyPairSync('ed25519', { comment: 'ranah-sites' }).private,
  )
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const publicBytes = parsed.getPublicSSH()
  return { privateKey, publicLine: `ssh-ed25519 ${publicBytes.toString('base64')}` }
}
