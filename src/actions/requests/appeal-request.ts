import { Refused } from '../../domain/refused.ts'
import { decide } from '../../domain/requests/decide.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { holdName } from '../../db/requests/names.ts'
import type { Deps, Member } from '../act.ts'
import { act } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'
import { move } from './move.ts'

/** An appeal (keberatan) re-opens a refused request at the step that refused it, and holds its name again. */
export async function appealRequest(
  deps: Deps,
  member: Member,
  ticket: string,
  reason: string,
): Promise<void> {
  if (reason.trim().length < 3) throw new Refused('reason-missing', decideTexts.reasonMissing)
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row, sop } = loaded
    const decision = decide(sop, row.state, { type: 'appeal' }, doerOf(member, loaded))
    if (row.fqdn !== null && row.service_id === null)
      await holdName(tx, {
        id: deps.newId(),
        officeId: row.office_id,
        fqdn: row.fqdn,
        requestId: row.id,
        at: deps.now(),
      })
    await move(deps, member, tx, write, loaded, decision, {
      type: 'appealed',
      data: { reason: reason.slice(0, 4000) },
    })
    write.note({ act: 'request.appealed', subject: { kind: 'request', id: ticket }, role: 'applicant' })
  })
}
