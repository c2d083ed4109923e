import { sql } from 'kysely'
import type { LineInput } from '../../domain/archive/schedule.ts'
import { defaultLines } from '../../domain/archive/schedule.ts'
import type { Tx } from '../database.ts'

/** One line of the office's schedule, and when the office said that it is its own. */
export type ScheduleLine = LineInput & { readonly id: string; readonly confirmedAt: Date | null }

/** @returns the schedule of the office in scope, by code and title */
export async function listSchedule(tx: Tx): Promise<readonly ScheduleLine[]> {
  return tx
    .selectFrom('retention_lines as l')
    .select([
      'l.id',
      'l.code',
      'l.title',
      'l.starts',
      'l.active_years as activeYears',
      'l.inactive_years as inactiveYears',
      'l.fate',
      'l.confirmed_at as confirmedAt',
      sql<
        LineInput['papers']
      >`array(select paper from retention_papers p where p.line_id = l.id order by paper)`.as('papers'),
    ])
    .orderBy('l.code')
    .orderBy('l.title')
    .execute()
}

/** The columns of a line. */
export const lineColumns = ({ code, title, starts, activeYears, inactiveYears, fate }: LineInput) => ({
  code,
  title,
  starts,
  active_years: activeYears,
  inactive_years: inactiveYears,
  fate,
})

/** Lets kinds of papers go by a line; whatever line they went by before. */
export async function assignPapers(
  tx: Tx,
  officeId: string,
  lineId: string,
  papers: LineInput['papers'],
): Promise<void> {
  await tx.deleteFrom('retention_papers').where('line_id', '=', lineId).execute()
  for (const paper of papers)
    await tx
      .insertInto('retention_papers')
      .values({ office_id: officeId, paper, line_id: lineId })
      .onConflict((on) => on.columns(['office_id', 'paper']).doUpdateSet({ line_id: lineId }))
      .execute()
}

/** Lays the lines that an office begins with; it confirms them before anything is proposed by them. */
export async function layDefaultSchedule(tx: Tx, officeId: string, newId: () => string): Promise<void> {
  for (const line of defaultLines) {
    const id = newId()
    await tx
      .insertInto('retention_lines')
      .values({ id, office_id: officeId, ...lineColumns(line) })
      .execute()
    await assignPapers(tx, officeId, id, line.papers)
  }
}
