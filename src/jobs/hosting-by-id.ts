import { inScope } from '../db/database.ts'
import { readServer } from '../db/office/servers.ts'
import type { HostingDriver } from '../drivers/hosting/driver.ts'
import type { JobDeps } from './deps.ts'

/** The site host that a service lies on; null is the embedded one. */
export async function hostingById(
  deps: JobDeps,
  officeId: string,
  hostId: string | null,
): Promise<HostingDriver> {
  if (hostId === null) return deps.hostingOf(null)
  const host = await inScope(deps.db, { officeId }, (tx) => readServer(tx, hostId))
  if (!host) throw new Error(`server ${hostId} does not exist`)
  return deps.hostingOf(host)
}
