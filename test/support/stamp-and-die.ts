/** Asks for the time stamp of a letter, says when it came, and is killed before the letter is recorded as issued. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { openDatabase } from '../../src/db/database.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { stampLetter } from '../../src/jobs/stamp-letter.ts'
import './own-networks.ts'
import { openSealedSignature } from './sealed-signature.ts'

type Order = {
  readonly appUrl: string
  readonly officeId: string
  readonly letterId: string
  readonly sealingKey: string
  readonly signing: string
}

const order = JSON.parse(await text(process.stdin)) as Order
const now = (): Date => new Date()
const deps: Pick<JobDeps, 'db' | 'now' | 'randomBytes' | 'newId' | 'enqueue' | 'signatureOf'> = {
  db: openDatabase(order.appUrl).db,
  now,
  randomBytes,
  newId: randomUUID,
  enqueue: () => Promise.resolve(),
  signatureOf: (server, office) => {
    const key = Buffer.from(order.sealingKey, 'base64')
    const driver = openSealedSignature(key, server, join(order.signing, office), { now, randomBytes })
    return {
      ...driver,
      stamp: async (signed) => {
        const { stamping } = await driver.stamp(signed)
        process.stdout.write(stamping.kind, () => process.kill(process.pid, 'SIGKILL'))
        return new Promise(() => {})
      },
    }
  },
}
await stampLetter(deps as JobDeps, { officeId: order.officeId, letterId: order.letterId })
process.exit(1)
