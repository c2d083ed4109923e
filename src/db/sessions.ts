import type { Db } from './database.ts'
import { behind, idText, type PageOf } from './page.ts'

export type OpenSession = {
  readonly id: string
  readonly address: string | null
  readonly device: string | null
  readonly since: Date
  readonly usedAt: Date
}

/**
 * Sessions of a person that are not over, newest first.
 * @param alive started and used later than this
 */
export async function openSessions(
  db: Db,
  personId: string,
  alive: { readonly startedAfter: Date; readonly usedAfter: Date },
  page: PageOf,
): Promise<readonly OpenSession[]> {
  return db
    .selectFrom('auth_session')
    .select(['id', 'ipAddress as address', 'userAgent as device', 'startedAt as since', 'usedAt'])
    .where('userId', '=', personId)
    .where('startedAt', '>', alive.startedAfter)
    .where('usedAt', '>', alive.usedAfter)
    .where(behind('desc', { at: 'startedAt', id: 'id' }, page.after))
    .orderBy('startedAt', 'desc')
    .orderBy(idText('id'), 'desc')
    .limit(page.limit)
    .execute()
}

/** Notes that a session is in use. */
export async function noteUse(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('auth_session').set({ usedAt: now }).where('id', '=', id).execute()
}

/** Ends the sessions of a person that a password alone opened, once there is a second factor. */
export async function endUnprovenSessions(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('auth_session').where('userId', '=', personId).where('provenBy', 'is', null).execute()
}

/** Ends sessions of a person: one of them, all but one, or all. */
export async function endSessions(
  db: Db,
  personId: string,
  which: { readonly id: string } | { readonly except: string } | 'all',
): Promise<number> {
  const all = db.deleteFrom('auth_session').where('userId', '=', personId)
  const some =
    which === 'all'
      ? all
      : 'id' in which
        ? all.where('id', '=', which.id)
        : all.where('id', '!=', which.except)
  return Number((await some.executeTakeFirst()).numDeletedRows)
}
