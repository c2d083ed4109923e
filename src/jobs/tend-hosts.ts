import { inScope } from '../db/database.ts'
import { listServers, readServer } from '../db/office/servers.ts'
import type { JobDeps } from './deps.ts'

/**
 * Has every connected site host bring back what a machine of it lacks that was away. One that cannot stops no other;
 * the job then fails and is tried again.
 */
export async function tendHosts(deps: JobDeps): Promise<void> {
  const failures: unknown[] = []
  const offices = await deps.db.selectFrom('offices').select('id').execute()
  for (const { id: officeId } of offices) {
    const hosts = await inScope(deps.db, { officeId }, async (tx) => {
      const sites = (await listServers(tx)).filter(({ kind }) => kind === 'host')
      return Promise.all(sites.map(({ id }) => readServer(tx, id)))
    })
    for (const host of hosts) {
      try {
        if (host) await deps.hostingOf(host).tend?.()
      } catch (error) {
        failures.push(error)
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} site hosts were not tended`)
}
