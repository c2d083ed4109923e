import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { loadConfig } from '../config.ts'
import { rotateAccess } from '../db/rotate-access.ts'
import { Refused } from '../domain/refused.ts'
import { argumentTexts as about } from '../domain/text/commands.ts'
import { secretsText } from '../domain/text/key.ts'
import { refuseHalfRestored } from '../restore-marker.ts'
import { beginAccessRotation, endAccessRotation, readAccess } from '../secrets.ts'
import type { Command } from './command.ts'
import { requireInstallation } from './status.ts'
import { terminalLog } from './terminal.ts'

/**
 * `ranah secrets rotate`: another secret for sessions and another password for the database's role of the application. Without
 * `--yes` it only says what will happen to whoever is signed in. As with the key, the next values are written down before anything
 * is changed, so that a rotation that was broken off is finished by the next call.
 */
export const secretsRotate: Command = {
  options: { yes: { about: about.yes }, json: { about: about.json } },
  run: async (call, { servers }) => {
    const config = await loadConfig(process.env, process.cwd())
    const { dataDirectory, databaseUrl } = config
    await requireInstallation(dataDirectory)
    await refuseHalfRestored(dataDirectory)
    console.error(call.say(secretsText.before))
    if (!call.has('yes')) {
      console.error(call.say(secretsText.sayYes))
      return 1
    }
    const log = terminalLog(process.stderr, call.locale)
    const release = await servers.claim(dataDirectory)
    try {
      const done = await servers.whileKeeping(dataDirectory, async () => {
        const database = await servers.openDatabase({ dataDirectory, databaseUrl, onProgress: log.event })
        try {
          return await rotate(dataDirectory, database.ownerUrl)
        } finally {
          await database.close()
        }
      })
      console.log(call.has('json') ? JSON.stringify(done) : call.say(secretsText.rotated(done)))
      return 0
    } finally {
      release()
    }
  },
}

/** @returns how many sessions ended, and how many keys of apps were sealed anew */
async function rotate(dataDirectory: string, ownerUrl: string) {
  const known = await readAccess(dataDirectory)
  // Before the next values are written down, so that what cannot be done leaves everything as it was.
  if (!known.next) {
    const { appDatabasePassword: appPassword, authSecret } = known.now
    await rotateAccess(ownerUrl, { appPassword, again: resealed([authSecret], authSecret) }, false)
  }
  const { now, next } = await beginAccessRotation(dataDirectory)
  const again = resealed([next.authSecret, now.authSecret], next.authSecret)
  const done = await rotateAccess(ownerUrl, { appPassword: next.appDatabasePassword, again }, true)
  await endAccessRotation(dataDirectory)
  return done
}

/** A rotation that was broken off may have sealed everything already: then only the next secret opens it. */
const resealed =
  (known: readonly string[], key: string) =>
  async (sealed: string): Promise<string> => {
    for (const each of known) {
      const data = await symmetricDecrypt({ key: each, data: sealed }).catch(() => undefined)
      if (data !== undefined) return symmetricEncrypt({ key, data })
    }
    throw new Refused('sealed-damaged', secretsText.damaged, { status: 503 })
  }
