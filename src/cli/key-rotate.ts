import { randomBytes } from 'node:crypto'
import { loadConfig } from '../config.ts'
import { sealAnew } from '../db/sealed.ts'
import { nonceLength, seal, unseal } from '../domain/fulfilment/seal.ts'
import { Refused } from '../domain/refused.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { keyText } from '../domain/text/key.ts'
import { refuseHalfRestored } from '../restore-marker.ts'
import { beginKeyRotation, endKeyRotation, readKeys } from '../secrets.ts'
import type { Command } from './command.ts'
import { requireInstallation } from './status.ts'
import { terminalLog } from './terminal.ts'

/**
 * `ranah key rotate`: a new installation key, and everything in the database sealed under it. The portal must be stopped. The next
 * key is written down before anything is sealed with it, so that a rotation that was broken off is finished by the next call.
 */
export const keyRotate: Command = {
  options: { json: { about: about.json } },
  run: async (call, { servers }) => {
    const config = await loadConfig(process.env, process.cwd())
    const { dataDirectory, databaseUrl } = config
    await requireInstallation(dataDirectory)
    await refuseHalfRestored(dataDirectory)
    const log = terminalLog(process.stderr, call.locale)
    const release = await servers.claim(dataDirectory)
    try {
      const sealed = await servers.whileKeeping(dataDirectory, async () => {
        const database = await servers.openDatabase({ dataDirectory, databaseUrl, onProgress: log.event })
        try {
          return await rotate(dataDirectory, database.ownerUrl)
        } finally {
          await database.close()
        }
      })
      console.log(call.has('json') ? JSON.stringify({ sealed }) : call.say(keyText.rotated(sealed)))
      return 0
    } finally {
      release()
    }
  },
}

/** @returns how many values were sealed anew */
async function rotate(dataDirectory: string, ownerUrl: string): Promise<number> {
  const known = await readKeys(dataDirectory)
  // Before the next key is written down, so that a value that nobody can open leaves everything as it was.
  if (!known.next)
    await sealAnew(ownerUrl, (context, value) => {
      openWith([known.now], context, value)
      return value
    })
  const { now, next } = await beginKeyRotation(dataDirectory)
  const count = await sealAnew(ownerUrl, (context, value) =>
    seal(next, randomBytes(nonceLength), context, openWith([next, now], context, value)),
  )
  await endKeyRotation(dataDirectory)
  return count
}

/** A rotation that was broken off may have sealed everything already: then only the next key opens it. */
function openWith(keys: readonly Buffer[], context: string, sealed: Buffer): string {
  for (const key of keys) {
    try {
      return unseal(key, context, sealed)
    } catch {
      // sealed under the other key, or damaged
    }
  }
  throw new Refused('sealed-damaged', keyText.damaged(context), { status: 503 })
}
