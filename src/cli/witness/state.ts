import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { privateKeyOf, vkeyOf } from '../../domain/logbook/note.ts'
import { Refused } from '../../domain/refused.ts'
import { witnessTexts as say } from '../../domain/text/witness.ts'

/** What a witness keeps in its folder: its key, and of each logbook the last checkpoint that it cosigned. */

const keyShape = z.strictObject({ name: z.string(), seed: z.base64() })
const seenShape = z.record(z.string(), z.string())

/** The checkpoint seen last, by origin. */
export type Seen = Readonly<Record<string, string>>

export type WitnessKey = {
  readonly name: string
  readonly vkey: string
  readonly key: ReturnType<typeof privateKeyOf>
  readonly isNew: boolean
}

/**
 * The witness's key; the first call makes it.
 * @throws Refused when it has no name yet, another name, or its file is damaged
 */
export async function witnessKey(folder: string, name: string | undefined): Promise<WitnessKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'key.json')
  const known = await readState(path, keyShape)
  if (known && name !== undefined && name !== known.name)
    throw new Refused('other-name', say.otherName(known.name), { status: 409 })
  if (!known && name === undefined) throw new Refused('name-missing', say.nameMissing, { status: 400 })
  if (!known && !/^[^\s+\p{Cc}]{1,200}$/u.test(name!))
    throw new Refused('bad-name', say.badName, { status: 400 })
  const kept = known ?? { name: name!, seed: randomBytes(32).toString('base64') }
  if (!known) await replace(path, `${JSON.stringify(kept, null, 2)}\n`)
  const key = privateKeyOf(Buffer.from(kept.seed, 'base64'))
  return { name: kept.name, key, vkey: vkeyOf(kept.name, 'cosignature', key), isNew: !known }
}

const seenPath = (folder: string): string => join(folder, 'seen.json')

/** @throws Refused when the file is damaged: a witness that forgot must not sign */
export const readSeen = async (folder: string): Promise<Seen> =>
  (await readState(seenPath(folder), seenShape)) ?? {}

/** Is on the disk before it returns; a cosignature goes out only after that. */
export const writeSeen = (folder: string, seen: Seen): Promise<void> =>
  replace(seenPath(folder), `${JSON.stringify(seen, null, 2)}\n`)

const handoversPath = (folder: string): string => join(folder, 'handovers.txt')

/** The handovers that the witness followed; nothing before the first. */
export async function readHandovers(folder: string): Promise<string> {
  try {
    return await readFile(handoversPath(folder), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

export const writeHandovers = (folder: string, handovers: string): Promise<void> =>
  replace(handoversPath(folder), handovers)

/** Keeps what contradicts what was seen. @returns where it lies */
export async function keepEvidence(folder: string, at: Date, parts: readonly string[]): Promise<string> {
  const path = join(folder, `evidence-${at.toISOString().replaceAll(/[:.]/g, '-')}.txt`)
  await replace(path, parts.join('\n=====\n'))
  return path
}

async function readState<Schema extends z.ZodType>(
  path: string,
  shape: Schema,
): Promise<z.infer<Schema> | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Refused('state-damaged', say.badState(path), { status: 503, cause: error })
  }
}

async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.partial`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
