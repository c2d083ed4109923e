import { releasers } from '../../domain/access/duties.ts'
import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import { documentTexts } from '../../domain/text/documents.ts'
import { laterOfKind } from '../../db/requests/scans.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/**
 * Releases a document that the malware scanner holds back, or has not answered about: a head of the office says with a
 * reason that it is a false alarm. It counts as delivered again, unless another file has taken its place.
 *
 * @throws Refused `not-allowed` (403) for who handed it in, `document-not-held` (409)
 */
export async function releaseDocument(
  deps: Deps,
  member: Member,
  ticket: string,
  { document: id, reason }: { readonly document: string; readonly reason: string },
): Promise<void> {
  requireRole(member, ...releasers)
  if (reason.trim().length < 10) throw new Refused('reason-missing', documentTexts.releaseReason)
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const document = await tx
      .selectFrom('documents')
      .select(['id', 'kind', 'sha256', 'scan', 'scan_finding', 'uploaded_by', 'created_at'])
      .where('request_id', '=', row.id)
      .where((eb) => eb(eb.cast<string>('id', 'text'), '=', id))
      .executeTakeFirst()
    if (!document) throw notFound()
    if (document.uploaded_by === member.personId)
      throw new Refused('not-allowed', documentTexts.releaseOwn, { status: 403 })
    if (document.scan !== 'found' && document.scan !== 'waiting')
      throw new Refused('document-not-held', documentTexts.notHeld, { status: 409 })
    await tx
      .updateTable('documents')
      .set({ scan: 'clean', scan_finding: null })
      .where('id', '=', document.id)
      .execute()
    if (row.phase !== 'ended' && !(await laterOfKind(tx, row.id, document))) {
      const doer = doerOf(member, loaded)
      const decision = decide(sop, row.state, { type: 'deliver', document: document.kind }, doer)
      const data = { document: document.kind, documentId: document.id, reason }
      await move(deps, member, tx, write, loaded, decision, { type: 'released', data })
    }
    write.note({
      act: 'document.released',
      subject: { kind: 'request', id: ticket },
      details: {
        document: document.kind,
        sha256: document.sha256,
        was: document.scan,
        ...(document.scan_finding && { finding: document.scan_finding }),
        reason,
      },
    })
  })
}
