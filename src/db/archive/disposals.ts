import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { DisposalStatus } from '../../domain/archive/standing.ts'
import type { LocalDate } from '../../domain/dates/zones.ts'
import type { Tx } from '../database.ts'
import { behind, idText } from '../page.ts'
import type { PageOf } from '../page.ts'
import type { Tables } from '../schema.ts'

export type DisposalItem = Selectable<Tables['disposal_items']> & { readonly sha256: string }

/** A proposal of destruction as lists show it. */
export type Disposal = {
  readonly id: string
  readonly status: DisposalStatus
  readonly proposedBy: string
  readonly proposer: string
  readonly proposedAt: Date
  readonly approver: string | null
  readonly approvedAt: Date | null
  readonly consent: string | null
  readonly consentDate: LocalDate | null
  readonly destroyedAt: Date | null
  readonly droppedAt: Date | null
  readonly dropReason: string | null
  readonly letterId: string | null
  readonly letterNumber: string | null
  readonly letterStatus: string | null
  /** Records that are still to be destroyed, or were. */
  readonly count: number
}

const selectDisposals = (tx: Tx) =>
  tx
    .selectFrom('disposals as p')
    .innerJoin('auth_user as m', 'm.id', 'p.proposed_by')
    .leftJoin('auth_user as a', 'a.id', 'p.approved_by')
    .leftJoin('letters as l', 'l.id', 'p.letter_id')
    .select([
      'p.id',
      'p.status',
      'p.proposed_by as proposedBy',
      'm.name as proposer',
      'p.proposed_at as proposedAt',
      'a.name as approver',
      'p.approved_at as approvedAt',
      'p.consent',
      'p.consent_date as consentDate',
      'p.destroyed_at as destroyedAt',
      'p.dropped_at as droppedAt',
      'p.drop_reason as dropReason',
      'p.letter_id as letterId',
      'l.number as letterNumber',
      'l.status as letterStatus',
      sql<number>`(select count(*) from disposal_items i where i.disposal_id = p.id
        and i.state in ('proposed', 'destroyed'))`.as('count'),
    ])

/** @returns proposals of the office in scope, the newest first */
export const listDisposals = (tx: Tx, page: PageOf): Promise<readonly Disposal[]> =>
  selectDisposals(tx)
    .where(behind('desc', { at: 'p.proposed_at', id: 'p.id' }, page.after))
    .orderBy('p.proposed_at', 'desc')
    .orderBy(idText('p.id'), 'desc')
    .limit(page.limit)
    .execute()

export const readDisposal = (tx: Tx, id: string): Promise<Disposal | undefined> =>
  selectDisposals(tx).where('p.id', '=', id).executeTakeFirst()

/** @returns what a proposal names, in the order of its list; at most as many as a proposal has */
export const listDisposalItems = (tx: Tx, id: string): Promise<readonly DisposalItem[]> =>
  tx
    .selectFrom('disposal_items as i')
    .innerJoin('documents as d', 'd.id', 'i.document_id')
    .selectAll('i')
    .select('d.sha256')
    .where('i.disposal_id', '=', id)
    .orderBy('i.due_on')
    .orderBy('i.name')
    .orderBy('i.document_id')
    .execute()

/** Holds a proposal until the transaction ends, so that two acts on it come one after the other. */
export const lockDisposal = (tx: Tx, id: string) =>
  tx.selectFrom('disposals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** What may be proposed today: due by a confirmed line, in no open proposal; the oldest first. */
export async function dueRecords(
  tx: Tx,
  today: LocalDate,
  { withReview, limit }: { readonly withReview: boolean; readonly limit: number },
): Promise<readonly Omit<DisposalItem, 'disposal_id' | 'office_id' | 'state' | 'kept_reason' | 'kept_by'>[]> {
  const { rows } = await sql<
    Omit<DisposalItem, 'disposal_id' | 'office_id' | 'state' | 'kept_reason' | 'kept_by'>
  >`
    select i.document_id, coalesce(l.number, d.filename) as name, coalesce(r.ticket, '-') as number, i.paper, i.code,
      i.title, i.fate, i.years, i.filed_on, i.inactive_until as due_on, d.sha256
    from archive_items(${today}::date) i
    join documents d on d.id = i.document_id
    left join letters l on l.document_id = d.id
    left join requests r on r.id = d.request_id
    where i.standing = 'due' and i.is_over and (i.fate = 'destroy' or ${withReview})
    order by i.inactive_until, d.created_at, d.id limit ${limit}`.execute(tx)
  return rows
}

/**
 * Keeps what a proposal names and what is not over any more, whatever happened meanwhile: another schedule, a hold,
 * a service that names it again.
 * @returns how many it kept
 */
export async function keepWhatIsNotOver(
  tx: Tx,
  disposalId: string,
  today: LocalDate,
  reason: string,
): Promise<number> {
  const result = await tx
    .updateTable('disposal_items')
    .set({ state: 'kept', kept_reason: reason })
    .where('disposal_id', '=', disposalId)
    .where('state', '=', 'proposed')
    .where(
      sql<boolean>`document_id not in (select document_id from archive_items(${today}::date) where is_over)`,
    )
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** What the start page tells: how much is due and proposed by nobody, and which proposals wait for whom. */
export async function readArchiveTasks(
  tx: Tx,
  personId: string,
): Promise<{ readonly due: number; readonly toApprove: number; readonly toDestroy: number }> {
  const { rows } = await sql<{ due: number; toApprove: number; toDestroy: number }>`
    select (select count(*) from documents d where due_since is not null and destroyed_at is null and not exists (
        select from disposal_items i where i.document_id = d.id and i.state = 'proposed')) as due,
      (select count(*) from disposals where status = 'proposed' and proposed_by <> ${personId}) as "toApprove",
      (select count(*) from disposals where status = 'approved') as "toDestroy"`.execute(tx)
  return rows[0]!
}
