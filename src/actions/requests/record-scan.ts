import type { Jobs } from '../../db/queue.ts'
import { decide } from '../../domain/requests/decide.ts'
import type { Tx } from '../../db/database.ts'
import { laterOfKind } from '../../db/requests/scans.ts'
import type { Deps, SystemActor, Write } from '../act.ts'
import { act, notFound } from '../act.ts'
import type { LoadedRequest } from './load.ts'
import { loadRequestById } from './load.ts'
import { move } from './move.ts'

export type Scanned = {
  readonly documentId: string
  /** Null for the letter behind an appointment. */
  readonly requestId: string | null
  /** The name of the signature, or null when the scanner found nothing. */
  readonly finding: string | null
  /** For whom it concerns; sent with the commit, when something was found. */
  readonly mails: readonly Jobs['send-mail'][]
}

/**
 * Records once what the scanner said about a document. When it found something the document stays where nobody can
 * have it, and what needs it waits for another file.
 * @throws Refused `not-found` when it was recorded before
 */
export async function recordScan(deps: Deps, actor: SystemActor, scanned: Scanned): Promise<void> {
  const { documentId, requestId, finding, mails } = scanned
  await act(deps, actor, async (tx, write) => {
    const loaded = requestId === null ? undefined : await loadRequestById(tx, requestId)
    const document = await tx
      .updateTable('documents')
      .set({ scan: finding === null ? 'clean' : 'found', scan_finding: finding })
      .where('id', '=', documentId)
      .where('scan', '=', 'waiting')
      .returning(['kind', 'sha256', 'created_at'])
      .executeTakeFirst()
    // two rounds met: the first one recorded it
    if (!document) throw notFound()
    const subject = loaded
      ? ({ kind: 'request', id: loaded.row.ticket } as const)
      : ({ kind: 'document', id: documentId } as const)
    const details = { document: document.kind, sha256: document.sha256 }
    if (finding === null) return write.note({ act: 'document.scanned', subject, details })
    if (loaded) await withhold(deps, actor, tx, write, loaded, { ...document, documentId })
    for (const mail of mails) await write.job('send-mail', mail)
    return write.note({ act: 'document.quarantined', subject, details: { ...details, finding } })
  })
}

/** Unless another file has taken its place already. */
async function withhold(
  deps: Deps,
  actor: SystemActor,
  tx: Tx,
  write: Write,
  loaded: LoadedRequest,
  { kind, documentId, created_at }: { kind: string; documentId: string; created_at: Date },
): Promise<void> {
  const { row, sop } = loaded
  if (row.phase === 'ended') return
  if (await laterOfKind(tx, row.id, { id: documentId, kind, created_at })) return
  const decision = decide(sop, row.state, { type: 'withhold', document: kind }, { kind: 'system' })
  const data = { document: kind, documentId }
  await move(deps, actor, tx, write, loaded, decision, { type: 'withheld', data })
}
