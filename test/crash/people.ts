/**
 * The people of a story. They behave as people do who see an error page or a portal that was away: they look
 * where the request stands and do the next thing, never from memory.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { cancelProvisioning } from '../../src/actions/fulfilment/cancel-provisioning.ts'
import { attachDocument } from '../../src/actions/requests/attach-document.ts'
import type { StepInput } from '../../src/actions/requests/complete-step.ts'
import { completeStep } from '../../src/actions/requests/complete-step.ts'
import { createDraft } from '../../src/actions/requests/save-draft.ts'
import { submitRequest } from '../../src/actions/requests/submit-request.ts'
import { uploadArchive } from '../../src/actions/services/deploy-archive.ts'
import { requestRotation } from '../../src/actions/services/rotate-credentials.ts'
import type { Tx } from '../../src/db/database.ts'
import { inScope } from '../../src/db/database.ts'
import type { RequestRow } from '../../src/db/requests/requests.ts'
import { checklistOf } from '../../src/domain/requests/step-forms.ts'
import { activities } from '../../src/domain/sop/activities.ts'
import type { SopDocument } from '../../src/domain/sop/document.ts'
import { stepOf } from '../../src/domain/sop/graph.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { jobNames } from '../../src/jobs/worker.ts'
import { previewPlan } from '../../src/lookups/preview-plan.ts'
import { sampleApplication, samplePdf } from '../support/office.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import type { OfficeClock } from './office-clock.ts'
import type { Story } from './story.ts'

const dayMs = 86_400_000
const pollMs = 25

export type People = {
  readonly deps: JobDeps
  readonly boss: PgBoss
  readonly sop: SopDocument
  readonly story: Story
  readonly clock: OfficeClock
}

/** Does the next thing of the story, when everything that was started has ended. @returns whether it is over */
export async function doNext(people: People): Promise<'over' | 'go on'> {
  const { story } = people
  if (story.plot === 'undone' && (await callOff(people))) return 'go on'
  if (await isBusy(people)) {
    await sleep(pollMs)
    return 'go on'
  }
  const life = await see(people, { kind: 'subdomain-hosting' })
  if (life?.phase !== 'ended') return request(people, life, { kind: 'subdomain-hosting' })
  return story.plot === 'after' ? later(people, life.service_id!) : 'over'
}

/** The operator calls off what was planned and stands on the desk with its trouble. @returns whether it was just done */
async function callOff(people: People): Promise<boolean> {
  const row = await see(people, { kind: 'subdomain-hosting' })
  if (row?.stage !== 'working' || row.trouble === null || (await isCalledOff(people))) return false
  // A server that was killed before there is a plan is trouble too, and leaves nothing to call off.
  if (!(await hasEntry(people, 'service.planned'))) return false
  await cancelProvisioning(people.deps, people.story.office.members.operator, row.ticket)
  return true
}

/** Whether the work was called off: from then on the site can be seen. */
export const isCalledOff = (people: Pick<People, 'deps' | 'story'>): Promise<boolean> =>
  hasEntry(people, 'service.undo-asked')

async function hasEntry(people: Pick<People, 'deps' | 'story'>, act: string): Promise<boolean> {
  const found = await look(people, (tx) =>
    tx.selectFrom('logbook_entries').select('seq').where('act', '=', act).execute(),
  )
  return found.length > 0
}

/** Rotation, files, reminder, expiry, a late step, re-registration, closure: each begun when its trace is missing. */
async function later(people: People, serviceId: string): Promise<'over' | 'go on'> {
  const { deps, story, clock } = people
  const applicant = story.office.members.applicant
  const traces = await look(people, (tx) => tracesOf(tx, serviceId))
  if (traces.asked === 0) {
    await requestRotation(deps, applicant, serviceId)
    return 'go on'
  }
  if (traces.deployments < archives.length) {
    const bytes = archives[traces.deployments]!
    await uploadArchive(deps, applicant, serviceId, { filename: 'laman.zip', bytes })
    return 'go on'
  }
  clock.advanceTo(340 * dayMs)
  if (traces.reminders === 0) {
    await people.boss.send('remind-registrations', {})
    return 'go on'
  }
  if (traces.waiting > 0) {
    await people.boss.send('expire-reveals', {})
    return 'go on'
  }
  const kind =
    (await see(people, { kind: 're-registration' }))?.phase === 'ended' ? 'closure' : 're-registration'
  const row = await see(people, { kind })
  if (row?.phase === 'ended') return 'over'
  const isLate = kind === 'closure' && row?.turn === 'office' && row.due_at !== null
  if (isLate) {
    clock.advanceTo(380 * dayMs)
    if (traces.warnings === 0) {
      await people.boss.send('watch-times', {})
      return 'go on'
    }
  }
  return request(people, row, { kind, serviceId })
}

