import * as z from 'zod'
import { recordHolders } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { archiveRecordTexts } from '../../domain/text/archive-records.ts'
import { goneOf } from '../../db/archive/gone.ts'
import type { Tx } from '../../db/database.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

export const holdInput = z.strictObject({ reason: z.string().trim().min(10).max(500) })

async function lockRecord(tx: Tx, id: string) {
  const row = await tx
    .selectFrom('documents')
    .select(['sha256', 'held_at', 'destroyed_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  if (row.destroyed_at) await goneOf(tx, id)
  return row
}

/** Holds a record beyond its time: it leaves an open proposal and is never due until it is released. */
export async function holdRecord(
  deps: Deps,
  member: Member,
  id: string,
  { reason }: z.infer<typeof holdInput>,
): Promise<void> {
  requireRole(member, ...recordHolders)
  await act(deps, member, async (tx, write) => {
    const { sha256, held_at } = await lockRecord(tx, id)
    if (held_at) throw new Refused('record-held', archiveRecordTexts.alreadyHeld, { status: 409 })
    await tx
      .updateTable('documents')
      .set({ held_at: deps.now(), held_reason: reason, due_since: null })
      .where('id', '=', id)
      .execute()
    await tx
      .updateTable('disposal_items')
      .set({ state: 'kept', kept_reason: reason, kept_by: member.personId })
      .where('document_id', '=', id)
      .where('state', '=', 'proposed')
      .execute()
    write.note({
      act: 'archive.record-held',
      subject: { kind: 'record', id },
      details: { sha256 },
      personal: { reason },
    })
  })
}

/** Lets a held record go on as its class says. */
export async function releaseRecord(deps: Deps, member: Member, id: string): Promise<void> {
  requireRole(member, ...recordHolders)
  await act(deps, member, async (tx, write) => {
    const { sha256, held_at } = await lockRecord(tx, id)
    if (!held_at) throw new Refused('record-not-held', archiveRecordTexts.notHeld, { status: 409 })
    await tx.updateTable('documents').set({ held_at: null, held_reason: null }).where('id', '=', id).execute()
    write.note({ act: 'archive.record-released', subject: { kind: 'record', id }, details: { sha256 } })
  })
}
