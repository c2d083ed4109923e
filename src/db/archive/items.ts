import { sql } from 'kysely'
import type { Fate, PaperKind } from '../../domain/archive/schedule.ts'
import type { Destruction } from '../../domain/archive/destroyed.ts'
import type { Standing, Use } from '../../domain/archive/standing.ts'
import type { LocalDate } from '../../domain/dates/zones.ts'
import type { Tx } from '../database.ts'
import { destructionOf } from './gone.ts'

/** One paper of the office: what it is, its class, its days, and where it stands today. */
export type ArchiveItem = {
  readonly id: string
  readonly kind: PaperKind
  /** The letter's number, or the name of the file. */
  readonly name: string
  /** Of a letter, or of the letter that came in; nothing for other files. */
  readonly number: string | null
  readonly letterId: string | null
  readonly ticket: string | null
  readonly agency: string | null
  readonly sha256: string
  readonly size: number
  readonly filedOn: LocalDate
  readonly code: string | null
  readonly class: string | null
  readonly fate: Fate | null
  readonly confirmed: boolean
  readonly years: number | null
  readonly inUse: Use | null
  readonly startedOn: LocalDate | null
  readonly activeUntil: LocalDate | null
  readonly inactiveUntil: LocalDate | null
  readonly isOver: boolean
  readonly standing: Standing
  readonly heldReason: string | null
  readonly createdAt: Date
  readonly destroyed: Destruction | null
}

type Page = {
  readonly limit: number
  readonly after?: { readonly at: Date; readonly id: string } | undefined
}
type Filter = {
  readonly standing?: Standing | undefined
  readonly requestId?: string
  readonly documentId?: string
}

/** @returns papers of the office in scope, the newest first */
export async function listArchive(
  tx: Tx,
  today: LocalDate,
  { standing, requestId, documentId }: Filter,
  { limit, after }: Page,
): Promise<readonly ArchiveItem[]> {
  const { rows } = await sql<ArchiveItem>`
    select i.document_id as id, i.paper as kind, coalesce(l.number, d.filename) as name, l.number, l.id as "letterId",
      r.ticket, a.name as agency, d.sha256, d.size, i.filed_on as "filedOn", i.code, i.title as class, i.fate,
      i.confirmed, i.years, i.in_use as "inUse", i.started_on as "startedOn", i.active_until as "activeUntil",
      i.inactive_until as "inactiveUntil", i.is_over as "isOver", i.standing, d.held_reason as "heldReason",
      d.created_at as "createdAt", ${destructionOf('d.id')} as destroyed
    from archive_items(${today}::date, ${requestId ?? null}::uuid) i
    join documents d on d.id = i.document_id
    left join letters l on l.document_id = d.id
    left join requests r on r.id = d.request_id
    left join agencies a on a.id = r.agency_id
    where ${standing ? sql`i.standing = ${standing}` : sql`true`}
      and ${requestId ? sql`d.request_id = ${requestId}` : sql`true`}
      and ${documentId ? sql`d.id = ${documentId}` : sql`true`}
      and ${after ? sql`(d.created_at, d.id::text) < (${after.at}::timestamptz, ${after.id}::text)` : sql`true`}
    order by d.created_at desc, d.id::text desc limit ${limit}`.execute(tx)
  return rows
}

/** @returns how many papers stand where */
export async function countArchive(
  tx: Tx,
  today: LocalDate,
): Promise<Readonly<Partial<Record<Standing, number>>>> {
  const { rows } = await sql<{ standing: Standing; count: number }>`
    select standing, count(*) as count from archive_items(${today}::date) group by standing`.execute(tx)
  return Object.fromEntries(rows.map(({ standing, count }) => [standing, count]))
}
