import { recordRowsOf } from '../../domain/dns/own-records.ts'
import type { DnsPlan } from '../../domain/dns/plan.ts'
import type { Rrset } from '../../domain/dns/records.ts'
import type { ServicePlan } from '../../domain/fulfilment/plan.ts'
import { Refused } from '../../domain/refused.ts'
import type { ApplicationDraft } from '../../domain/requests/application.ts'
import type { Fulfilment } from '../../domain/sop/kinds.ts'
import { needsRecords } from '../../domain/sop/kinds.ts'
import { recordTexts } from '../../domain/text/records.ts'
import type { Tx } from '../../db/database.ts'
import { openReversalOf } from '../../db/requests/requests.ts'
import type { Deps, Member } from '../act.ts'
import { act, requireRole } from '../act.ts'
import type { LoadedRequest } from './load.ts'
import { loadRequest } from './load.ts'
import { insertDraft } from './save-draft.ts'

/**
 * Makes the reverse of a finished change of records a new draft of the same kind, filled in. It is a request like any
 * other: it needs its letter and its approval. While such a draft is open, asking again leads to it.
 *
 * @returns the ticket of the draft
 * @throws Refused `not-reversible`
 */
export async function reverseChange(deps: Deps, member: Member, ticket: string): Promise<{ ticket: string }> {
  requireRole(member, 'applicant', 'operator')
  return act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const { row } = loaded
    const { plan, records } = await recordedChange(tx, loaded)
    const open = await openReversalOf(tx, ticket, !member.agencyIds.includes(row.agency_id))
    if (open) {
      write.note({ act: 'request.reversal-kept', subject: { kind: 'request', id: open } })
      return { ticket: open }
    }
    const { administrative, technical } = row.form
    const application: ApplicationDraft = {
      purpose: recordTexts.reversalPurpose(ticket).id,
      records: recordRowsOf(reversed(plan, records)),
      reverses: ticket,
      ...(administrative && { administrative }),
      ...(technical && { technical }),
    }
    const { kind, agency_id: agencyId, zone_id: zoneId, service_id: serviceId } = row
    return insertDraft(deps, member, tx, write, { kind, agencyId, zoneId, serviceId, application })
  })
}

async function recordedChange(
  tx: Tx,
  { row }: LoadedRequest,
): Promise<{ plan: DnsPlan; records: readonly Rrset[] }> {
  const done = await tx
    .selectFrom('provisionings')
    .select('plan')
    .where('request_id', '=', row.id)
    .where('status', '=', 'recorded')
    .orderBy('visit', 'desc')
    .executeTakeFirst()
  const service = await tx
    .selectFrom('services')
    .select('records')
    .where('id', '=', row.service_id)
    .where('status', '=', 'live')
    .executeTakeFirst()
  const plan = (done?.plan as ServicePlan | undefined)?.dns
  const isFinished = row.state.ending === 'completed' && needsRecords(row.fulfilment as Fulfilment)
  if (!isFinished || !service || !plan || plan.changes.length === 0)
    throw new Refused('not-reversible', recordTexts.notReversible, { status: 409 })
  return { plan, records: service.records as Rrset[] }
}

/** The records that the service has now, with each set that the plan changed as it was before it. */
function reversed({ changes }: DnsPlan, records: readonly Rrset[]): Rrset[] {
  const kept = records.filter(
    ({ name, type }) => !changes.some((each) => each.name === name && each.type === type),
  )
  const back = changes.flatMap(({ name, type, before }) => (before ? [{ name, type, ...before }] : []))
  return [...kept, ...back]
}
