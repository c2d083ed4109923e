import type { Expression, SqlBool } from 'kysely'
import { sql } from 'kysely'

/** A place in a list that is ordered by a time and then by id: an insert elsewhere does not move it. */
export type Place = { readonly at: Date; readonly id: string }

/** How much of such a list is read: so many rows, from the place where the page before ended. */
export type PageOf = { readonly limit: number; readonly after?: Place }

/** The rows behind a place; all when there is none. */
export function behind(
  order: 'asc' | 'desc',
  columns: { readonly at: string; readonly id: string },
  after: Place | undefined,
): Expression<SqlBool> {
  if (!after) return sql<SqlBool>`true`
  const { at, id } = columns
  const row = sql`(${sql.ref(at)}, ${sql.ref(id)}::text)`
  const place = sql`(${after.at}::timestamptz, ${after.id}::text)`
  return order === 'asc' ? sql<SqlBool>`${row} > ${place}` : sql<SqlBool>`${row} < ${place}`
}

/** What breaks a tie between rows of one moment: the same text that `behind` compares. */
export const idText = (column: string) => sql<string>`${sql.ref(column)}::text`
