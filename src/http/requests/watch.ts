import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { Glance } from '../../db/requests/glance.ts'
import { glanceAt } from '../../db/requests/glance.ts'
import { Refused } from '../../domain/refused.ts'
import type { HttpDeps } from '../deps.ts'

/** How often the database is asked while somebody watches a request, in milliseconds. */
const pollMs = 1000
/** After this long without news a comment keeps the connection open, in milliseconds. */
const heartbeatMs = 15_000
/** The longest watch, in milliseconds; a browser connects again by itself. */
const maxWatchMs = 10 * 60 * 1000

export type Watch = {
  /** Called for what is there first, and then for every change. @returns false to stop watching */
  readonly onChange: (glance: Glance) => Promise<boolean>
  readonly onHeartbeat: () => Promise<void>
  readonly isOver: () => boolean
  /** Whether the watcher may still see it: a token is revoked, a session ended, a role taken while somebody watches. */
  readonly isAllowed: () => Promise<boolean>
}

/** Watches a request until it ends, the watcher leaves or may no longer see it, or the time is up. */
export async function watchRequest(
  deps: HttpDeps,
  member: Member,
  ticket: string,
  watch: Watch,
): Promise<void> {
  const until = Date.now() + maxWatchMs
  let mark = ''
  let said = Date.now()
  while (!watch.isOver() && Date.now() < until) {
    if (!(await watch.isAllowed())) return
    const glance = await inScope(deps.db, member, (tx) => glanceAt(tx, ticket))
    if (!glance) return
    if (glance.mark !== mark) {
      mark = glance.mark
      said = Date.now()
      if (!(await tell(watch, glance))) return
    } else if (Date.now() - said >= heartbeatMs) {
      said = Date.now()
      await watch.onHeartbeat()
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/** Who left the agency no longer sees its request; for them the watch is over. */
async function tell(watch: Watch, glance: Glance): Promise<boolean> {
  try {
    return await watch.onChange(glance)
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
