import type { Tx } from '../../db/database.ts'
import { insertCertificate } from '../../db/certificates/certificates.ts'
import { defaultAuthority, readServer } from '../../db/office/servers.ts'
import { isUniqueViolation } from '../../db/database.ts'
import { installsCertificates } from '../../domain/office/server-drivers.ts'
import type { Deps, SystemActor, Write } from '../act.ts'
import { act } from '../act.ts'

/** Part of the act that puts a site into service: its certificate follows, where the office has an authority. */
export async function wantCertificate(
  deps: Deps,
  tx: Tx,
  write: Write,
  service: {
    readonly officeId: string
    readonly serviceId: string
    readonly fqdn: string
    readonly hostId: string
  },
): Promise<void> {
  const authority = await defaultAuthority(tx)
  const host = await readServer(tx, service.hostId)
  if (!authority || !host || !installsCertificates(host.driver)) return
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

/** Wants the certificate of a site that went live before the office had an authority. */
export async function wantMissingCertificate(
  deps: Deps,
  actor: SystemActor,
  service: { readonly serviceId: string; readonly fqdn: string; readonly hostId: string },
): Promise<void> {
  try {
    await act(deps, actor, (tx, write) =>
      wantCertificate(deps, tx, write, { officeId: actor.officeId, ...service }),
    )
  } catch (error) {
    // a request put the site into service in the same moment
    if (!isUniqueViolation(error, 'certificates_one_waiting')) throw error
  }
}
