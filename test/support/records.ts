import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import type { Deps, Member } from '../../src/actions/act.ts'
import { inScope, json } from '../../src/db/database.ts'
import type { EnteredRow } from '../../src/domain/dns/own-records.ts'
import type { Rrset } from '../../src/domain/dns/records.ts'
import type { ServicePlan } from '../../src/domain/fulfilment/plan.ts'
import { fingerprintOf } from '../../src/domain/fulfilment/plan.ts'
import type { PlanPreviewDeps } from '../../src/lookups/preview-plan.ts'
import { previewPlan } from '../../src/lookups/preview-plan.ts'
import type { TestOffice } from './office.ts'
import { sampleApplication, samplePdf } from './office.ts'

/** A live service whose records the registry knows; the zone is the caller's business. */
export async function layDownService(
  deps: Deps,
  office: Pick<TestOffice, 'id' | 'zoneId' | 'agencyId'>,
  fqdn: string,
  records: readonly Rrset[],
): Promise<string> {
  const id = deps.newId()
  const at = deps.now()
  const person = json({
    name: 'Pegawai Contoh',
    post: 'Staf',
    phone: '0800 0000 000',
    email: 'a@contoh.example',
  })
  await inScope(deps.db, { officeId: office.id }, async (tx) => {
    await tx
      .insertInto('services')
      .values({
        id,
        office_id: office.id,
        agency_id: office.agencyId,
        system_id: null,
        zone_id: office.zoneId,
        host_id: null,
        fqdn,
        has_record: true,
        has_site: false,
        records: json(records),
        status: 'live',
        administrative_contact: person,
        technical_contact: person,
        registered_until: null,
        live_at: at,
      })
      .execute()
    await tx
      .insertInto('held_names')
      .values({
        id: deps.newId(),
        office_id: office.id,
        fqdn,
        request_id: null,
        service_id: id,
        held_at: at,
        released_at: null,
      })
      .execute()
  })
  return id
}

export const readRow = (deps: Deps, office: Pick<TestOffice, 'id'>, ticket: string) =>
  inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('requests').selectAll().where('ticket', '=', ticket).executeTakeFirstOrThrow(),
  )

export const recordsOf = (deps: Deps, office: Pick<TestOffice, 'id'>, service: string) =>
  inScope(deps.db, { officeId: office.id }, async (tx) => {
    const row = tx.selectFrom('services').select('records').where('id', '=', service)
    return (await row.executeTakeFirstOrThrow()).records as Rrset[]
  })

/** Applies for a change of records (or another kind) and walks it to the step that carries it out. */
export async function toApproval(
  deps: Deps,
  office: TestOffice,
  serviceId: string,
  records: readonly EnteredRow[] | undefined,
  kind = 'record-change',
): Promise<string> {
  const { label: _label, ...application } = sampleApplication('')
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind,
    agencyId: office.agencyId,
    serviceId,
    application: { ...application, ...(records && { records }) },
  })
  await sendAndWalk(deps, office, ticket)
  return ticket
}

export async function sendAndWalk(deps: Deps, office: TestOffice, ticket: string): Promise<void> {
  const applicant = office.member('applicant')
  const upload = {
    kind: 'application-letter',
    filename: 'a.pdf',
    mediaType: 'application/pdf' as const,
    content: { pages: 1, carries: [] },
  }
  await attachDocument(deps, applicant, ticket, { ...upload, bytes: samplePdf })
  await submitRequest(deps, applicant, ticket)
  for (;;) {
    const row = await readRow(deps, office, ticket)
    const step = office.sop.steps.find((each) => each.no === row.step)!
    if (step.activity === 'provision') return
    const role = office.sop.actors.find((actor) => actor.id === step.actor)!.role!
    await completeStep(deps, office.member(role), ticket, {
      step: step.no,
      visit: row.visit,
      form: step.activity === 'coordinate' ? { conclusion: 'Setuju.' } : {},
      ...(step.decision ? { outcome: step.decision.outcomes[0]!.id } : {}),
    })
  }
}

export async function planOf(deps: PlanPreviewDeps & Deps, office: TestOffice, ticket: string) {
  const { id } = await readRow(deps, office, ticket)
  const preview = await previewPlan(deps, { officeId: office.id, requestId: id })
  if (preview.kind !== 'plan') throw new Error(JSON.stringify(preview))
  return preview
}

/** Approves the plan that is seen: the one given, or the one of this moment. */
export async function approve(
  deps: PlanPreviewDeps & Deps,
  office: TestOffice,
  ticket: string,
  options: { readonly seen?: ServicePlan; readonly by?: Member } = {},
): Promise<void> {
  const { plan } = await planOf(deps, office, ticket)
  const row = await readRow(deps, office, ticket)
  await completeStep(deps, options.by ?? office.member('operator'), ticket, {
    step: row.step!,
    visit: row.visit,
    form: { confirmed: true, plan: fingerprintOf(options.seen ?? plan) },
    plan,
  })
}
