import { recordCertificateEnd } from '../actions/certificates/record-certificate.ts'
import { readCertificate } from '../db/certificates/certificates.ts'
import { isShared } from '../db/certificates/queue.ts'
import { inScope } from '../db/database.ts'
import { readServer } from '../db/office/servers.ts'
import type { Jobs } from '../db/queue.ts'
import type { JobDeps } from './deps.ts'

/** Revokes the certificate of a service that was closed. One that ended by itself meanwhile needs nobody's word. */
export async function revokeCertificate(deps: JobDeps, job: Jobs['revoke-certificate']): Promise<void> {
  const scope = { officeId: job.officeId }
  const { certificate, authority } = await inScope(deps.db, scope, async (tx) => {
    const certificate = await readCertificate(tx, job.certificateId)
    return { certificate, authority: certificate && (await readServer(tx, certificate.ca_id)) }
  })
  if (certificate?.status !== 'revoking' || !authority) return
  const { chain, serial, not_after: notAfter } = certificate
  if (serial !== null && (await inScope(deps.db, scope, (tx) => isShared(tx, serial, certificate.id))))
    return recordCertificateEnd(deps, { kind: 'system', ...scope }, certificate, 'replaced')
  if (chain !== null && notAfter !== null && notAfter > deps.now())
    await deps.certificatesOf(authority).revoke(chain, 'cessationOfOperation')
  await recordCertificateEnd(deps, { kind: 'system', ...scope }, certificate, 'revoked')
}
