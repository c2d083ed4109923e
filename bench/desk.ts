import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Deps } from '../src/actions/act.ts'
import type { StepInput } from '../src/actions/requests/complete-step.ts'
import { completeStep } from '../src/actions/requests/complete-step.ts'
import { createDraft } from '../src/actions/requests/save-draft.ts'
import { submitRequest } from '../src/actions/requests/submit-request.ts'
import { inScope } from '../src/db/database.ts'
import { enqueueWith, openQueue } from '../src/db/queue.ts'
import { readRequest } from '../src/db/requests/requests.ts'
import { planChanges } from '../src/domain/dns/plan.ts'
import type { SopDocument } from '../src/domain/sop/document.ts'
import { ask } from '../src/drivers/dns/exchange.ts'
import { questionFor } from '../src/drivers/dns/rrsets.ts'
import { AtOnce } from '../src/jobs/at-once.ts'
import { startWorker } from '../src/jobs/worker.ts'
import { previewPlan } from '../src/lookups/preview-plan.ts'
import type { TestOffice } from '../test/support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../test/support/office.ts'
import type { TestWorld } from '../test/support/world.ts'
import { createTestWorld } from '../test/support/world.ts'

/** How often the name server is asked, and the queue, and for how long at the most, in milliseconds. */
const askEveryMs = 0.5
const lookEveryMs = 20
const maxWaitMs = 120_000

/** An office with embedded servers, a queue and a worker, where only the submission comes before the decision. */
export type Desk = {
  readonly world: TestWorld
  readonly deps: Deps
  readonly office: TestOffice
  readonly close: () => Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const world = await createTestWorld()
  const boss = openQueue(world.appUrl, () => {})
  const atOnce = new AtOnce()
  const close = async () => {
    await boss.stop({ graceful: true, timeout: 10_000 })
    await atOnce.stop()
    await world.close()
  }
  try {
    await boss.start()
    const deps = { ...world.deps, enqueue: enqueueWith(boss), prompt: atOnce, now: () => new Date() }
    const sop = shortSop(await readSopFile('sops/katingan-subdomain-hosting.yaml'))
    const office = await createTestOffice(world.deps, 'bench', sop)
    await makeZone(world, office)
    await startWorker(boss, deps, (job, error) => console.error(job, error), atOnce)
    return { world, deps, office, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Submission and provisioning alone: what lies between is somebody's working time. */
function shortSop(sop: SopDocument): SopDocument {
  const provision = sop.steps.find((step) => step.activity === 'provision')!
  const applicant = sop.actors.find((actor) => actor.party === 'applicant')!.id
  const plain = { with: [], requirements: [], waitsFor: [], output: [], remark: null, form: [] }
  const submit = {
    ...plain,
    no: 1,
    activity: 'submit' as const,
    text: 'Mengajukan',
    actor: applicant,
    standardTime: 'not set' as const,
  }
  return { ...sop, marks: [], steps: [submit, { ...provision, no: 2, next: undefined }] }
}

async function makeZone({ deps, drain }: TestWorld, office: TestOffice): Promise<void> {
  await inScope(deps.db, { officeId: office.id }, async (tx) => {
    await tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute()
    await deps.enqueue(tx, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  })
  await drain()
}

export type Kind = 'subdomain' | 'subdomain-hosting'

/** @returns the ticket of a request that waits for its decision */
export async function submitted({ deps, office }: Desk, kind: Kind, label: string): Promise<string> {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind,
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: { ...sampleApplication(label), target: { type: 'A', value: '192.0.2.1' } },
  })
  await submitRequest(deps, applicant, ticket)
  return ticket
}

/** @returns the plan as the portal makes it at the confirmation */
export async function planned({ deps, world, office }: Desk, ticket: string) {
  const row = await inScope(deps.db, { officeId: office.id }, (tx) => readRequest(tx, ticket))
  const preview = await previewPlan(world.deps, { officeId: office.id, requestId: row!.id })
  if (preview.kind !== 'plan') throw new Error('there is no plan')
  return preview.plan
}

/** The operator's decision; resolves when it is committed. */
export const decide = ({ deps, office }: Desk, ticket: string, plan: StepInput['plan']) =>
  completeStep(deps, office.member('operator'), ticket, {
    step: 2,
    form: { confirmed: true },
    ...(plan && { plan }),
  })

/** Resolves when the worker has done what came of earlier turns, so that nothing of it falls into the next one. */
export async function settled({ deps, office }: Desk): Promise<void> {
  const started = performance.now()
  while (performance.now() - started < maxWaitMs) {
    const { rows } = await inScope(deps.db, { officeId: office.id }, (tx) =>
      sql<{ busy: boolean }>`select exists (select from requests where stage = 'working')
        or exists (select from pgboss.job where state < 'completed' and start_after <= now()
          and left(name, 2) <> '__') as busy`.execute(tx),
    )
    if (!rows[0]!.busy) return
    await pause(lookEveryMs)
  }
  throw new Error(`the worker was not done after ${maxWaitMs} ms`)
}

/** One update by the driver alone, and the first answer with the name. */
export async function updated(desk: Desk, label: string): Promise<void> {
  const { zone, zoneId } = desk.office
  const dns = desk.world.deps.dnsOf({ id: zoneId, name: zone, server: null })
  const desired = [{ name: `${label}.${zone}`, type: 'A', ttl: 300, values: ['192.0.2.1'] }]
  await dns.apply(planChanges({ zone, current: [], desired }))
  await seen(desk, label)
}

/** Resolves with the first answer that has the name. */
export async function seen({ world, office }: Desk, label: string): Promise<void> {
  const name = `${label}.${office.zone}`
  const { host, port } = world.embedded.dns()
  const started = performance.now()
  while (performance.now() - started < maxWaitMs) {
    const answer = await ask({ host, port }, questionFor(name, 'A'))
    if (answer.answers.length > 0) return
    await pause(askEveryMs)
  }
  throw new Error(`${name} was not there after ${maxWaitMs} ms`)
}
