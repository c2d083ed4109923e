import { randomBytes } from 'node:crypto'
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { Refused } from './domain/refused.ts'
import { secretsDamaged } from './domain/text/configuration.ts'
import { keyText, secretsText } from './domain/text/key.ts'
import { readJson, writeJson } from './servers/json-file.ts'
import { withLock } from './servers/lock.ts'

const base64Of32Bytes = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)

const shape = z.strictObject({
  appDatabasePassword: z.string().min(32),
  authSecret: z.string().min(32),
  keyEncryptionKey: base64Of32Bytes,
  tsigSecret: base64Of32Bytes,
  siteControlSecret: z.string().min(32),
  /** Only while a rotation is under way: what everything is sealed with when it ends. */
  nextKeyEncryptionKey: base64Of32Bytes.optional(),
  /** The same, while the secret of the sessions and the password of the database's role are changed. */
  nextAccess: z
    .strictObject({ appDatabasePassword: z.string().min(32), authSecret: z.string().min(32) })
    .optional(),
})

/** What an installation keeps to itself, generated at its first start in DATA/secrets/installation.json. */
export type Secrets = {
  /** password of the database role `ranah_app` */
  readonly appDatabasePassword: string
  /** signs sessions */
  readonly authSecret: string
  /** 32 bytes; encrypts what the database must not know in clear */
  readonly keyEncryptionKey: Buffer
  /** base64 of 32 bytes, shared with the embedded DNS server (RFC 8945, hmac-sha256) */
  readonly tsigSecret: string
  /** shared with the embedded site host */
  readonly siteControlSecret: string
}

const lockWaitMs = 10_000
const token = (): string => randomBytes(32).toString('base64url')
const key = (): string => randomBytes(32).toString('base64')

type Stored = z.infer<typeof shape>

const generators: { [N in keyof Omit<Stored, 'nextKeyEncryptionKey' | 'nextAccess'>]: () => string } = {
  appDatabasePassword: token,
  authSecret: token,
  keyEncryptionKey: key,
  tsigSecret: key,
  siteControlSecret: token,
}

/**
 * Reads the secrets of a data directory and generates those that are missing: all of them at the first
 * start, new kinds after an upgrade. A damaged file is never replaced.
 * @throws Refused `secrets-damaged`, or `rotation-unfinished` while the database may be sealed under the next key
 */
export async function loadSecrets(dataDirectory: string): Promise<Secrets> {
  return withFile(dataDirectory, async (known, path) => {
    const { nextKeyEncryptionKey, nextAccess, ...all } = await complete(known, path)
    if (nextKeyEncryptionKey) throw new Refused('rotation-unfinished', keyText.unfinished, { status: 503 })
    if (nextAccess) throw new Refused('rotation-unfinished', secretsText.unfinished, { status: 503 })
    return { ...all, keyEncryptionKey: Buffer.from(all.keyEncryptionKey, 'base64') }
  })
}

/** @returns the key of the installation, and the one that an unfinished rotation wrote down; 32 octets each */
export async function readKeys(dataDirectory: string): Promise<{ now: Buffer; next: Buffer | undefined }> {
  return withFile(dataDirectory, async (known, path) => {
    const { keyEncryptionKey: now, nextKeyEncryptionKey: next } = await complete(known, path)
    return { now: Buffer.from(now, 'base64'), next: next === undefined ? next : Buffer.from(next, 'base64') }
  })
}

/**
 * Writes down the key that follows, or finds the one that a broken-off rotation wrote down.
 * @returns both keys, 32 octets each
 */
export async function beginKeyRotation(dataDirectory: string): Promise<{ now: Buffer; next: Buffer }> {
  return withFile(dataDirectory, async (known, path) => {
    const all = await complete(known, path)
    const next = all.nextKeyEncryptionKey ?? key()
    await writeJson(path, { ...all, nextKeyEncryptionKey: next })
    return { now: Buffer.from(all.keyEncryptionKey, 'base64'), next: Buffer.from(next, 'base64') }
  })
}

/** From now on the next key is the key; everything is sealed under it already. */
export async function endKeyRotation(dataDirectory: string): Promise<void> {
  await withFile(dataDirectory, async (known, path) => {
    const { nextKeyEncryptionKey, ...all } = await complete(known, path)
    if (nextKeyEncryptionKey) await writeJson(path, { ...all, keyEncryptionKey: nextKeyEncryptionKey })
  })
}

/** What sessions are signed with, and how the application comes into the database. */
export type Access = Pick<Secrets, 'authSecret' | 'appDatabasePassword'>

const accessOf = ({ authSecret, appDatabasePassword }: Access): Access => ({
  authSecret,
  appDatabasePassword,
})

/** @returns both secrets, and those that an unfinished rotation wrote down */
export async function readAccess(dataDirectory: string): Promise<{ now: Access; next: Access | undefined }> {
  return withFile(dataDirectory, async (known, path) => {
    const all = await complete(known, path)
    return { now: accessOf(all), next: all.nextAccess }
  })
}

/** Writes down the secrets that follow, or finds those that a broken-off rotation wrote down. */
export async function beginAccessRotation(dataDirectory: string): Promise<{ now: Access; next: Access }> {
  return withFile(dataDirectory, async (known, path) => {
    const all = await complete(known, path)
    const next = all.nextAccess ?? { authSecret: token(), appDatabasePassword: token() }
    await writeJson(path, { ...all, nextAccess: next })
    return { now: accessOf(all), next }
  })
}

/** From now on the next secrets are the secrets; the database knows them already. */
export async function endAccessRotation(dataDirectory: string): Promise<void> {
  await withFile(dataDirectory, async (known, path) => {
    const { nextAccess, ...all } = await complete(known, path)
    if (nextAccess) await writeJson(path, { ...all, ...nextAccess })
  })
}

async function withFile<T>(
  dataDirectory: string,
  work: (known: Record<string, unknown>, path: string) => Promise<T>,
): Promise<T> {
  const directory = join(dataDirectory, 'secrets')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'installation.json')
  return withLock(`secrets ${await realpath(directory)}`, lockWaitMs, async () =>
    work(await readKnown(path), path),
  )
}

/** Fills in what is missing, and writes it down at once. */
async function complete(known: Record<string, unknown>, path: string): Promise<z.infer<typeof shape>> {
  const missing = Object.entries(generators).filter(([name]) => !(name in known))
  const all = { ...known, ...Object.fromEntries(missing.map(([name, generate]) => [name, generate()])) }
  const parsed = shape.safeParse(all)
  if (!parsed.success) throw damaged(path, parsed.error)
  if (missing.length > 0) await writeJson(path, parsed.data)
  return parsed.data
}

async function readKnown(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse((await readJson(path)) ?? {})
  } catch (error) {
    throw damaged(path, error)
  }
}

function damaged(path: string, cause: unknown): Refused {
  return new Refused('secrets-damaged', secretsDamaged(path), { status: 503, cause })
}
