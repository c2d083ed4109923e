import { inScope } from '../../db/database.ts'
import type { Jobs } from '../../db/queue.ts'
import type { Deps, SystemActor } from '../act.ts'
import { act } from '../act.ts'

export type TimeWarning = {
  readonly requestId: string
  readonly ticket: string
  readonly visit: number
  readonly step: number
  readonly percent: number
  readonly mails: readonly Jobs['send-mail'][]
}

/** Records once that a step used a share of its standard time, and sends the mails with the same commit. */
export async function recordTimeWarning(deps: Deps, actor: SystemActor, warning: TimeWarning): Promise<void> {
  const known = await inScope(deps.db, { officeId: actor.officeId }, (tx) =>
    tx
      .selectFrom('time_warnings')
      .select('percent')
      .where('request_id', '=', warning.requestId)
      .where('visit', '=', warning.visit)
      .where('percent', '=', warning.percent)
      .executeTakeFirst(),
  )
  if (known) return
  await act(deps, actor, async (tx, write) => {
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
    const isFirst = (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
    if (isFirst) for (const mail of warning.mails) await write.job('send-mail', mail)
    write.note({
      act: isFirst ? 'step.time-warned' : 'step.warning-kept',
      subject: { kind: 'request', id: warning.ticket },
      details: { step: warning.step, visit: warning.visit, percent: warning.percent },
    })
  })
}
