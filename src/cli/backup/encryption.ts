import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { Refused } from '../../domain/refused.ts'
import { backupTexts as say } from '../../domain/text/backup.ts'
import { cliTexts } from '../../domain/text/cli.ts'
import { givenPath } from '../given-path.ts'

/**
 * An encrypted backup: magic, 16 octets of salt, then pieces of 64 KiB, each sealed with AES-256-GCM. The nonce is
 * the number of the piece and a mark on the last one (the STREAM construction), so that pieces cannot be changed,
 * swapped, repeated or dropped, and nothing is read before it was proven. The key is made from the passphrase by
 * scrypt with N = 2^17, r = 8, p = 1.
 */
const magic = Buffer.from('ranah-backup-1 scrypt aes-256-gcm\n')
const saltBytes = 16
const tagBytes = 16
const pieceBytes = 65_536
const kdf = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
const passphraseMinCharacters = 12

/** @returns the first line of the file. @throws Refused when it cannot be read or is too short */
export async function readPassphrase(file: string): Promise<string> {
  let text: string
  try {
    text = await readFile(givenPath(file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Refused('file-unreadable', cliTexts.unreadableFile(file, code ?? ''), { cause: error })
  }
  const passphrase = text.split(/\r?\n/)[0]!.normalize('NFC')
  if (passphrase.length < passphraseMinCharacters)
    throw new Refused('passphrase-too-short', say.passphraseShort(passphraseMinCharacters))
  return passphrase
}

/** Whether a file begins as an encrypted backup does. */
export async function isEncrypted(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(magic.length), position: 0 })
    return bytesRead === magic.length && buffer.equals(magic)
  } finally {
    await file.close()
  }
}

/** @returns a step of a pipeline that seals what passes through */
export function sealing(passphrase: string) {
  return async function* seal(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const salt = randomBytes(saltBytes)
    const key = await keyOf(passphrase, salt)
    const header = Buffer.concat([magic, salt])
    yield header
    for await (const { index, isLast, bytes } of pieces(source, pieceBytes)) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast)).setAAD(header)
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    }
  }
}

/** @returns a step of a pipeline that opens what `sealing` sealed; throws Refused `passphrase-wrong` */
export function opening(passphrase: string) {
  return async function* unseal(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const { header, rest } = await takeHeader(source)
    const key = await keyOf(passphrase, header.subarray(magic.length))
    for await (const { index, isLast, bytes } of pieces(rest, pieceBytes + tagBytes))
      yield openPiece(key, nonceOf(index, isLast), header, bytes)
  }
}

function openPiece(key: Buffer, nonce: Buffer, header: Buffer, bytes: Buffer): Buffer {
  if (bytes.length < tagBytes) throw wrong()
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(header)
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()])
  } catch (error) {
    throw wrong(error)
  }
}

const wrong = (cause?: unknown): Refused => new Refused('passphrase-wrong', say.passphraseWrong, { cause })

function keyOf(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(passphrase, salt, 32, kdf, (error, key) => (error ? reject(error) : resolve(key))),
  )
}

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Cuts a stream into pieces of one size; the last one, which may be empty, is marked. */
async function* pieces(source: AsyncIterable<Buffer>, size: number) {
  let held: Buffer = Buffer.alloc(0)
  let index = 0
  for await (const chunk of source) {
    held = Buffer.concat([held, chunk])
    while (held.length > size) {
      yield { index, isLast: false, bytes: held.subarray(0, size) }
      index += 1
      held = held.subarray(size)
    }
  }
  yield { index, isLast: true, bytes: held }
}

async function takeHeader(source: AsyncIterable<Buffer>) {
  const reader = source[Symbol.asyncIterator]()
  const length = magic.length + saltBytes
  let held: Buffer = Buffer.alloc(0)
  while (held.length < length) {
    const { value, done } = await reader.next()
    if (done === true) throw wrong()
    held = Buffer.concat([held, value])
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield held.subarray(length)
    yield* { [Symbol.asyncIterator]: () => reader }
  }
  return { header: held.subarray(0, length), rest: rest() }
}
