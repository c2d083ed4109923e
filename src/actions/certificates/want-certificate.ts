import type { Tx } from '../../db/database.ts'
import { insertCertificate } from '../../db/certificates/certificates.ts'
import { defaultAuthority } from '../../db/office/servers.ts'
import type { Deps, Write } from '../act.ts'

/** Part of the act that puts a site into service: its certificate follows, where the office has an authority. */
export async function wantCertificate(
  deps: Deps,
  tx: Tx,
  write: Write,
  service: { readonly officeId: string; readonly serviceId: string; readonly fqdn: string },
): Promise<void> {
  const authority = await defaultAuthority(tx)
  if (!authority) return
  const id = deps.newId()
  await insertCertificate(tx, {
    id,
    officeId: service.officeId,
    serviceId: service.serviceId,
    authorityId: authority.id,
    names: [service.fqdn],
    replacesId: null,
    at: deps.now(),
  })
  await write.job('issue-certificate', { officeId: service.officeId, certificateId: id })
  write.note({ act: 'certificate.wanted', subject: { kind: 'service', id: service.fqdn } })
}
