import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { RegisteredLetter } from '../db/letters/register.ts'
import { findByCode, findByDigest } from '../db/letters/register.ts'
import { readHead } from '../db/logbook.ts'
import type { OfficeFacts } from '../db/people.ts'
import { findOffice, listOffices } from '../db/people.ts'
import { normalizeCode, slugOf } from '../domain/requests/ticket.ts'

/** What anybody may ask without an account. Pages and API tell the same. */

export type OfficeHead = { readonly office: OfficeFacts; readonly seq: number; readonly hash: string }

/** @returns the head of the logbook of every office, by the office's name */
export async function listHeads(db: Db): Promise<readonly OfficeHead[]> {
  const heads: OfficeHead[] = []
  for (const office of await listOffices(db)) heads.push({ office, ...(await headOf(db, office.id)) })
  return heads
}

const headOf = (db: Db, officeId: string): Promise<{ seq: number; hash: string }> =>
  inScope(db, { officeId }, (tx) => readHead(tx, officeId))

/** A letter as everybody may know it, with the office's present head. */
export type PublicLetter = {
  readonly office: OfficeFacts
  readonly letter: RegisteredLetter
  readonly headNow: { readonly seq: number; readonly hash: string }
}

/** @returns the letter with this code as somebody typed it; nothing for an unknown one, whatever its form */
export async function findLetter(db: Db, typed: string): Promise<PublicLetter | undefined> {
  const code = normalizeCode(typed)
  const office = await officeOf(db, code)
  if (!office) return undefined
  return letterIn(db, office, (tx) => findByCode(tx, code))
}

/** @returns the letter whose file has exactly this SHA-256, of whatever office */
export async function findLetterByDigest(db: Db, sha256: string): Promise<PublicLetter | undefined> {
  for (const office of await listOffices(db)) {
    const found = await letterIn(db, office, (tx) => findByDigest(tx, sha256))
    if (found) return found
  }
  return undefined
}

async function letterIn(
  db: Db,
  office: OfficeFacts,
  find: (tx: Parameters<typeof findByCode>[0]) => Promise<RegisteredLetter | undefined>,
): Promise<PublicLetter | undefined> {
  return inScope(db, { officeId: office.id }, async (tx) => {
    const letter = await find(tx)
    return letter && { office, letter, headNow: await readHead(tx, office.id) }
  })
}

/** @returns the office whose short name stands at the front of a ticket or code; nothing for what is neither */
export async function officeOf(db: Db, code: string): Promise<OfficeFacts | undefined> {
  return /^[A-Z0-9]{2,16}(-[A-Z0-9]{1,20}){1,3}$/.test(code) ? findOffice(db, slugOf(code)) : undefined
}
