import type { Db } from '../db/database.ts'
import { inScope } from '../db/database.ts'
import type { ServerRow } from '../db/office/servers.ts'
import { readServer } from '../db/office/servers.ts'
import { judgeSite, type SiteFinding } from '../domain/security-checklist/site-look.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'

export type SiteLookDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly hostingOf: (host: ServerRow | null) => HostingDriver
}

/**
 * Opens the site of a service as a visitor does, at its host and nowhere else.
 * @returns what can be seen of the functions of BSSN 4/2021; none when the site does not answer or there is no such site
 */
export async function lookAtService(
  deps: SiteLookDeps,
  question: { readonly officeId: string; readonly serviceId: string },
): Promise<readonly SiteFinding[]> {
  const found = await inScope(deps.db, question, async (tx) => {
    const service = await tx
      .selectFrom('services')
      .select(['fqdn', 'host_id', 'has_site'])
      .where('id', '=', question.serviceId)
      .executeTakeFirst()
    if (!service?.has_site) return undefined
    return { fqdn: service.fqdn, host: service.host_id ? await readServer(tx, service.host_id) : null }
  })
  if (!found || found.host === undefined) return []
  return judgeSite(await deps.hostingOf(found.host).look(found.fqdn), deps.now())
}
