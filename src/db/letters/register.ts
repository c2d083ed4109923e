import { sql } from 'kysely'
import type { Destruction } from '../../domain/archive/destroyed.ts'
import { destructionOf } from '../archive/gone.ts'
import type { Tx } from '../database.ts'
import type { SignerCertificate } from '../../domain/letters/signing.ts'
import type { StampReport } from '../../domain/letters/time-stamp.ts'
import type { LetterStatus, RegisterCode } from '../schema/letters.ts'
import type { Trouble } from '../schema/columns.ts'

/** One line of the register of outgoing letters or hand-over notes. */
export type RegisteredLetter = {
  readonly id: string
  readonly kind: string
  readonly register: RegisterCode
  readonly year: number
  /** The archive class by which its number was counted, or nothing. */
  readonly class: string
  readonly seq: number
  readonly number: string
  readonly dated: string
  readonly status: LetterStatus
  readonly code: string
  readonly sha256: string | null
  readonly ticket: string | null
  readonly agency: string | null
  readonly documentId: string | null
  readonly head: { readonly entries: number; readonly hash: string } | null
  readonly createdAt: Date
  readonly issuedAt: Date | null
  readonly voidedAt: Date | null
  readonly voidReason: string | null
  /** Why it could not be set yet. */
  readonly trouble: Trouble | null
  /** The post under which it is signed. */
  readonly signatory: string | null
  /** What a reply says: accepted, refused, returned. */
  readonly decision: string | null
  readonly certificate: SignerCertificate | null
  readonly signedAt: Date | null
  /** What stamps the time of the signature; null for one of the days before time stamps. */
  readonly timeStamp: StampReport | null
  /** Where the national archive (SRIKANDI) has it. */
  readonly archiveNumber: string | null
  readonly archiveDate: string | null
  readonly archiveLink: string | null
  /** Number of the later letter of the same kind about the same request. */
  readonly replacedBy: string | null
  /** When its record was destroyed under the retention schedule, and by which record of destruction. */
  readonly destroyed: Destruction | null
}

/** Where a page of a register ends. */
export type RegisterPlace = { readonly year: number; readonly class: string; readonly seq: number }

/**
 * @returns letters of one register, the newest year first, in it each archive class by itself, the highest number first;
 * `before` is year, class and sequence of the last one shown
 */
export async function listRegister(
  tx: Tx,
  register: RegisterCode,
  page: { readonly limit: number; readonly before?: RegisterPlace },
): Promise<readonly RegisteredLetter[]> {
  let query = selectLetters(tx)
    .where('l.register', '=', register)
    .orderBy('l.year', 'desc')
    .orderBy('l.class', 'desc')
    .orderBy('l.seq', 'desc')
    .limit(page.limit)
  if (page.before) {
    const { year, class: archiveClass, seq } = page.before
    query = query.where(sql<boolean>`(l.year, l.class, l.seq) < (${year}, ${archiveClass}, ${seq})`)
  }
  return (await query.execute()).map(letterOf)
}

/** @returns letters that cannot be set or wait for a time stamp, newest first: what is wrong with one is wrong with the next as a rule */
export async function listTroubled(tx: Tx, limit: number): Promise<readonly RegisteredLetter[]> {
  const rows = await selectLetters(tx)
    .where('l.status', 'in', ['numbered', 'awaiting'])
    .where('l.trouble', 'is not', null)
    .orderBy('l.created_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(letterOf)
}

/** @returns one letter of the office */
export async function readRegistered(tx: Tx, id: string): Promise<RegisteredLetter | undefined> {
  const row = await selectLetters(tx).where('l.id', '=', id).executeTakeFirst()
  return row && letterOf(row)
}

/** @returns the letter with this verification code */
export async function findByCode(tx: Tx, code: string): Promise<RegisteredLetter | undefined> {
  const row = await selectLetters(tx).where('l.verification_code', '=', code).executeTakeFirst()
  return row && letterOf(row)
}

/** @returns the letter whose file has this SHA-256 */
export async function findByDigest(tx: Tx, sha256: string): Promise<RegisteredLetter | undefined> {
  const row = await selectLetters(tx).where('l.sha256', '=', sha256).limit(1).executeTakeFirst()
  return row && letterOf(row)
}

function selectLetters(tx: Tx) {
  return tx
    .selectFrom('letters as l')
    .leftJoin('requests as r', 'r.id', 'l.request_id')
    .leftJoin('agencies as a', 'a.id', 'r.agency_id')
    .select([
      'l.id',
      'l.kind',
      'l.register',
      'l.year',
      'l.class',
      'l.seq',
      'l.number',
      'l.dated',
      'l.status',
      'l.verification_code as code',
      'l.sha256',
      'r.ticket',
      'a.name as agency',
      'l.document_id as documentId',
      'l.logbook_seq as headSeq',
      'l.logbook_head as headHash',
      'l.created_at as createdAt',
      'l.issued_at as issuedAt',
      'l.voided_at as voidedAt',
      'l.void_reason as voidReason',
      'l.trouble',
      sql<
        string | null
      >`concat_ws(' ', l.data -> 'signature' ->> 'acting', l.data -> 'signature' ->> 'post')`.as('signatory'),
      sql<string | null>`l.data ->> 'outcome'`.as('decision'),
      'l.certificate',
      'l.signed_at as signedAt',
      'l.time_stamp as timeStamp',
      'l.archive_number as archiveNumber',
      'l.archive_date as archiveDate',
      'l.archive_link as archiveLink',
      destructionOf('l.document_id').as('destroyed'),
      (eb) =>
        eb
          .selectFrom('letters as n')
          .select('n.number')
          .whereRef('n.request_id', '=', 'l.request_id')
          .whereRef('n.kind', '=', 'l.kind')
          .whereRef('n.issued_at', '>', 'l.issued_at')
          .where('n.status', '=', 'issued')
          .orderBy('n.issued_at', 'desc')
          .limit(1)
          .as('replacedBy'),
    ])
}

type Selected = Omit<RegisteredLetter, 'head'> & { headSeq: number | null; headHash: string | null }

const letterOf = ({ headSeq, headHash, ...row }: Selected): RegisteredLetter => ({
  ...row,
  head: headSeq === null || headHash === null ? null : { entries: headSeq, hash: headHash },
})

/** One line of the register of incoming letters: the number a receiving step gave to the applicant's letter. */
export type IncomingLetter = {
  readonly event: number
  readonly number: string
  readonly receivedAt: Date
  readonly theirNumber: string | null
  readonly theirDate: string | null
  readonly ticket: string
  readonly agency: string
}

/** @returns incoming letters, newest first; `before` is the event of the last one shown */
export async function listIncoming(
  tx: Tx,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly IncomingLetter[]> {
  let query = tx
    .selectFrom('request_events as e')
    .innerJoin('requests as r', 'r.id', 'e.request_id')
    .innerJoin('agencies as a', 'a.id', 'r.agency_id')
    .select([
      'e.id as event',
      sql<string>`e.data ->> 'incoming'`.as('number'),
      'e.at as receivedAt',
      sql<string | null>`r.form -> 'letter' ->> 'number'`.as('theirNumber'),
      sql<string | null>`r.form -> 'letter' ->> 'date'`.as('theirDate'),
      'r.ticket',
      'a.name as agency',
    ])
    .where(sql<boolean>`e.data ? 'incoming'`)
    .orderBy('e.id', 'desc')
    .limit(page.limit)
  if (page.before !== undefined) query = query.where('e.id', '<', page.before)
  return query.execute()
}
