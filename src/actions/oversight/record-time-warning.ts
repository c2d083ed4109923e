import { inScope } from '../../db/database.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

export type TimeWarning = {
  readonly requestId: string
  readonly ticket: string
  readonly visit: number
  readonly step: number
  readonly percent: number
}

/** Records that a step used a share of its standard time. @returns whether this was the first to say so */
export async function recordTimeWarning(
  deps: Deps,
  actor: SystemActor,
  warning: TimeWarning,
): Promise<boolean> {
  const known = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    tx
      .selectFrom('time_warnings')
      .select('percent')
      .where('request_id', '=', warning.requestId)
      .where('visit', '=', warning.visit)
      .where('percent', '=', warning.percent)
      .executeTakeFirst(),
  )
  if (known) return false
  return act(deps, actor, async (tx, write) => {
    const inserted = await tx
      .insertInto('time_warnings')
      .values({
        office_id: actor.officeId,
        request_id: warning.requestId,
        visit: warning.visit,
        percent: warning.percent,
        at: deps.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    write.note({
      act: 'step.time-warned',
      subject: { kind: 'request', id: warning.ticket },
      details: { step: warning.step, visit: warning.visit, percent: warning.percent },
    })
    return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
  })
}
