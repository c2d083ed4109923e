import { sql } from 'kysely'
import type { Destruction } from '../../domain/archive/destroyed.ts'
import { destroyedRecord } from '../../domain/archive/destroyed.ts'
import type { Tx } from '../database.ts'

/** When and by which record a document was destroyed, in a statement about documents. */
export const destructionOf = (documentId: string) => sql<Destruction | null>`(
  select json_build_object('on', (p.destroyed_at at time zone o.timezone)::date, 'number', ba.number)
  from disposal_items di join disposals p on p.id = di.disposal_id join letters ba on ba.id = p.letter_id
  join offices o on o.id = p.office_id where di.document_id = ${sql.ref(documentId)} and di.state = 'destroyed')`

/** @throws Refused `record-destroyed` (410) with day and number, for a document without its bytes */
export async function goneOf(tx: Tx, id: string): Promise<never> {
  const found = await tx
    .selectFrom('documents')
    .select(destructionOf('documents.id').as('destruction'))
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found?.destruction) throw new Error(`document ${id} has no bytes and was not destroyed`)
  throw destroyedRecord(found.destruction)
}
