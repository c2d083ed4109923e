import { createHash } from 'node:crypto'
import type { Tx } from '../../db/database.ts'
import { Refused } from '../../domain/refused.ts'
import type { PdfContent } from '../../domain/requests/pdf-content.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import type { Deps, Member, Write } from '../act.ts'

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

/** @throws Refused (413); the bytes were inspected before (domain/requests/pdf-shape), the size is checked again */
export function refuseTooLarge({ bytes }: Pick<Upload, 'bytes'>): void {
  if (bytes.length > maxDocumentBytes)
    throw new Refused('document-too-large', documentTexts.tooLarge, { status: 413 })
}

/** Keeps what somebody uploaded, of a request or of none; where there is a scanner it waits for it. */
export async function keepDocument(
  deps: Deps,
  tx: Tx,
  write: Write,
  member: Member,
  upload: Upload & { readonly requestId: string | null },
): Promise<{ id: string; sha256: string }> {
  const id = deps.newId()
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex')
  await tx
    .insertInto('documents')
    .values({
      id,
      office_id: member.officeId,
      request_id: upload.requestId,
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
    await write.job('scan-document', { officeId: member.officeId, documentId: id }, { once: true })
  return { id, sha256 }
}

/** A file name that is only a name: no path, no control or direction characters, at most 120 characters. */
function safeFilename(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = base.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return clean === '' ? 'dokumen.pdf' : clean.slice(-120)
}
