import { createHash } from 'node:crypto'
import type { Text } from '../../domain/refused.ts'
import { Refused } from '../../domain/refused.ts'
import { fileAccessOf } from '../../domain/office/server-drivers.ts'
import { credentialTexts } from '../../domain/text/credentials.ts'
import { manualText } from '../../domain/text/manual.ts'
import { hostDriverOf } from '../../db/office/servers.ts'
import { json } from '../../db/database.ts'
import { lockService } from '../../db/services/services.ts'
import type { Deps, Member, SystemActor } from '../act.ts'
import { act, notFound } from '../act.ts'

/** The largest archive the portal takes, in octets; larger sites go by SFTP. */
export const maxArchiveBytes = 50 * 1024 * 1024

/**
 * Takes a ZIP archive for a site; a job puts it online, all of it or nothing.
 * @returns the deployment's id, under which its outcome shows
 */
export function uploadArchive(
  deps: Deps,
  member: Member,
  serviceId: string,
  file: { readonly filename: string; readonly bytes: Buffer },
): Promise<{ id: string }> {
  if (file.bytes.length > maxArchiveBytes)
    throw new Refused('archive-too-large', credentialTexts.archiveTooLarge, { status: 413 })
  const sha256 = createHash('sha256').update(file.bytes).digest('hex')
  return act(deps, member, async (tx, write) => {
    const service = await lockService(tx, serviceId)
    if (!service || service.status !== 'live') throw notFound()
    if (!member.agencyIds.includes(service.agency_id) && !member.roles.includes('operator')) throw notFound()
    if (!service.has_site) throw new Refused('no-site', credentialTexts.noSite, { status: 409 })
    if (fileAccessOf(await hostDriverOf(tx, service.host_id)) === 'office')
      throw new Refused('access-by-office', manualText.accessByOffice, { status: 409 })
    const id = deps.newId()
    await tx
      .insertInto('site_deployments')
      .values({
        id,
        office_id: member.officeId,
        service_id: serviceId,
        uploaded_by: member.personId,
        filename: file.filename.slice(-120),
        size: file.bytes.length,
        sha256,
        bytes: file.bytes,
        status: 'queued',
        created_at: deps.now(),
      })
      .execute()
    await write.job('deploy-archive', { officeId: member.officeId, deploymentId: id })
    write.note({
      act: 'site.archive-uploaded',
      subject: { kind: 'service', id: service.fqdn },
      details: { size: file.bytes.length, sha256 },
    })
    return { id }
  })
}

/** Records what the site host made of an archive; its bytes are not kept any longer. */
export async function recordDeployment(
  deps: Deps,
  actor: SystemActor,
  input: {
    readonly id: string
    readonly fqdn: string
    readonly status: 'live' | 'refused'
    readonly outcome: Text | null
  },
): Promise<void> {
  await act(deps, actor, async (tx, write) => {
    const updated = await tx
      .updateTable('site_deployments')
      .set({
        status: input.status,
        outcome: input.outcome === null ? null : json(input.outcome),
        bytes: null,
        done_at: deps.now(),
      })
      .where('id', '=', input.id)
      .where('status', '=', 'queued')
      .executeTakeFirst()
    const act = input.status === 'live' ? 'site.deployed' : 'site.archive-refused'
    write.note({
      act: updated.numUpdatedRows > 0n ? act : 'site.deployment-kept',
      subject: { kind: 'service', id: input.fqdn },
      details: input.outcome === null ? {} : { says: input.outcome.id },
    })
  })
}
