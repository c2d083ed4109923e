import { join } from 'node:path'

import ssh2 from 'ssh2'

import { contentMadeOnce } from './durable.ts'

/** The host's own key: made at the first start, the same ever after, so that clients can pin it. */
export async function readHostKey(dataDir: string): Promise<{ privateKey: string; publicLine: string }> {
  const privateKey = await contentMadeOnce(
    join(dataDir, 'host_ed25519_key'),
    () => ssh2.utils.generateKeyPairSync('ed25519', { comment: 'ranah-sites' }).private,
  )
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  const publicBytes = parsed.getPublicSSH()
  return { privateKey, publicLine: `ssh-ed25519 ${publicBytes.toString('base64')}` }
}
