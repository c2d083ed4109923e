import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import * as z from 'zod'
import type { DisposalItem } from '../../db/archive/disposals.ts'
import { keepWhatIsNotOver, listDisposalItems, lockDisposal } from '../../db/archive/disposals.ts'
import type { Tx } from '../../db/database.ts'
import type { Tables } from '../../db/schema.ts'
import { archivists } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { disposalTexts as text } from '../../domain/text/disposal.ts'
import { scheduleTexts } from '../../domain/text/retention-schedule.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { todayIn } from './decide-disposal.ts'
import type { RecordText } from './number-record.ts'
import { numberRecord } from './number-record.ts'

const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(3)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u)

export const destructionInput = z.strictObject({
  legalName: plain(120),
  legalPost: plain(200),
  auditName: plain(120),
  auditPost: plain(200),
  sure: z.enum(['yes']),
})
/** What the registers tell of a letter after its content is gone. */
const toldByRegisters = [
  'kind',
  'subject',
  'recipient',
  'receivedBy',
  'service',
  'fqdn',
  'outcome',
  'signature',
]

/**
 * Destroys what another person approved: the bytes of the files and the content of the letters go, the record takes
 * its number, and the logbook tells each of them, all in one transaction. What is not over any more is kept.
 * @throws Refused `not-approved` (409), `disposal-over` (409), `nothing-left` (409)
 */
export async function destroyRecords(
  deps: Deps,
  member: Member,
  id: string,
  input: z.infer<typeof destructionInput>,
  publicUrl: string,
): Promise<{ count: number; number: string }> {
  requireRole(member, ...archivists)
  return act(deps, member, async (tx, write) => {
    const row = await lockDisposal(tx, id)
    if (!row) throw notFound()
    if (row.status === 'proposed') throw new Refused('not-approved', text.notApproved, { status: 409 })
    if (row.status !== 'approved') throw new Refused('disposal-over', text.notOpen, { status: 409 })
    const today = await todayIn(deps, tx, member.officeId)
    await lockRecords(tx, id)
    const kept = await keepWhatIsNotOver(tx, id, today, text.noLongerDue.id)
    const items = (await listDisposalItems(tx, id)).filter(({ state }) => state === 'proposed')
    if (items.length === 0) throw new Refused('nothing-left', text.nothingLeft, { status: 409 })
    const { sure: _sure, ...witnesses } = input
    const { letterId, number } = await numberRecord(deps, tx, write, {
      officeId: member.officeId,
      publicUrl,
      said: saidOf(row, items, witnesses),
    })
    await eraseContent(deps, tx, items)
    await tx
      .updateTable('disposal_items')
      .set({ state: 'destroyed' })
      .where('disposal_id', '=', id)
      .where('state', '=', 'proposed')
      .execute()
    await tx
      .updateTable('disposals')
      .set({
        status: 'destroyed',
        destroyed_by: member.personId,
        destroyed_at: deps.now(),
        letter_id: letterId,
      })
      .where('id', '=', id)
      .execute()
    for (const { document_id, name, paper, filed_on, code, sha256 } of items)
      write.note({
        act: 'archive.record-destroyed',
        subject: { kind: 'record', id: document_id },
        details: { name, paper, dated: filed_on, code, sha256, record: number },
      })
    write.note({
      act: 'archive.disposal-destroyed',
      subject: { kind: 'disposal', id },
      details: { records: items.length, kept, record: number },
    })
    return { count: items.length, number }
  })
}

/** What the record says of the proposal and of each paper. */
const saidOf = (
  { consent, consent_date, approved_as }: Selectable<Tables['disposals']>,
  items: readonly DisposalItem[],
  { legalName, legalPost, auditName, auditPost }: Omit<z.infer<typeof destructionInput>, 'sure'>,
): RecordText => ({
  consent: { number: consent!, date: consent_date! },
  approver: approved_as!,
  items: items.map((item) => ({
    code: item.code,
    record: `${scheduleTexts.papers[item.paper].id}: ${item.name}${item.number === '-' ? '' : ` (${item.number})`}`,
    filedOn: item.filed_on,
    years: item.years,
    sha256: item.sha256,
  })),
  witnesses: [
    { name: legalName, post: legalPost },
    { name: auditName, post: auditPost },
  ],
})

/** Locks the documents of a proposal in one order, so that a hold comes before or after and never in between. */
const lockRecords = (tx: Tx, disposalId: string) =>
  tx
    .selectFrom('documents')
    .select('id')
    .where('id', 'in', (eb) =>
      eb.selectFrom('disposal_items').select('document_id').where('disposal_id', '=', disposalId),
    )
    .orderBy('id')
    .forUpdate()
    .execute()

async function eraseContent(deps: Deps, tx: Tx, items: readonly DisposalItem[]): Promise<void> {
  const ids = items.map(({ document_id }) => document_id)
  await tx
    .updateTable('documents')
    .set({ bytes: null, destroyed_at: deps.now(), due_since: null })
    .where('id', 'in', ids)
    .execute()
  // a letter lies beside its PDF as data, from which it could be set again
  await tx
    .updateTable('letters')
    .set({
      data: sql`coalesce((select jsonb_object_agg(key, value) from jsonb_each(data)
        where key = any(${toldByRegisters}::text[])), '{}')`,
    })
    .where('document_id', 'in', ids)
    .execute()
}
