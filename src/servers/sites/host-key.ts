import { join } from 'node:path'

import ssh2 from 'ssh2'

import { contentMadeOnce } from './durable.ts'

/** File name of the host's private key in its data directory. */
export const HOST_KEY_FILE = 'host_ed25519_key'

/** The host's own key: made at the first start, the same ever after, so that clients can pin it. */
export async function readHostKey(dataDir: string): Promise<{ privateKey: string; publicLine: string }> {
  const privateKey = await contentMadeOnce(join(dataDir, HOST_KEY_FILE), makeKey)
  return { privateKey, publicLine: publicLineOf(privateKey) }
}

export type KeyPair = {
  readonly privateKey: string
  /** In one line, as it stands in authorized_keys. */
  readonly publicKey: string
}

/** A new pair of SSH keys (ed25519). */
export function makeKeyPair(): KeyPair {
  const privateKey = makeKey()
  return { privateKey, publicKey: publicLineOf(privateKey) }
}

function publicLineOf(privateKey: string): string {
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  return `ssh-ed25519 ${parsed.getPublicSSH().toString('base64')}`
}

/** Tries for one readable key; one in some hundreds is not, so this many never all fail. */
const maxTries = 20

/**
 * ssh2 1.17 now and then writes an ed25519 key that it cannot read back ("Malformed OpenSSH private key",
 * November 2026): a key is kept only after it was read.
 */
export function makeKey(): string {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const key = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'ranah-sites' }).private
    if (!(ssh2.utils.parseKey(key) instanceof Error)) return key
  }
  throw new Error('no readable host key could be made')
}
