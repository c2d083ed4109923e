import * as z from 'zod'
import { assignPapers, lineColumns, listSchedule } from '../../db/archive/schedule.ts'
import type { Tx } from '../../db/database.ts'
import { isUniqueViolation } from '../../db/database.ts'
import type { LineInput } from '../../domain/archive/schedule.ts'
import { readSchedule } from '../../domain/archive/schedule.ts'
import { Refused } from '../../domain/refused.ts'
import { scheduleTexts } from '../../domain/text/retention-schedule.ts'
import type { Deps, Member, Note } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** By which decree the office has its schedule. */
export const scheduleBasis = z.strictObject({ basis: z.string().trim().min(5).max(300) })

/** Only one change of a schedule at a time: kinds of papers move between its lines. */
const lockSchedule = (tx: Tx) =>
  tx.selectFrom('retention_lines').select('id').orderBy('id').forUpdate().execute()

const noteOf = (act: string, officeId: string, details: Note['details']): Note => ({
  act,
  subject: { kind: 'retention-schedule', id: officeId },
  details,
})

/** What the logbook keeps of a line: enough to read the schedule of any day out of it. */
const detailsOf = ({ code, title, starts, activeYears, inactiveYears, fate, papers }: LineInput) => ({
  code,
  title,
  starts,
  activeYears,
  inactiveYears,
  fate,
  papers: papers.join(' '),
})

/** Adds a line to the schedule, or changes one. What is saved counts as what the office has decreed. */
export async function saveLine(
  deps: Deps,
  member: Member,
  id: string | null,
  line: LineInput,
): Promise<{ id: string }> {
  requireRole(member, 'administrator')
  const lineId = id ?? deps.newId()
  await act(deps, member, async (tx, write) => {
    await lockSchedule(tx)
    const columns = { ...lineColumns(line), confirmed_at: deps.now() }
    await orTwice(line, async () => {
      if (id === null)
        await tx
          .insertInto('retention_lines')
          .values({ id: lineId, office_id: member.officeId, ...columns })
          .execute()
      else {
        const changed = await tx
          .updateTable('retention_lines')
          .set(columns)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst()
        if (!changed) throw notFound()
      }
    })
    await assignPapers(tx, member.officeId, lineId, line.papers)
    const done = id === null ? 'archive.line-added' : 'archive.line-changed'
    write.note(noteOf(done, member.officeId, { line: lineId, ...detailsOf(line) }))
  })
  return { id: lineId }
}

async function orTwice({ code, title }: LineInput, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const text = scheduleTexts.lineTwice(code, title)
    throw new Refused('line-twice', text, { status: 409, issues: [{ field: 'title', text }] })
  }
}

/** Takes a line out; what went by it has no class then. */
export async function removeLine(deps: Deps, member: Member, id: string): Promise<void> {
  requireRole(member, 'administrator')
  await act(deps, member, async (tx, write) => {
    await lockSchedule(tx)
    await tx.deleteFrom('retention_papers').where('line_id', '=', id).execute()
    const gone = await tx
      .deleteFrom('retention_lines')
      .where('id', '=', id)
      .returning(['code', 'title'])
      .executeTakeFirst()
    if (!gone) throw notFound()
    write.note(noteOf('archive.line-removed', member.officeId, { line: id, ...gone }))
  })
}

/** Declares that the lines the office began with are what its own schedule says. */
export async function confirmSchedule(
  deps: Deps,
  member: Member,
  { basis }: z.infer<typeof scheduleBasis>,
): Promise<{ confirmed: number }> {
  requireRole(member, 'administrator')
  return act(deps, member, async (tx, write) => {
    const { numUpdatedRows } = await tx
      .updateTable('retention_lines')
      .set({ confirmed_at: deps.now() })
      .where('confirmed_at', 'is', null)
      .executeTakeFirst()
    const confirmed = Number(numUpdatedRows)
    write.note(noteOf('archive.schedule-confirmed', member.officeId, { basis, lines: confirmed }))
    return { confirmed }
  })
}

/**
 * Replaces the whole schedule by that of a file. Lines that stay what they were keep their id.
 * @throws Refused `csv-file` with what is wrong
 */
export async function importSchedule(
  deps: Deps,
  member: Member,
  bytes: Uint8Array,
): Promise<{ lines: number }> {
  requireRole(member, 'administrator')
  const lines = readSchedule(bytes)
  return act(deps, member, async (tx, write) => {
    await lockSchedule(tx)
    const before = await listSchedule(tx)
    await tx.deleteFrom('retention_papers').execute()
    const kept = new Set<string>()
    const confirmed_at = deps.now()
    for (const line of lines) {
      const known = before.find(({ code, title }) => code === line.code && title === line.title)
      const id = known?.id ?? deps.newId()
      kept.add(id)
      const columns = { ...lineColumns(line), confirmed_at }
      await tx
        .insertInto('retention_lines')
        .values({ id, office_id: member.officeId, ...columns })
        .onConflict((on) => on.column('id').doUpdateSet(columns))
        .execute()
      await assignPapers(tx, member.officeId, id, line.papers)
    }
    const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    if (gone.length > 0) await tx.deleteFrom('retention_lines').where('id', 'in', gone).execute()
    write.note(
      noteOf('archive.schedule-imported', member.officeId, { lines: lines.length, removed: gone.length }),
    )
    return { lines: lines.length }
  })
}
