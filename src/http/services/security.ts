import type { Member } from '../../actions/act.ts'
import { notFound } from '../../actions/act.ts'
import { recordSiteLook } from '../../actions/services/security-checklist.ts'
import { inScope } from '../../db/database.ts'
import { readChecklist } from '../../db/services/checklists.ts'
import type { ServiceFile } from '../../db/services/lists.ts'
import { checklistWaivers } from '../../domain/access/duties.ts'
import { mayOpen } from '../../domain/access/who.ts'
import type { LocalDate } from '../../domain/dates/zones.ts'
import { Refused } from '../../domain/refused.ts'
import type { Checklist } from '../../domain/security-checklist/checklist.ts'
import { stateOf } from '../../domain/security-checklist/checklist.ts'
import type { FunctionState, SecurityFunction } from '../../domain/security-checklist/functions.ts'
import { letterOf, SECURITY_FUNCTIONS } from '../../domain/security-checklist/functions.ts'
import type { SiteFinding } from '../../domain/security-checklist/site-look.ts'
import { checklistText as text } from '../../domain/text/security-checklist.ts'
import type { HttpDeps } from '../deps.ts'

/** Whether the member may answer the checklist and look: its agency, or an operator. */
export const mayAnswer = (member: Member, service: ServiceFile): boolean =>
  service.status === 'live' &&
  (member.agencyIds.includes(service.agencyId) || member.roles.includes('operator'))

export const mayWaive = (member: Member, service: ServiceFile): boolean =>
  service.status === 'live' && mayOpen(checklistWaivers, member.roles)

export const openChecklist = (deps: HttpDeps, member: Member, service: ServiceFile): Promise<Checklist> =>
  inScope(deps.db, member, (tx) => readChecklist(tx, service.id))

/** Looks at the site as a visitor and keeps what was seen. @throws Refused (503) when the site does not answer */
export async function lookNow(
  deps: HttpDeps,
  member: Member,
  service: ServiceFile,
): Promise<readonly SiteFinding[]> {
  if (service.status !== 'live') throw new Refused('service-closed', text.closed, { status: 409 })
  if (!mayAnswer(member, service)) throw notFound()
  const findings = await deps.lookups.lookAtService({ officeId: member.officeId, serviceId: service.id })
  if (findings.length === 0) throw new Refused('no-answer', text.noAnswer, { status: 503 })
  await recordSiteLook(deps, member, service.id, findings)
  return findings
}

/** One function with what is known of it on a day, as page, file and API show it. */
export type FunctionRow = {
  readonly id: SecurityFunction
  readonly letter: string
  readonly state: FunctionState
  readonly answer: Checklist['answers'][SecurityFunction]
  readonly findings: readonly SiteFinding[]
  readonly waiver: Checklist['waivers'][SecurityFunction]
}

export const rowsOf = (checklist: Checklist, today: LocalDate): readonly FunctionRow[] =>
  SECURITY_FUNCTIONS.map((id) => ({
    id,
    letter: letterOf(id),
    state: stateOf(checklist, id, today),
    answer: checklist.answers[id],
    findings: checklist.findings.filter((each) => each.function === id),
    waiver: checklist.waivers[id],
  }))
