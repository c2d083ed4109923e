import type { Decision, Effect } from '../../domain/requests/decide.ts'
import { whoseTurn } from '../../domain/requests/turn.ts'
import { dueAt } from '../../domain/requests/step-time.ts'
import type { Tx } from '../../db/database.ts'
import type { TimelineEvent, TimelineType } from '../../domain/requests/timeline.ts'
import { addEvents } from '../../db/requests/events.ts'
import { releaseNames } from '../../db/requests/names.ts'
import type { Standing } from '../../db/requests/requests.ts'
import { saveState } from '../../db/requests/requests.ts'
import type { Actor, Deps, Write } from '../act.ts'
import type { LoadedRequest } from './load.ts'
import { behalfOf } from './load.ts'

/** What a decision was about, for the timeline. */
export type Motion = {
  readonly type: TimelineType
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * Stores a decision: the state, the timeline and the follow-up jobs, all in the caller's transaction.
 */
export async function move(
  deps: Deps,
  actor: Actor,
  tx: Tx,
  write: Write,
  loaded: LoadedRequest,
  decision: Decision,
  motion: Motion,
): Promise<void> {
  const { row } = loaded
  const before = row.state
  const after = decision.state
  const at = deps.now()
  const personId = actor.kind === 'person' ? actor.personId : null
  const events: TimelineEvent[] = [
    {
      at,
      type: motion.type,
      step: before.at,
      visit: before.visit,
      personId,
      data: { ...motion.data, ...behalfOf(actor, loaded) },
    },
  ]
  const why = motion.type === 'returned' ? 'returned' : 'done'
  const moved = after.visit !== before.visit || after.phase !== before.phase
  if (moved && before.at !== null && before.phase === 'running')
    events.push({ at, type: 'left', step: before.at, visit: before.visit, personId: null, data: { why } })
  if (moved && after.at !== null)
    events.push({ at, type: 'entered', step: after.at, visit: after.visit, personId: null, data: {} })
  await addEvents(tx, row.office_id, row.id, events)
  await saveState(
    tx,
    row.id,
    after,
    standingOf(loaded, [...loaded.timeline, ...events], decision, moved, at),
    at,
    moved,
  )
  for (const effect of decision.effects) await enqueue(tx, write, loaded, effect, at)
}

/** Whose turn it is and by when; the due time is computed anew only when a step was entered. */
function standingOf(
  { row, sop, calendar }: LoadedRequest,
  timeline: readonly TimelineEvent[],
  decision: Decision,
  moved: boolean,
  at: Date,
): Standing {
  const turn = whoseTurn(sop, decision.state)
  if (turn.kind === 'nobody') return { turn: null, actor: null, dueAt: null }
  if (turn.kind === 'system') return { turn: 'system', actor: null, dueAt: row.due_at }
  if (turn.party !== 'office') return { turn: turn.party, actor: turn.step.actor, dueAt: null }
  const due = moved ? dueAt(sop, turn.step, timeline, calendar(), at) : row.due_at
  return { turn: 'office', actor: turn.step.actor, dueAt: due }
}

async function enqueue(
  tx: Tx,
  write: Write,
  { row }: LoadedRequest,
  effect: Effect,
  at: Date,
): Promise<void> {
  const request = { officeId: row.office_id, requestId: row.id }
  switch (effect.type) {
    case 'notify':
      return write.job('notify-turn', { ...request, visit: effect.visit })
    case 'provision':
      return write.job('provision-service', { ...request, visit: effect.visit })
    case 'issue-reply':
    case 'issue-hand-over':
      return write.job('issue-letter', { ...request, visit: effect.visit })
    case 'ended':
      if (effect.ending !== 'completed') await releaseNames(tx, row.id, at)
      return write.job('notify-ended', request)
  }
}
