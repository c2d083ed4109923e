import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { Role } from '../../domain/access/roles.ts'
import type { Client } from './client.ts'
import { AnswerError, openClient } from './client.ts'
import { totp, untilNextCode } from './totp.ts'

const account = z.strictObject({
  office: z.string(),
  role: z.string(),
  login: z.string(),
  secret: z.string(),
  totp: z.string(),
})
const demoOffice = z.strictObject({ slug: z.string(), sop: z.string(), zone: z.string() })
const demoState = z.strictObject({ offices: z.array(demoOffice), accounts: z.array(account) })

/** Sign-in details of one person of the demo, as they are printed. */
export type Account = z.infer<typeof account>
export type DemoOffice = z.infer<typeof demoOffice>
/** What the demo remembers of itself between runs, beside the data it works on. */
export type DemoState = z.infer<typeof demoState>

/** Somebody who is signed in. */
export type SignedIn = { readonly account: Account; readonly client: Client }

const mailTimeoutMs = 30_000
const mailPollMs = 100

/** @returns what an earlier run left in the data directory; undefined on a fresh one */
export async function readState(file: string): Promise<DemoState | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : demoState.parse(JSON.parse(text))
}

export async function writeState(file: string, state: DemoState): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.part`, JSON.stringify(state, null, 2), { mode: 0o600 })
  await rename(`${file}.part`, file)
}

/** A password that nobody chose: 120 bits. */
export const newSecret = (): string => randomBytes(15).toString('base64url')

/** Signs in with password and code, as the sign-in page does. A code that was just used is waited out. */
export async function signIn(base: string, who: Account, onWait: (ms: number) => void): Promise<Client> {
  const client = openClient(base)
  const { next } = await client.send<{ next: string }>('POST', '/api/v1/session', {
    email: who.login,
    password: who.secret,
  })
  if (next !== 'code') return client
  try {
    await client.send('POST', '/api/v1/session/code', { code: totp(who.totp, new Date()) })
  } catch (error) {
    if (!(error instanceof AnswerError) || error.status !== 401) throw error
    const waitMs = untilNextCode(new Date()) + 500
    onWait(waitMs)
    await sleep(waitMs)
    await client.send('POST', '/api/v1/session/code', { code: totp(who.totp, new Date()) })
  }
  return client
}

/** Turns on the second factor of the account that is signed in. @returns its key */
export async function enrol(client: Client, password: string): Promise<string> {
  const { secret } = await client.send<{ secret: string }>('POST', '/api/v1/me/second-factor', { password })
  await client.send('PUT', '/api/v1/me/second-factor', { code: totp(secret, new Date()) })
  return secret
}

/** Somebody opens the link in their invitation mail, chooses a password and turns on the second factor. */
export async function acceptInvitation(
  base: string,
  outbox: string,
  since: Date,
  person: { office: string; role: Role; login: string; name: string },
): Promise<SignedIn> {
  const token = await invitationToken(outbox, person.login, since)
  const secret = newSecret()
  const client = openClient(base)
  await client.send('POST', `/api/v1/invitations/${token}/acceptance`, {
    name: person.name,
    password: secret,
  })
  await client.send('POST', '/api/v1/session', { email: person.login, password: secret })
  const key = await enrol(client, secret)
  return {
    account: { office: person.office, role: person.role, login: person.login, secret, totp: key },
    client,
  }
}

/** Waits for the invitation mail of an address in the outbox folder. @returns the token of its link */
async function invitationToken(outbox: string, address: string, since: Date): Promise<string> {
  for (let waitedMs = 0; waitedMs < mailTimeoutMs; waitedMs += mailPollMs) {
    for (const name of await readdir(outbox).catch(() => [])) {
      const path = join(outbox, name)
      if (!name.endsWith('.eml') || (await stat(path)).mtime < since) continue
      const mail = await readFile(path, 'utf8')
      if (!mail.includes(`To: ${address}`)) continue
      const token = /\/undangan\/([\w-]+)/.exec(plainText(mail))?.[1]
      if (token) return token
    }
    await sleep(mailPollMs)
  }
  throw new Error(`no invitation for ${address} came to the outbox within ${mailTimeoutMs / 1000} s`)
}

/** The text of a mail: transfer encodings undone as far as the outbox uses them (RFC 2045). */
function plainText(mail: string): string {
  const body = mail.slice(mail.indexOf('\n\n') + 2)
  if (/^content-transfer-encoding: base64/im.test(mail)) return Buffer.from(body, 'base64').toString('utf8')
  const unfolded = body.replaceAll(/=\r?\n/g, '')
  return unfolded.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
