import { sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Counts one try under a key before it is made, so that many at once are counted too.
 * @param windowMs after this long from the first try the count starts again
 * @returns how many tries there were in the window, this one included
 */
export async function countTry(db: Db, key: string, windowMs: number, now: Date): Promise<number> {
  const started = new Date(now.getTime() - windowMs)
  const row = await db
    .insertInto('tries')
    .values({ key, count: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql`case when tries.since <= ${started} then 1 else tries.count + 1 end`,
        since: sql`case when tries.since <= ${started} then ${now} else tries.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return row.count
}

/** Forgets the tries under a key. */
export async function clearTries(db: Db, key: string): Promise<void> {
  await db.deleteFrom('tries').where('key', '=', key).execute()
}

/** Takes back one try that was no failure. */
export async function uncountTry(db: Db, key: string): Promise<void> {
  await db
    .updateTable('tries')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('key', '=', key)
    .execute()
}

/** @returns whether something was counted under the key within the window */
export async function hasTried(db: Db, key: string, windowMs: number, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('tries')
    .select('key')
    .where('key', '=', key)
    .where('since', '>', new Date(now.getTime() - windowMs))
    .executeTakeFirst()
  return row !== undefined
}

/** Removes what no window reaches any more. */
export async function forgetOldTries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('tries').where('since', '<', before).execute()
}
