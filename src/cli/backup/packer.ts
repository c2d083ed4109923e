import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { isEncrypted, opening, sealing } from './encryption.ts'
import { describing } from './manifest.ts'

/** Debian's tar: any operator can look into a backup without Ranah, today and in ten years. */
const tar = 'tar'
const order = [...describing, 'database', 'servers', 'files']

/** Packs a directory into a new file (0600) that is on disk when this returns. */
export async function pack(directory: string, file: string, passphrase: string | undefined): Promise<void> {
  const argv = ['--create', '--format=posix', '--owner=0', '--group=0', '--numeric-owner', '--sort=name']
  const child = spawn(tar, [...argv, '-C', directory, ...order], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = endOf(child)
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const packed = passphrase
    ? pipeline(child.stdout, sealing(passphrase), target)
    : pipeline(child.stdout, target)
  await Promise.all([packed, ended])
  const handle = await open(file, 'r')
  await handle.sync()
  await handle.close()
}

/**
 * Unpacks a backup into an empty directory. Nothing in it can be trusted before the manifest was verified.
 * @throws Refused `passphrase-needed`, `passphrase-wrong`, or `backup-damaged`
 */
export async function unpack(file: string, directory: string, passphrase: string | undefined): Promise<void> {
  const encrypted = await isEncrypted(file)
  if (encrypted && passphrase === undefined)
    throw new Refused('passphrase-needed', say.passphraseNeeded, { status: 400 })
  const argv = ['--extract', '--no-same-owner', '--preserve-permissions', '-C', directory]
  const child = spawn(tar, argv, { stdio: ['pipe', 'ignore', 'pipe'] })
  const ended = endOf(child).catch((error: unknown) => {
    throw new Refused('backup-damaged', say.damaged(error instanceof Error ? error.message : ''), {
      cause: error,
    })
  })
  const source = createReadStream(file)
  const fed =
    encrypted && passphrase !== undefined
      ? pipeline(source, opening(passphrase), child.stdin)
      : pipeline(source, child.stdin)
  await settle(fed, ended)
}

/** A wrong passphrase shows in what feeds tar, damage in tar itself; a broken pipe only follows from it. */
async function settle(fed: Promise<void>, ended: Promise<void>): Promise<void> {
  const [feeding, unpacking] = await Promise.allSettled([fed, ended])
  if (feeding.status === 'rejected' && feeding.reason instanceof Refused) throw feeding.reason
  if (unpacking.status === 'rejected') throw unpacking.reason
  if (feeding.status === 'rejected') throw feeding.reason
}

function endOf(child: ReturnType<typeof spawn>): Promise<void> {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString('utf8')).slice(0, 2_000)))
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Refused('tar-failed', say.packerFailed(error.message), { status: 503, cause: error })),
    )
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(words.trim().split('\n')[0] || `tar ${code}`)),
    )
  })
}
