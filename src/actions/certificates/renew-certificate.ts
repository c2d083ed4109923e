import { insertCertificate, lockCertificate } from '../../db/certificates/certificates.ts'
import { isUniqueViolation } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

/** Wants a certificate in the place of one in use, which stays until the new one is installed. */
export async function renewCertificate(
  deps: Deps,
  actor: SystemActor,
  old: { readonly id: string; readonly fqdn: string },
): Promise<void> {
  try {
    await act(deps, actor, async (tx, write) => {
      const row = await lockCertificate(tx, old.id)
      write.note({ act: 'certificate.wanted', subject: { kind: 'service', id: old.fqdn } })
      if (row?.status !== 'live') return
      const id = deps.newId()
      await insertCertificate(tx, {
        id,
        officeId: actor.officeId,
        serviceId: row.service_id,
        authorityId: row.ca_id,
        // By itself again; whether it goes with others shows when its turn comes.
        names: [old.fqdn],
        replacesId: row.id,
        at: deps.now(),
      })
      await write.job('issue-certificate', { officeId: actor.officeId, certificateId: id })
    })
  } catch (error) {
    // somebody else wanted it in the same moment
    if (!isUniqueViolation(error, 'certificates_one_waiting')) throw error
  }
}
