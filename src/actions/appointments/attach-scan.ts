import { createHash } from 'node:crypto'
import { Refused } from '../../domain/refused.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import { readAppointment } from '../../db/appointments.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { Upload } from '../requests/attach-document.ts'
import { maxDocumentBytes, safeFilename } from '../requests/attach-document.ts'
import { requireGrant } from './may-grant.ts'

/** Files the scan of the letter behind an appointment; a later one takes its place, the earlier one stays on file. */
export async function attachScan(
  deps: Deps,
  member: Member,
  id: string,
  upload: Omit<Upload, 'kind'>,
): Promise<{ sha256: string }> {
  if (upload.bytes.length > maxDocumentBytes)
    throw new Refused('document-too-large', documentTexts.tooLarge, { status: 413 })
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex')
  return act(deps, member, async (tx, write) => {
    const found = await readAppointment(tx, member.officeId, id)
    if (!found) throw notFound()
    await requireGrant(deps, tx, member, { personId: found.personId, role: found.role })
    const documentId = deps.newId()
    await tx
      .insertInto('documents')
      .values({
        id: documentId,
        office_id: member.officeId,
        request_id: null,
        kind: 'appointment',
        filename: safeFilename(upload.filename),
        media_type: upload.mediaType,
        size: upload.bytes.length,
        sha256,
        bytes: upload.bytes,
        uploaded_by: member.personId,
        created_at: deps.now(),
        pages: upload.content.pages,
        carries: [...upload.content.carries],
        scan: deps.scansUploads ? 'waiting' : 'off',
      })
      .execute()
    await tx.updateTable('appointments').set({ document_id: documentId }).where('id', '=', id).execute()
    if (deps.scansUploads)
      await write.job('scan-document', { officeId: member.officeId, documentId }, { once: true })
    write.note({
      act: 'appointment.scanned',
      subject: { kind: 'appointment', id },
      details: { size: upload.bytes.length, sha256 },
    })
    return { sha256 }
  })
}
