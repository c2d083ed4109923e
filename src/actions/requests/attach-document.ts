import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import type { PdfContent } from '../../domain/requests/pdf-content.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import type { Upload } from './keep-document.ts'
import { keepDocument, refuseTooLarge } from './keep-document.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

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
  refuseTooLarge(upload)
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
    const { id, sha256 } = await keepDocument(deps, tx, write, member, { ...upload, requestId: row.id })
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
