/** Decides to sign a letter, signs it, says the digest, and is killed before anything of it is recorded. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { beginSigning } from '../../src/actions/letters/begin-signing.ts'
import type { Member } from '../../src/actions/act.ts'
import { openDatabase } from '../../src/db/database.ts'
import type { ServerRow } from '../../src/db/office/servers.ts'
import { unseal } from '../../src/domain/fulfilment/seal.ts'
import { signLetter } from '../../src/lookups/sign-letter.ts'
import './own-networks.ts'
import { openSealedSignature } from './sealed-signature.ts'

type Order = {
  readonly appUrl: string
  readonly member: Member
  readonly letterId: string
  readonly now: string
  readonly sealingKey: string
  readonly keys: string
  readonly passphrase: string
}

const order = JSON.parse(await text(process.stdin)) as Order
const { member, letterId, passphrase } = order
const { db } = openDatabase(order.appUrl)
const now = (): Date => new Date(order.now)
const openSealed = (context: string, sealed: Buffer): string =>
  unseal(Buffer.from(order.sealingKey, 'base64'), context, sealed)
const signatureOf = (server: ServerRow) =>
  openSealedSignature(Buffer.from(order.sealingKey, 'base64'), server, order.keys, { now, randomBytes })
const enqueue = () => Promise.resolve()
const attempt = await beginSigning({ db, enqueue, now, randomBytes, newId: randomUUID }, member, letterId)
const question = { ...attempt, officeId: member.officeId, letterId, passphrase }
const answer = await signLetter({ db, signatureOf, unseal: openSealed }, question)
if (answer.kind !== 'signed') throw new Error(answer.kind)
process.stdout.write(createHash('sha256').update(answer.pdf).digest('hex'), () =>
  process.kill(process.pid, 'SIGKILL'),
)
