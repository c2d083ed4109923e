import { recordDeployment } from '../actions/services/deploy-archive.ts'
import { inScope } from '../db/database.ts'
import type { Jobs } from '../db/queue.ts'
import { Refused } from '../domain/refused.ts'
import { archiveFound } from '../domain/text/documents.ts'
import { manualText } from '../domain/text/manual.ts'
import type { JobDeps } from './deps.ts'
import { hostingById } from './hosting-by-id.ts'

/** Puts an uploaded archive online, or records in a sentence why the malware scanner or the site host refused it. An outage is neither. */
export async function deployArchive(deps: JobDeps, job: Jobs['deploy-archive']): Promise<void> {
  const found = await inScope(deps.db, { officeId: job.officeId }, (tx) =>
    tx
      .selectFrom('site_deployments')
      .innerJoin('services', 'services.id', 'site_deployments.service_id')
      .select([
        'site_deployments.id',
        'site_deployments.bytes',
        'site_deployments.status',
        'services.fqdn',
        'services.host_id',
      ])
      .where('site_deployments.id', '=', job.deploymentId)
      .executeTakeFirst(),
  )
  if (!found || found.status !== 'queued' || found.bytes === null) return
  const actor = { kind: 'system', officeId: job.officeId } as const
  const { id, fqdn } = found
  const hosting = await hostingById(deps, job.officeId, found.host_id)
  try {
    if (hosting.access === 'office') throw new Refused('access-by-office', manualText.accessByOffice)
    const verdict = await deps.scanner?.scan(found.bytes)
    if (verdict?.kind === 'found') throw new Refused('archive-malware', archiveFound(verdict.finding))
    await hosting.deploy(fqdn, found.bytes, id)
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 503) throw error
    return recordDeployment(deps, actor, { id, fqdn, status: 'refused', outcome: error.text })
  }
  return recordDeployment(deps, actor, { id, fqdn, status: 'live', outcome: null })
}
