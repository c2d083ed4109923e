import * as z from 'zod'
import { keepWhatIsNotOver, lockDisposal } from '../../db/archive/disposals.ts'
import type { Tx } from '../../db/database.ts'
import { readPaperOffice } from '../../db/office/settings.ts'
import { disposalApprovers, disposalKeepers } from '../../domain/access/duties.ts'
import { behalfIn } from '../../domain/access/appointments.ts'
import { roleTexts } from '../../domain/access/roles.ts'
import { localDate } from '../../domain/dates/zones.ts'
import type { LocalDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import { disposalTexts as text } from '../../domain/text/disposal.ts'
import { httpTexts } from '../../domain/text/http.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

const reason = z.string().trim().min(10).max(500)
export const keepTerms = ['1', '5', 'permanent'] as const
export const keepInput = z.strictObject({ record: z.uuid(), reason, term: z.enum(keepTerms) })
export const approvalInput = z.strictObject({
  consent: z
    .string()
    .trim()
    .min(3)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}]*$/u),
  consentDate: z.iso.date(),
})
export const dropInput = z.strictObject({ reason })

export const todayIn = async (deps: Deps, tx: Tx, officeId: string): Promise<LocalDate> =>
  localDate(deps.now(), (await readPaperOffice(tx, officeId)).timezone)

/** @throws Refused (404), `disposal-over` (409) for one that is finished */
async function openDisposal(tx: Tx, id: string) {
  const row = await lockDisposal(tx, id)
  if (!row) throw notFound()
  if (row.status === 'destroyed' || row.status === 'dropped')
    throw new Refused('disposal-over', text.notOpen, { status: 409 })
  return row
}

/** Takes one record out of a proposal with a reason (dinilai kembali): it is kept for some years, or for good. */
export async function keepRecord(
  deps: Deps,
  member: Member,
  disposalId: string,
  { record, reason: why, term }: z.infer<typeof keepInput>,
): Promise<void> {
  requireRole(member, ...disposalKeepers)
  await act(deps, member, async (tx, write) => {
    await openDisposal(tx, disposalId)
    const kept = await tx
      .updateTable('disposal_items')
      .set({ state: 'kept', kept_reason: why, kept_by: member.personId })
      .where('disposal_id', '=', disposalId)
      .where('document_id', '=', record)
      .where('state', '=', 'proposed')
      .returning('document_id')
      .executeTakeFirst()
    if (!kept) throw new Refused('not-proposed', text.notListed, { status: 409 })
    const [year, ...rest] = (await todayIn(deps, tx, member.officeId)).split('-')
    const until = `${Number(year) + Number(term)}-${rest.join('-').replace('02-29', '02-28')}`
    const { sha256 } = await tx
      .updateTable('documents')
      .set(term === 'permanent' ? { kept_for_good: true } : { kept_until: until })
      .set({ due_since: null })
      .where('id', '=', record)
      .returning('sha256')
      .executeTakeFirstOrThrow()
    write.note({
      act: 'archive.record-kept',
      subject: { kind: 'record', id: record },
      details: { disposal: disposalId, term, sha256 },
      personal: { reason: why },
    })
  })
}

/**
 * Approves a proposal, with the written consent that the law asks for. Nothing is destroyed by it.
 * @throws Refused `own-proposal` (403), `disposal-decided` (409), `nothing-left` (409)
 */
export async function approveDisposal(
  deps: Deps,
  member: Member,
  id: string,
  { consent, consentDate }: z.infer<typeof approvalInput>,
): Promise<void> {
  requireRole(member, ...disposalApprovers)
  await act(deps, member, async (tx, write) => {
    const row = await openDisposal(tx, id)
    if (row.proposed_by === member.personId)
      throw new Refused('own-proposal', text.ownProposal, { status: 403 })
    if (row.status !== 'proposed') throw new Refused('disposal-decided', text.approvedBefore, { status: 409 })
    const today = await todayIn(deps, tx, member.officeId)
    if (consentDate > today) {
      const issues = [{ field: 'consentDate', text: text.consentLater }]
      throw new Refused('bad-input', httpTexts.badInput, { issues })
    }
    const kept = await keepWhatIsNotOver(tx, id, today, text.noLongerDue.id)
    const records = await countProposed(tx, id)
    if (records === 0) throw new Refused('nothing-left', text.nothingLeft, { status: 409 })
    const behalf = behalfIn(member, 'head-of-office')
    const approvedAs = [behalf?.form, roleTexts['head-of-office'].id].filter(Boolean).join(' ')
    await tx
      .updateTable('disposals')
      .set({
        status: 'approved',
        approved_by: member.personId,
        approved_as: approvedAs,
        approved_at: deps.now(),
        consent,
        consent_date: consentDate,
      })
      .where('id', '=', id)
      .execute()
    write.note({
      act: 'archive.disposal-approved',
      subject: { kind: 'disposal', id },
      role: 'head-of-office',
      details: { records, kept, consent, consentDate },
    })
  })
}

async function countProposed(tx: Tx, id: string): Promise<number> {
  const { count } = await tx
    .selectFrom('disposal_items')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('disposal_id', '=', id)
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow()
  return count
}

/** Calls a proposal off: everything stays and is due again. */
export async function dropDisposal(
  deps: Deps,
  member: Member,
  id: string,
  { reason: why }: z.infer<typeof dropInput>,
): Promise<void> {
  requireRole(member, ...disposalKeepers)
  await act(deps, member, async (tx, write) => {
    await openDisposal(tx, id)
    await tx
      .updateTable('disposals')
      .set({
        status: 'dropped',
        dropped_by: member.personId,
        dropped_at: deps.now(),
        drop_reason: why,
      })
      .where('id', '=', id)
      .execute()
    await tx
      .updateTable('disposal_items')
      .set({ state: 'dropped' })
      .where('disposal_id', '=', id)
      .where('state', '=', 'proposed')
      .execute()
    write.note({
      act: 'archive.disposal-dropped',
      subject: { kind: 'disposal', id },
      personal: { reason: why },
    })
  })
}
