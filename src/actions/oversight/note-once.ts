import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { inScope } from '../../db/database.ts'
import { wasNoted } from '../../db/oversight/readings.ts'
import type { Deps, Member, Note } from '../act.ts'
import { act } from '../act.ts'

/** One entry stands for everything that a person reads of one thing in this time. */
const onceInMs = 60 * 60 * 1000

/** @returns since when an entry still stands for a reading now */
export const notedSince = (now: Date): Date => new Date(now.getTime() - onceInMs)

/** Somebody else noted it a moment before: nothing is committed. */
class NotedMeanwhile extends Error {}

/** @returns whether the logbook already holds this reading of this person, within the hour */
export function isNoted(
  tx: Tx,
  { now }: Pick<Deps, 'now'>,
  { officeId, personId }: Member,
  { act: name, subject, personal = {} }: Note,
): Promise<boolean> {
  const values = Object.values(personal)
  return wasNoted(tx, {
    officeId,
    personId,
    act: name,
    subject: subject.id,
    since: notedSince(now()),
    values,
  })
}

/** Notes a reading, unless the logbook holds it already. It stands there when this returns, or this throws. */
export async function noteOnce(deps: Deps, member: Member, note: Note): Promise<void> {
  if (await inScope(deps.db, member, (tx) => isNoted(tx, deps, member, note))) return
  // reading changes nothing, so what a token may change is not asked
  const { token: _token, ...reader } = member
  try {
    await act(deps, reader, async (tx, write) => {
      // the pages of one file are asked for at once
      await sql`select pg_advisory_xact_lock(hashtextextended(${member.personId + note.subject.id}, 0))`.execute(
        tx,
      )
      if (await isNoted(tx, deps, member, note)) throw new NotedMeanwhile()
      write.note(note)
    })
  } catch (error) {
    if (!(error instanceof NotedMeanwhile)) throw error
  }
}
