import { sql } from 'kysely'
import { inScope, type Tx } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'

/** One entry stands for everything that a person opens of one file in this time: its pages, and the file again. */
const onceInMs = 60 * 60 * 1000

type File = {
  readonly id: string
  readonly kind: string
  readonly ticket: string | null
  readonly applicant: string | null
  readonly appointee: string | null
}

/** Somebody else noted it a moment before: nothing is committed. */
class NotedMeanwhile extends Error {}

/**
 * Notes that somebody opens a file with personal data, before its bytes leave: who, which, whose and when. Who may open it was
 * asked before. Whoever opens what they handed in themselves is not noted.
 */
export async function noteReading(deps: Deps, member: Member, documentId: string): Promise<void> {
  const file = await inScope(deps.db, member, async (tx) => {
    const found = await findFile(tx, documentId)
    return found && (await isNoted(tx, deps, member, found.id)) ? undefined : found
  })
  const about = file?.applicant ?? file?.appointee ?? null
  if (!file || about === member.personId) return
  // reading changes nothing, so what a token may change is not asked
  const { token: _token, ...reader } = member
  try {
    await act(deps, reader, async (tx, write) => {
      // the pages of one file are asked for at once
      await sql`select pg_advisory_xact_lock(hashtextextended(${member.personId + file.id}, 0))`.execute(tx)
      if (await isNoted(tx, deps, member, file.id)) throw new NotedMeanwhile()
      write.note({
        act: 'document.read',
        subject: { kind: 'document', id: file.id },
        details: {
          file: file.kind,
          ...(file.ticket !== null && { request: file.ticket }),
          ...(about !== null && { about }),
        },
      })
    })
  } catch (error) {
    if (!(error instanceof NotedMeanwhile)) throw error
  }
}

const findFile = (tx: Tx, id: string): Promise<File | undefined> =>
  tx
    .selectFrom('documents as d')
    .leftJoin('requests as r', 'r.id', 'd.request_id')
    .leftJoin('appointments as a', 'a.document_id', 'd.id')
    .select(['d.id', 'd.kind', 'r.ticket', 'r.applicant_id as applicant', 'a.person_id as appointee'])
    .where(sql<string>`d.id::text`, '=', id)
    .limit(1)
    .executeTakeFirst()

async function isNoted(tx: Tx, deps: Deps, member: Member, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('logbook_entries')
    .select('seq')
    .where('office_id', '=', member.officeId)
    .where('subject', '=', id)
    .where('act', '=', 'document.read')
    .where('at', '>', new Date(deps.now().getTime() - onceInMs))
    .where(sql<boolean>`text::jsonb->'actor'->>'ref' = ${member.personId}`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
