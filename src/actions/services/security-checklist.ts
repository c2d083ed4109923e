import { readChecklist, writeChecklist } from '../../db/services/checklists.ts'
import type { ServiceRow } from '../../db/services/services.ts'
import { lockService } from '../../db/services/services.ts'
import type { Tx } from '../../db/database.ts'
import type { Zone } from '../../domain/dates/zones.ts'
import { dateOfDayNumber, dayNumber, localDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import type { ChecklistAnswers, WaiverInput } from '../../domain/security-checklist/checklist.ts'
import { refuseWaiver, waiverMaxDays, withAnswers } from '../../domain/security-checklist/checklist.ts'
import { letterOf, SECURITY_FUNCTIONS } from '../../domain/security-checklist/functions.ts'
import type { SiteFinding } from '../../domain/security-checklist/site-look.ts'
import { checklistWaivers } from '../../domain/access/duties.ts'
import { checklistText } from '../../domain/text/security-checklist.ts'
import type { Deps, Member } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'

/** Keeps what the agency says of each function; those left out keep their answer (BSSN 4/2021 article 27). */
export async function answerChecklist(
  deps: Deps,
  member: Member,
  serviceId: string,
  answers: ChecklistAnswers,
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const service = await lockLive(tx, member, serviceId)
    const kept = await readChecklist(tx, serviceId)
    const all = withAnswers(kept.answers, answers, member.personId)
    await writeChecklist(
      tx,
      { officeId: member.officeId, serviceId },
      { answers: all, answeredAt: deps.now() },
    )
    const given = SECURITY_FUNCTIONS.flatMap((id) => (all[id] ? [`${letterOf(id)}:${all[id].verdict}`] : []))
    write.note({
      act: 'security-checklist.answered',
      subject: { kind: 'service', id: service.fqdn },
      details: { answers: given },
    })
  })
}

/** Keeps what a look from outside saw, in place of what the last one saw. */
export async function recordSiteLook(
  deps: Deps,
  member: Member,
  serviceId: string,
  findings: readonly SiteFinding[],
): Promise<void> {
  await act(deps, member, async (tx, write) => {
    const service = await lockLive(tx, member, serviceId)
    await writeChecklist(tx, { officeId: member.officeId, serviceId }, { findings, lookedAt: deps.now() })
    write.note({
      act: 'security-checklist.looked',
      subject: { kind: 'service', id: service.fqdn },
      details: { findings: findings.filter(({ ok }) => !ok).map(({ text }) => text.en) },
    })
  })
}

/** Lets the service run although a function is not met, until a day; by somebody who did not answer it. */
export async function waiveFunction(
  deps: Deps,
  member: Member,
  input: WaiverInput & { readonly serviceId: string; readonly zone: Zone },
): Promise<void> {
  requireRole(member, ...checklistWaivers)
  const { serviceId, reason, until } = input
  const today = localDate(deps.now(), input.zone)
  const latest = dateOfDayNumber(dayNumber(today) + waiverMaxDays)
  await act(deps, member, async (tx, write) => {
    const service = await lockService(tx, serviceId)
    if (!service) throw notFound()
    refuseClosed(service)
    const kept = await readChecklist(tx, serviceId)
    refuseWaiver(kept, input, today, latest, member.personId)
    const waiver = { reason, until, by: member.personId, at: deps.now().toISOString() }
    await writeChecklist(
      tx,
      { officeId: member.officeId, serviceId },
      { waivers: { ...kept.waivers, [input.function]: waiver } },
    )
    write.note({
      act: 'security-checklist.waived',
      role: 'head-of-division',
      subject: { kind: 'service', id: service.fqdn },
      details: { function: letterOf(input.function), reason, until },
    })
  })
}

/** The service, locked: the agency's own for an applicant, any for an operator. */
async function lockLive(tx: Tx, member: Member, serviceId: string): Promise<ServiceRow> {
  const service = await lockService(tx, serviceId)
  const isOwn = service && member.agencyIds.includes(service.agency_id)
  if (!service || !(isOwn || member.roles.includes('operator'))) throw notFound()
  refuseClosed(service)
  return service
}

function refuseClosed(service: ServiceRow): void {
  if (service.status !== 'live') throw new Refused('service-closed', checklistText.closed, { status: 409 })
}
