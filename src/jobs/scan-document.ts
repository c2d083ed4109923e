import { recordScan } from '../actions/requests/record-scan.ts'
import { inScope } from '../db/database.ts'
import type { Tx } from '../db/database.ts'
import type { Jobs } from '../db/queue.ts'
import { peopleOfActor } from '../db/requests/recipients.ts'
import type { Recipient } from '../db/requests/recipients.ts'
import type { RequestRow } from '../db/requests/requests.ts'
import { readRequestById } from '../db/requests/requests.ts'
import { readSopVersion } from '../db/sops.ts'
import { mailTexts } from '../domain/text/mails.ts'
import type { JobDeps } from './deps.ts'
import { aboutRequest, messagesOf } from './mail-out.ts'

/**
 * Has one document scanned and records the verdict. What is not known stays as it is, and scan-waiting asks again.
 * @throws ScanFailure when the scanner gave no verdict
 */
export async function scanDocumentOnce(deps: JobDeps, job: Jobs['scan-document']): Promise<void> {
  if (!deps.scanner) return
  const { officeId, documentId } = job
  const document = await inScope(deps.db, { officeId }, (tx) =>
    tx
      .selectFrom('documents')
      .select(['id', 'bytes', 'request_id', 'filename', 'uploaded_by'])
      .where('id', '=', documentId)
      .where('scan', '=', 'waiting')
      .executeTakeFirst(),
  )
  // what was destroyed meanwhile is scanned by nobody
  if (!document?.bytes) return
  const { request_id: requestId } = document
  const verdict = await deps.scanner.scan(document.bytes)
  const actor = { kind: 'system', officeId } as const
  if (verdict.kind === 'clean')
    return recordScan(deps, actor, { documentId, requestId, finding: null, mails: [] })
  const { finding } = verdict
  if (requestId === null) return recordScan(deps, actor, { documentId, requestId, finding, mails: [] })
  const mails = await inScope(deps.db, { officeId }, async (tx) => {
    const row = (await readRequestById(tx, requestId))!
    const { about } = await aboutRequest(tx, row, deps.settings.publicUrl)
    const mail = mailTexts.withheld(about, document.filename, finding)
    return messagesOf({
      key: `scan ${documentId}`,
      to: await concerned(tx, row, document.uploaded_by, deps.now()),
      mail,
    })
  })
  return recordScan(deps, actor, { documentId, requestId, finding, mails })
}

/** Who handed it in, and the desk once the request lies there. */
async function concerned(
  tx: Tx,
  row: RequestRow,
  uploader: string | null,
  at: Date,
): Promise<readonly Recipient[]> {
  const sop = await readSopVersion(tx, row.sop_id, row.sop_version)
  const desk = row.turn === 'office' ? row.actor : sop.actors.find((each) => each.party === 'office')?.id
  const people = row.phase === 'draft' || !desk ? [] : await peopleOfActor(tx, sop, row, desk, at)
  const own = await tx
    .selectFrom('auth_user')
    .select(['id as personId', 'email', 'name'])
    .where('id', '=', uploader)
    .execute()
  return [...new Map([...own, ...people].map((each) => [each.email, each])).values()]
}
