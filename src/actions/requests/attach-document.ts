import { createHash } from 'node:crypto'
import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import type { PdfContent } from '../../domain/requests/pdf-content.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

export type Upload = {
  /** The document id of the SOP's requirement, or `attachment` for anything else. */
  readonly kind: string
  readonly filename: string
  readonly mediaType: 'application/pdf'
  readonly content: PdfContent
  readonly bytes: Buffer
}

/** A document of at most this many octets is taken in. */
export const maxDocumentBytes = 10 * 1024 * 1024

/**
 * Attaches a document to a request; a later one of the same kind takes its place, the earlier one stays on file.
 * The bytes were inspected before (domain/requests/pdf-shape): here only size and kind are checked again.
 * @returns the document's id
 */
export async function attachDocument(
  deps: Deps,
  member: Member,
  ticket: string,
  upload: Upload,
): Promise<{ id: string; sha256: string }> {
  if (upload.bytes.length > maxDocumentBytes)
    throw new Refused('document-too-large', documentTexts.tooLarge, { status: 413 })
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex')
  return act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const kinds = sop.steps.flatMap((step) => step.requirements.map((requirement) => requirement.document))
    if (upload.kind !== 'attachment' && !kinds.includes(upload.kind))
      throw new Refused('document-kind-unknown', documentTexts.kindUnknown)
    const doer = doerOf(member, loaded)
    if (doer.kind !== 'person' || doer.actors.length === 0)
      throw new Refused('not-allowed', documentTexts.notYours, { status: 403 })
    const decision = decide(sop, row.state, { type: 'deliver', document: upload.kind }, doer)
    const id = deps.newId()
    await tx
      .insertInto('documents')
      .values({
        id,
        office_id: row.office_id,
        request_id: row.id,
        kind: upload.kind,
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
    if (deps.scansUploads)
      await write.job('scan-document', { officeId: row.office_id, documentId: id }, { once: true })
    await move(deps, member, tx, write, loaded, decision, {
      type: 'delivered',
      data: { document: upload.kind, documentId: id },
    })
    write.note({
      act: 'document.attached',
      subject: { kind: 'request', id: ticket },
      details: { document: upload.kind, size: upload.bytes.length, sha256, ...seenIn(upload.content) },
    })
    return { id, sha256 }
  })
}

/** For the logbook: the pages where they are known, and what else was seen in the file where there was anything. */
const seenIn = ({ pages, carries }: PdfContent) => ({
  ...(pages === null ? {} : { pages }),
  ...(carries.length === 0 ? {} : { carries: carries.join(' ') }),
})

/** A file name that is only a name: no path, no control or direction characters, at most 120 characters. */
export function safeFilename(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = base.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return clean === '' ? 'dokumen.pdf' : clean.slice(-120)
}
