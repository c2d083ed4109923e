import * as z from 'zod'
import { impactOn } from '../../domain/fulfilment/guards.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { fingerprintOf } from '../../domain/fulfilment/plan.ts'
import { Refused } from '../../domain/refused.ts'
import { decideTexts } from '../../domain/text/decide.ts'
import { recordTexts } from '../../domain/text/records.ts'
import { judge } from '../../db/fulfilment/guard-facts.ts'
import { addEvents } from '../../db/requests/events.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole, roleAmong } from '../act.ts'
import { loadRequest } from '../requests/load.ts'

const reason = z.string().trim().min(3).max(2000)

/**
 * The head of division or of the office lets a plan run that touches much of a zone. It holds for exactly the plan
 * that was seen; its number stands in the logbook.
 *
 * @param plan the plan as it would be made now
 * @throws Refused `plan-changed`, `plan-not-unsafe`, `number-wrong`, `reason-missing`
 */
export async function allowPlan(
  deps: Deps,
  member: Member,
  ticket: string,
  input: {
    readonly plan: ServicePlan | null
    readonly seen: string
    /** The number of record sets that the sentence of the guard names. */
    readonly touched: number
    readonly reason: string
  },
): Promise<void> {
  requireRole(member, 'head-of-division', 'head-of-office')
  const { data: why, success } = reason.safeParse(input.reason)
  if (!success)
    throw new Refused('reason-missing', decideTexts.reasonMissing, {
      issues: [{ field: 'allowance', text: decideTexts.reasonMissing }],
    })
  await act(deps, member, async (tx, write) => {
    const { row } = await loadRequest(tx, member, ticket)
    const { plan } = input
    const impact = plan && impactOn(plan)
    if (!impact || fingerprintOf(plan) !== input.seen)
      throw new Refused('plan-changed', recordTexts.nothingToAllow, { status: 409 })
    const findings = await judge(tx, row, plan)
    if (row.stage !== 'acting' || !findings.some(({ kind }) => kind === 'unsafe'))
      throw new Refused('plan-not-unsafe', recordTexts.nothingToAllow, { status: 409 })
    if (input.touched !== impact.touched)
      throw new Refused('number-wrong', recordTexts.numberWrong, {
        issues: [{ field: 'touched', text: recordTexts.numberWrong }],
      })
    const data = { plan: input.seen, ...impact, reason: why }
    const at = deps.now()
    const { step, visit } = row
    await addEvents(tx, row.office_id, row.id, [
      { at, type: 'plan-allowed', step, visit, personId: member.personId, data },
    ])
    write.note({
      act: 'service.plan-allowed',
      subject: { kind: 'request', id: ticket },
      role: roleAmong(member, ['head-of-office', 'head-of-division']),
      details: { plan: input.seen, touched: impact.touched, total: impact.total, reason: why },
    })
  })
}
