/** Signs the checkpoint of one office as a process of its own, and kills itself with SIGKILL where it was told. */
import { randomBytes, randomUUID } from 'node:crypto'
import { openDatabase } from '../../src/db/database.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { signCheckpoint } from '../../src/jobs/sign-checkpoints.ts'
import { keptSignedLast } from '../../src/signed-last.ts'

export type SignOrder = {
  readonly appUrl: string
  readonly officeId: string
  readonly directory: string
  /** base64 */
  readonly sealingKey: string
  /** The how-manieth write of what was signed last it dies at, and on which side of it. */
  readonly strike: { readonly write: number; readonly side: 'before' | 'after' }
}

const order = JSON.parse(process.argv[2]!) as SignOrder
const kept = keptSignedLast(order.directory)
let writes = 0
const die = (side: SignOrder['strike']['side']): void => {
  if (writes === order.strike.write && side === order.strike.side) process.kill(process.pid, 'SIGKILL')
}
const deps = {
  db: openDatabase(order.appUrl).db,
  now: () => new Date(),
  randomBytes,
  newId: randomUUID,
  signedLast: {
    read: kept.read,
    write: async (...given: Parameters<typeof kept.write>) => {
      writes += 1
      die('before')
      await kept.write(...given)
      die('after')
    },
  },
  settings: { publicUrl: 'https://desk.example', sealingKey: Buffer.from(order.sealingKey, 'base64') },
} as unknown as JobDeps
await signCheckpoint(deps, order.officeId)
process.exit(0)
