import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { JobDeps } from './jobs/deps.ts'
import { readJson, writeJson } from './servers/json-file.ts'

const signed = { origin: z.string(), size: z.int(), root: z.base64() }
const shape = z.strictObject({ ...signed, instead: z.strictObject(signed).optional() })

/**
 * Keeps what was signed last of each logbook, a file each, outside of the database and of every backup: it is what tells
 * that a database was turned back.
 */
export const keptSignedLast = (directory: string): JobDeps['signedLast'] => ({
  read: async (officeId) => shape.optional().parse(await readJson(join(directory, `${officeId}.json`))),
  write: async (officeId, last) => {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeJson(join(directory, `${officeId}.json`), last)
  },
})
