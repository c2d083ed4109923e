import type { Selectable } from 'kysely'
import type { Paper } from '../../domain/letters/papers.ts'
import type { Tx } from '../database.ts'
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
