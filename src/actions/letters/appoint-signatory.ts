import type { SignatoryInput } from '../../domain/letters/signing.ts'
import { Refused } from '../../domain/refused.ts'
import { signatoryContext } from '../../domain/letters/signing.ts'
import { signingTexts } from '../../domain/text/signing.ts'
import { listSignatories } from '../../db/letters/signatories.ts'
import { readServerFile } from '../../db/office/servers.ts'
import type { Member } from '../act.ts'
import { act, requireRole } from '../act.ts'
import type { SealingDeps } from '../office/save-server.ts'

/**
 * Records who holds the office in which letters are signed, from which day to which, and by which way they sign.
 *
 * @returns its id
 * @throws Refused `signatory-unknown`, `signatory-overlaps` (409), `signature-way-unknown`
 */
export async function appointSignatory(
  deps: SealingDeps,
  member: Member,
  input: SignatoryInput,
): Promise<{ id: string }> {
  requireRole(member, 'administrator')
  const id = deps.newId()
  return act(deps, member, async (tx, write) => {
    const person = await tx
      .selectFrom('memberships')
      .select('person_id')
      .where('person_id', '=', input.personId)
      .where('active', '=', true)
      .where('role', '!=', 'applicant')
      .executeTakeFirst()
    if (!person) throw refuse('signatory-unknown', 'personId', 'personUnknown')
    // one at a time: two appointments for the same days must see each other
    await tx.selectFrom('offices').select('id').where('id', '=', member.officeId).forUpdate().execute()
    const overlapping = (await listSignatories(tx)).some(
      (known) => (known.acting === null) === (input.acting === undefined) && overlaps(known, input),
    )
    if (overlapping) throw refuse('signatory-overlaps', 'fromDay', 'overlaps')
    const server = input.serverId ? await readServerFile(tx, input.serverId) : undefined
    if (input.serverId && server?.kind !== 'signature')
      throw refuse('signature-way-unknown', 'serverId', 'wayUnknown')
    if (server?.driver === 'bsre' && input.nik === undefined) throw refuse('nik-missing', 'nik', 'nikMissing')
    await tx
      .insertInto('signatories')
      .values({
        id,
        office_id: member.officeId,
        person_id: input.personId,
        acting: input.acting ?? null,
        post: input.post,
        name: input.name,
        rank: input.rank ?? null,
        nip: input.nip ?? null,
        from_day: input.fromDay,
        until_day: input.untilDay ?? null,
        server_id: input.serverId ?? null,
        certificate_name: input.certificateName ?? null,
        sealed_nik: server?.driver === 'bsre' ? deps.seal(signatoryContext(id), input.nik!) : null,
        created_at: deps.now(),
      })
      .execute()
    write.note({
      act: 'signatory.appointed',
      subject: { kind: 'signatory', id },
      details: {
        post: input.post,
        from: input.fromDay,
        ...(input.acting && { acting: input.acting }),
        ...(input.untilDay && { until: input.untilDay }),
        ...(server && { way: server.driver }),
      },
      personal: { name: input.name, ...(input.nip && { nip: input.nip }) },
    })
    return { id }
  })
}

const overlaps = (
  known: { readonly fromDay: string; readonly untilDay: string | null },
  { fromDay, untilDay }: SignatoryInput,
): boolean =>
  (untilDay === undefined || known.fromDay <= untilDay) &&
  (known.untilDay === null || fromDay <= known.untilDay)

function refuse(
  reason: string,
  field: string,
  text: 'personUnknown' | 'overlaps' | 'wayUnknown' | 'nikMissing',
): Refused {
  const issues = [{ field, text: signingTexts[text] }]
  return new Refused(reason, signingTexts[text], { status: text === 'overlaps' ? 409 : 422, issues })
}
