import { createHmac, timingSafeEqual } from 'node:crypto'

/** How long a challenge may be answered: a page left open over lunch asks for a new one. */
const lifeMs = 15 * 60 * 1000
const randomLength = 16
const timeLength = 6
const macLength = 16

/** What a challenge is for; one for another purpose or person is not answered by this. */
export type ChallengePurpose = 'sign-in' | `passkey-of ${string}`

const macOf = (secret: string, purpose: ChallengePurpose, head: Buffer): Buffer =>
  createHmac('sha256', secret).update(`challenge ${purpose}\0`).update(head).digest().subarray(0, macLength)

/** Makes a challenge that carries its own end and signature, so that asking for one writes nothing. */
export function makeChallenge(secret: string, purpose: ChallengePurpose, random: Buffer, now: Date): Buffer {
  const time = Buffer.alloc(timeLength)
  time.writeUIntBE(now.getTime() + lifeMs, 0, timeLength)
  const head = Buffer.concat([time, random.subarray(0, randomLength)])
  return Buffer.concat([head, macOf(secret, purpose, head)])
}

/** @returns until when a challenge may be answered; nothing when it is not ours, for something else, or over */
export function openChallenge(
  secret: string,
  purpose: ChallengePurpose,
  challenge: Buffer,
  now: Date,
): Date | undefined {
  if (challenge.length !== timeLength + randomLength + macLength) return undefined
  const head = challenge.subarray(0, timeLength + randomLength)
  if (!timingSafeEqual(challenge.subarray(head.length), macOf(secret, purpose, head))) return undefined
  const until = new Date(head.readUIntBE(0, timeLength))
  return until > now ? until : undefined
}
