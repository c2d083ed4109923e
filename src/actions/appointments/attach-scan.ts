import { readAppointment } from '../../db/appointments.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { Upload } from '../requests/keep-document.ts'
import { keepDocument, refuseTooLarge } from '../requests/keep-document.ts'
import { requireGrant } from './may-grant.ts'

/** Files the scan of the letter behind an appointment; a later one takes its place, the earlier one stays on file. */
export async function attachScan(
  deps: Deps,
  member: Member,
  id: string,
  upload: Omit<Upload, 'kind'>,
): Promise<{ sha256: string }> {
  refuseTooLarge(upload)
  return act(deps, member, async (tx, write) => {
    const found = await readAppointment(tx, member.officeId, id)
    if (!found) throw notFound()
    await requireGrant(deps, tx, member, { personId: found.personId, role: found.role })
    const kept = await keepDocument(deps, tx, write, member, {
      ...upload,
      kind: 'appointment',
      requestId: null,
    })
    await tx.updateTable('appointments').set({ document_id: kept.id }).where('id', '=', id).execute()
    write.note({
      act: 'appointment.scanned',
      subject: { kind: 'appointment', id },
      details: { size: upload.bytes.length, sha256: kept.sha256 },
    })
    return { sha256: kept.sha256 }
  })
}
