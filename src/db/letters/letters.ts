import type { Selectable } from 'kysely'
import type { Paper } from '../../domain/letters/papers.ts'
import type { LogbookHead } from '../../domain/letters/parts.ts'
import type { Tx } from '../database.ts'
import { json } from '../database.ts'
import type { TakenNumber } from '../registers.ts'
import type { RegisterCode } from '../schema/letters.ts'
import type { Tables } from '../schema.ts'

export type LetterRow = Omit<Selectable<Tables['letters']>, 'data'> & { readonly data: Paper }

/** @returns the letter of one visit of a request, if it was numbered */
export async function readLetterOf(tx: Tx, requestId: string, visit: number): Promise<LetterRow | undefined> {
  const row = await tx
    .selectFrom('letters')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('visit', '=', visit)
    .executeTakeFirst()
  return row as LetterRow | undefined
}

/** @returns a letter of the office in scope */
export async function readLetter(tx: Tx, id: string): Promise<LetterRow | undefined> {
  const row = await tx.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirst()
  return row as LetterRow | undefined
}

/** Files a paper that has its number and is not set yet, in the transaction that took the number. */
export async function insertNumbered(
  tx: Tx,
  letter: {
    readonly id: string
    readonly officeId: string
    /** the visit of a step that it answers; nothing for what is issued about something else than a request */
    readonly answers?: { readonly requestId: string; readonly visit: number }
    readonly register: RegisterCode
    readonly taken: TakenNumber
    readonly paper: Paper
    /** by which anybody verifies it */
    readonly code: string
    readonly head: LogbookHead
    readonly signatoryId: string | undefined
    readonly at: Date
  },
): Promise<void> {
  const { answers, taken, paper, head } = letter
  await tx
    .insertInto('letters')
    .values({
      id: letter.id,
      office_id: letter.officeId,
      request_id: answers?.requestId ?? null,
      visit: answers?.visit ?? null,
      kind: paper.kind,
      register: letter.register,
      year: taken.year,
      class: taken.class,
      seq: taken.seq,
      number: taken.number,
      dated: taken.dated,
      data: json(paper),
      verification_code: letter.code,
      status: 'numbered',
      signatory_id: letter.signatoryId ?? null,
      logbook_seq: head.entries,
      logbook_head: head.hash,
      created_at: letter.at,
    })
    .execute()
}