async function tracesOf(tx: Tx, serviceId: string) {
  const count = async (from: 'site_deployments' | 'registration_reminders') =>
    (await tx.selectFrom(from).select('service_id').where('service_id', '=', serviceId).execute()).length
  const asked = await tx
    .selectFrom('logbook_entries')
    .select('seq')
    .where('act', '=', 'credentials.rotation-asked')
    .execute()
  return {
    asked: asked.length,
    deployments: await count('site_deployments'),
    reminders: await count('registration_reminders'),
    waiting: (await tx.selectFrom('credential_reveals').select('id').where('status', '=', 'ready').execute())
      .length,
    warnings: (await tx.selectFrom('time_warnings').select('visit').execute()).length,
  }
}

/** A site, and an archive that the host must refuse. */
const archives = [
  makeZip([{ name: 'index.html', data: '<!doctype html><title>Laman Contoh</title><p>Selamat datang.' }]),
  makeZip([{ name: '../keluar.html', data: 'x' }]),
] as const

/** The next thing for one request: begin it, attach what is missing, send it, finish the current step. */
async function request(
  people: People,
  row: RequestRow | undefined,
  wanted: { readonly kind: string; readonly serviceId?: string },
): Promise<'go on'> {
  const { deps, sop, story } = people
  const { office } = story
  const applicant = office.members.applicant
  if (row === undefined) {
    await createDraft(deps, applicant, {
      kind: wanted.kind,
      agencyId: office.agencyId,
      zoneId: wanted.serviceId ? null : office.zoneId,
      serviceId: wanted.serviceId ?? null,
      application: { ...sampleApplication(story.label), ...contactsOf(applicant) },
    })
    return 'go on'
  }
  if (row.phase === 'draft') return send(people, row)
  if (row.stage !== 'acting') {
    await sleep(pollMs)
    return 'go on'
  }
  const step = stepOf(sop, row.step!)
  const role = sop.actors.find((actor) => actor.id === step.actor)!.role!
  await completeStep(deps, office.members[role], row.ticket, {
    step: step.no,
    visit: row.visit,
    form: formFor(sop, step.no),
    ...(story.plot === 'life' && activities[step.activity].effect === 'provision'
      ? await planAhead(people, row)
      : {}),
    ...(step.decision ? { outcome: step.decision.outcomes[0]!.id } : {}),
  })
  return 'go on'
}

/** The plan that the portal gives along with the decision; in the other stories a job makes it. */
async function planAhead({ deps, story }: People, { id }: RequestRow): Promise<Pick<StepInput, 'plan'>> {
  const preview = await previewPlan(deps, { officeId: story.office.id, requestId: id })
  return preview.kind === 'plan' && !preview.nameInUse ? { plan: preview.plan } : {}
}

async function send(people: People, row: RequestRow): Promise<'go on'> {
  const { deps, sop, story } = people
  const applicant = story.office.members.applicant
  const there = await look(people, (tx) =>
    tx.selectFrom('documents').select('kind').where('request_id', '=', row.id).execute(),
  )
  const required = sop.steps.flatMap((step) => step.requirements.map((each) => each.document))
  const missing = ['application-letter', 'application-form'].find(
    (kind) => required.includes(kind as never) && !there.some((each) => each.kind === kind),
  )
  if (missing)
    await attachDocument(deps, applicant, row.ticket, {
      kind: missing,
      filename: 'surat.pdf',
      mediaType: 'application/pdf',
      content: { pages: 1, carries: [] },
      bytes: samplePdf,
    })
  else await submitRequest(deps, applicant, row.ticket)
  return 'go on'
}

function contactsOf(member: { readonly name: string; readonly email: string }) {
  const person = { name: member.name, post: 'Staf', phone: '0800 0000 000', email: member.email }
  return { technical: person, administrative: person }
}

function formFor(sop: SopDocument, no: number): Record<string, unknown> {
  const step = stepOf(sop, no)
  const forms: Record<string, Record<string, unknown>> = {
    disposition: { instruction: 'Untuk ditindaklanjuti.' },
    coordination: { conclusion: 'Setuju dilanjutkan.' },
    checklist: { items: checklistOf(sop, step).map(({ item }) => ({ item, verdict: 'complete' })) },
    'pse-findings': { conclusion: 'Data lengkap.' },
    plan: { confirmed: true },
  }
  return forms[activities[step.activity].form] ?? {}
}

const look = <T>({ deps, story }: Pick<People, 'deps' | 'story'>, read: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope(deps.db, { officeId: story.office.id }, read)

const see = (people: People, { kind }: { kind: string }): Promise<RequestRow | undefined> =>
  look(people, (tx) =>
    tx.selectFrom('requests').selectAll().where('kind', '=', kind).orderBy('created_at').executeTakeFirst(),
  ) as Promise<RequestRow | undefined>

/** Whether any job waits or runs, or the system owes the request something. */
async function isBusy({ deps }: People): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pgboss.job where name = any(${jobNames}) and state in ('created', 'retry', 'active') limit 1
  `.execute(deps.db)
  return rows.length > 0
}
