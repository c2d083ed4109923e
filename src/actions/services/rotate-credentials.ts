import { Refused } from '../../domain/refused.ts'
import type { SealedHandOver } from '../../domain/fulfilment/seal.ts'
import { fileAccessOf } from '../../domain/office/server-drivers.ts'
import { contactMails } from '../../domain/text/contact-mails.ts'
import { credentialTexts } from '../../domain/text/credentials.ts'
import { manualText } from '../../domain/text/manual.ts'
import { swarmText } from '../../domain/text/swarm.ts'
import { hostDriverOf } from '../../db/office/servers.ts'
import type { Contact } from '../../domain/requests/application.ts'
import { hasReveal, insertReveal } from '../../db/services/reveals.ts'
import { lockService } from '../../db/services/services.ts'
import type { Deps, Member, SystemActor } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { sendMails } from '../send-mails.ts'

/** Asks for new credentials: by the agency's applicants, the technical contact or the operator. */
export async function requestRotation(deps: Deps, member: Member, serviceId: string): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const service = await lockService(tx, serviceId)
    if (!service || service.status !== 'live') throw notFound()
    const technical = service.technical_contact as Contact
    const isOwn =
      member.agencyIds.includes(service.agency_id) ||
      technical.email.toLowerCase() === member.email.toLowerCase()
    if (!isOwn && !member.roles.includes('operator')) throw notFound()
    if (!isOwn) requireRole(member, 'operator')
    if (!service.has_site) throw new Refused('no-site', credentialTexts.noSite, { status: 409 })
    const access = fileAccessOf(await hostDriverOf(tx, service.host_id))
    if (access === 'upload') throw new Refused('upload-only', swarmText.uploadOnly, { status: 409 })
    if (access === 'office') throw new Refused('access-by-office', manualText.accessByOffice, { status: 409 })
    await write.job('rotate-credentials', { officeId: member.officeId, serviceId, token: deps.newId() })
    write.note({ act: 'credentials.rotation-asked', subject: { kind: 'service', id: service.fqdn } })
  })
}

/**
 * Keeps rotated credentials for the technical contact, once for each id; what waited to be opened before is void. Both
 * contacts are told, with the address under which they are opened.
 */
export async function recordRotation(
  deps: Deps,
  actor: SystemActor,
  input: { readonly serviceId: string; readonly sealed: SealedHandOver; readonly url: string },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const service = await lockService(tx, input.serviceId)
    if (!service) throw notFound()
    if (await hasReveal(tx, input.sealed.id)) {
      write.note({ act: 'credentials.rotation-kept', subject: { kind: 'service', id: service.fqdn } })
      return
    }
    await insertReveal(tx, {
      officeId: actor.officeId,
      serviceId: service.id,
      requestId: null,
      contactEmail: (service.technical_contact as Contact).email,
      sealed: input.sealed,
      at: deps.now(),
    })
    const { name: office } = await tx
      .selectFrom('offices')
      .select('name')
      .where('id', '=', actor.officeId)
      .executeTakeFirstOrThrow()
    const contacts = [service.technical_contact, service.administrative_contact] as Contact[]
    const mail = contactMails.credentials({ service: service.fqdn, office, url: input.url })
    await sendMails(
      deps,
      write,
      contacts.flatMap(({ email }) => (email ? [email] : [])),
      mail,
    )
    write.note({
      act: 'credentials.rotated',
      subject: { kind: 'service', id: service.fqdn },
      details: { encrypted: input.sealed.recipient !== null },
    })
  })
}
