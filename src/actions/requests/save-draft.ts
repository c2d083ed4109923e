import { Refused } from '../../domain/refused.ts'
import type { ApplicationDraft } from '../../domain/requests/application.ts'
import { applicationDraft, maxApplicationLength } from '../../domain/requests/application.ts'
import { whoseTurn } from '../../domain/requests/turn.ts'
import { draftState } from '../../domain/requests/state.ts'
import { newTicket } from '../../domain/requests/ticket.ts'
import { kindsOf } from '../../domain/sop/graph.ts'
import { applicationTexts } from '../../domain/text/application.ts'
import { issuesOf } from '../../domain/text/issues.ts'
import type { Tx } from '../../db/database.ts'
import { json } from '../../db/database.ts'
import { listSops } from '../../db/sops.ts'
import type { Deps, Member, Write } from '../act.ts'
import { act, notFound, requireRole } from '../act.ts'
import { doerOf, loadRequest } from './load.ts'

export type DraftInput = {
  readonly kind: string
  readonly agencyId: string
  readonly zoneId?: string | null
  readonly serviceId?: string | null
  readonly application: unknown
}

/**
 * Starts a request as a draft. Staff may enter a paper letter at the counter on behalf of an agency.
 * @returns the new request's ticket
 */
export async function createDraft(
  deps: Deps,
  member: Member,
  input: DraftInput,
): Promise<{ ticket: string }> {
  requireRole(member, 'applicant', 'operator')
  const application = parseDraft(input.application)
  return act(deps, member, (tx, write) => insertDraft(deps, member, tx, write, { ...input, application }))
}

/** Starts a draft in the caller's transaction. */
export async function insertDraft(
  deps: Deps,
  member: Member,
  tx: Tx,
  write: Write,
  input: DraftInput & { readonly application: ApplicationDraft },
): Promise<{ ticket: string }> {
  const atCounter = !member.agencyIds.includes(input.agencyId)
  if (atCounter) requireRole(member, 'operator')
  const { sop, fulfilment } = await sopFor(tx, input.kind)
  await requireSubject(tx, input)
  const office = await tx
    .selectFrom('offices')
    .select('slug')
    .where('id', '=', member.officeId)
    .executeTakeFirstOrThrow()
  const at = deps.now()
  const ticket = newTicket(office.slug, at, deps.randomBytes)
  const state = draftState()
  await tx
    .insertInto('requests')
    .values({
      id: deps.newId(),
      office_id: member.officeId,
      ticket,
      kind: input.kind,
      fulfilment,
      sop_id: sop.id,
      sop_version: sop.version,
      agency_id: input.agencyId,
      applicant_id: atCounter ? null : member.personId,
      created_by: member.personId,
      at_counter: atCounter,
      zone_id: input.zoneId ?? null,
      service_id: input.serviceId ?? null,
      form: json(input.application),
      state: json(state),
      phase: state.phase,
      stage: state.stage,
      visit: state.visit,
      turn: 'applicant',
      created_at: at,
      updated_at: at,
    })
    .execute()
  write.note({
    act: 'request.drafted',
    subject: { kind: 'request', id: ticket },
    details: { kind: input.kind, counter: atCounter },
  })
  return { ticket }
}

/** Saves what was entered so far: in a draft, or while a returned request is being corrected. */
export async function saveDraft(
  deps: Deps,
  member: Member,
  ticket: string,
  input: Omit<DraftInput, 'kind' | 'agencyId'>,
): Promise<void> {
  const draft = parseDraft(input.application)
  await act(deps, member, async (tx, write) => {
    const loaded = await loadRequest(tx, member, ticket)
    const doer = doerOf(member, loaded)
    const turn = whoseTurn(loaded.sop, loaded.row.state)
    const correcting = turn.kind === 'actor' && turn.step.activity === 'submit'
    if (loaded.row.phase !== 'draft' && !correcting)
      throw new Refused('not-editable', applicationTexts.notEditable, { status: 409 })
    const own = loaded.sop.actors.filter((actor) => actor.party === 'applicant').map((actor) => actor.id)
    if (doer.kind !== 'person' || !doer.actors.some((actor) => own.includes(actor))) requireRole(member)
    await requireSubject(tx, { ...input, agencyId: loaded.row.agency_id })
    await tx
      .updateTable('requests')
      .set({
        form: json(draft),
        zone_id: input.zoneId ?? null,
        service_id: input.serviceId ?? null,
        updated_at: deps.now(),
      })
      .where('id', '=', loaded.row.id)
      .execute()
    write.note({ act: 'request.saved', subject: { kind: 'request', id: ticket } })
  })
}

function parseDraft(value: unknown): ApplicationDraft {
  const parsed = applicationDraft.safeParse(value)
  if (!parsed.success)
    throw new Refused('application-incomplete', applicationTexts.incomplete, {
      issues: issuesOf(parsed.error),
    })
  if (JSON.stringify(parsed.data).length > maxApplicationLength)
    throw new Refused('application-too-large', applicationTexts.incomplete, { status: 413 })
  return parsed.data
}

async function sopFor(tx: Tx, kind: string) {
  for (const sop of await listSops(tx)) {
    const served = kindsOf(sop.document).find((each) => each.id === kind)
    if (served) return { sop, fulfilment: served.fulfilment }
  }
  throw new Refused('kind-unknown', applicationTexts.kindUnknown)
}

/** Zone, service and agency must be the office's own, and the service the agency's. */
async function requireSubject(
  tx: Tx,
  input: { agencyId: string; zoneId?: string | null; serviceId?: string | null },
): Promise<void> {
  const agency = await tx
    .selectFrom('agencies')
    .select('id')
    .where('id', '=', input.agencyId)
    .executeTakeFirst()
  if (!agency) throw notFound()
  if (input.zoneId) {
    const zone = await tx.selectFrom('zones').select('id').where('id', '=', input.zoneId).executeTakeFirst()
    if (!zone) throw notFound()
  }
  if (!input.serviceId) return
  const service = await tx
    .selectFrom('services')
    .select('agency_id')
    .where('id', '=', input.serviceId)
    .where('status', '=', 'live')
    .executeTakeFirst()
  if (service?.agency_id !== input.agencyId) throw notFound()
}
