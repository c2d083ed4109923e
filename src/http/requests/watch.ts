import type { Context } from 'hono'
import type { SSEStreamingApi } from 'hono/streaming'
import { streamSSE } from 'hono/streaming'
import type { Member } from '../../actions/act.ts'
import { inScope } from '../../db/database.ts'
import type { Glance } from '../../db/requests/glance.ts'
import { glanceAt } from '../../db/requests/glance.ts'
import { Refused } from '../../domain/refused.ts'
import { watchTexts } from '../../domain/text/watch.ts'
import type { HttpDeps } from '../deps.ts'

/** How often the database is asked while somebody watches a request, in milliseconds. */
const pollMs = 1000
/** After this long without news a comment keeps the connection open, in milliseconds. */
const heartbeatMs = 15_000
/** The longest watch, in milliseconds; a browser connects again by itself. */
const maxWatchMs = 10 * 60 * 1000
/** Watches of one person at once: more than anybody has pages open, and few enough that they slow nobody else. */
const maxWatches = 20

/** How many watches each person has open in this process. */
const watches = new Map<string, number>()

export type Watch = {
  /** Called for what is there first, and then for every change. @returns false to stop watching */
  readonly onChange: (glance: Glance) => Promise<boolean>
  /** A comment that keeps the connection open. */
  readonly heartbeat: string
  /** Whether the watcher may still see it: a token is revoked, a session ended, a role taken while somebody watches. */
  readonly isAllowed: () => Promise<boolean>
}

/**
 * Answers with the events of a request, until it ends, the watcher leaves or may no longer see it, or the time is up.
 * @throws Refused `too-many-watches` (429)
 */
export function streamWatch(
  c: Context,
  deps: HttpDeps,
  member: Member,
  ticket: string,
  watchOn: (stream: SSEStreamingApi) => Watch,
): Response {
  const leave = enter(member.personId)
  return streamSSE(c, async (stream) => {
    try {
      await watchRequest(deps, member, ticket, stream, watchOn(stream))
    } finally {
      leave()
    }
  })
}

/** @returns what ends the watch that is counted from now on */
function enter(personId: string): () => void {
  const open = watches.get(personId) ?? 0
  if (open >= maxWatches)
    throw new Refused('too-many-watches', watchTexts.tooMany(maxWatches), { status: 429 })
  watches.set(personId, open + 1)
  return () => {
    const left = watches.get(personId)! - 1
    if (left > 0) watches.set(personId, left)
    else watches.delete(personId)
  }
}

async function watchRequest(
  deps: HttpDeps,
  member: Member,
  ticket: string,
  stream: SSEStreamingApi,
  watch: Watch,
): Promise<void> {
  const until = Date.now() + maxWatchMs
  let mark = ''
  let said = Date.now()
  while (!stream.aborted && Date.now() < until) {
    if (!(await watch.isAllowed())) return
    const glance = await inScope(deps.db, member, (tx) => glanceAt(tx, ticket))
    if (!glance) return
    if (glance.mark !== mark) {
      mark = glance.mark
      said = Date.now()
      if (!(await tell(watch, glance))) return
    } else if (Date.now() - said >= heartbeatMs) {
      said = Date.now()
      await stream.write(watch.heartbeat)
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
