import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../src/actions/act.ts'
import { completeStep } from '../src/actions/requests/complete-step.ts'
import { createDraft } from '../src/actions/requests/save-draft.ts'
import { submitRequest } from '../src/actions/requests/submit-request.ts'
import { inScope } from '../src/db/database.ts'
import { enqueueWith, openQueue } from '../src/db/queue.ts'
import { planChanges } from '../src/domain/dns/plan.ts'
import type { SopDocument } from '../src/domain/sop/document.ts'
import { ask } from '../src/drivers/dns/exchange.ts'
import { questionFor } from '../src/drivers/dns/rrsets.ts'
import { startWorker } from '../src/jobs/worker.ts'
import type { TestOffice } from '../test/support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../test/support/office.ts'
import type { TestWorld } from '../test/support/world.ts'
import { createTestWorld } from '../test/support/world.ts'
import type { Row } from './report.ts'
import { median, percentile } from './report.ts'

/** Names that are made, one after the other, each beside a raw update of the same server. */
const names = 12
/** How often the name server is asked, and for how long at the most, in milliseconds. */
const askEveryMs = 2
const maxWaitMs = 60_000

/**
 * Time from the decision (the operator confirms the plan) until the embedded name server answers with the name,
 * through the real queue and worker, against one update by the driver alone, in turn in the same run. The site is
 * made before its name, so the time contains the making of the site.
 */
export async function visible(): Promise<Row> {
  const world = await createTestWorld()
  const boss = openQueue(world.appUrl, () => {})
  await boss.start()
  const deps = { ...world.deps, enqueue: enqueueWith(boss), now: () => new Date() }
  try {
    const sop = shortSop(await readSopFile('sops/katingan-subdomain-hosting.yaml'))
    const office = await createTestOffice(world.deps, 'bench', sop)
    await makeZone(world, office)
    await startWorker(boss, deps, (job, error) => console.error(job, error))
    const ours: number[] = []
    const raw: number[] = []
    for (let number = 0; number < names; number += 1) {
      ours.push(await decided(world, deps, office, `bench-${number}`))
      raw.push(await updated(world, office, `raw-${number}`))
    }
    return {
      name: 'from decision to visible name (times slower)',
      ours: times(ours),
      baseline: times(raw),
      ratio: median(ours.map((each, index) => each / raw[index]!)),
      target: null,
    }
  } finally {
    await boss.stop({ graceful: true, timeout: 10_000 })
    await world.close()
  }
}

const times = (values: readonly number[]): string =>
  `median ${median(values).toFixed(0)} ms, slowest ${percentile(values, 0.999).toFixed(0)} ms`

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

async function makeZone(world: TestWorld, office: TestOffice): Promise<void> {
  const { deps } = world
  await inScope(deps.db, { officeId: office.id }, async (tx) => {
    await tx.updateTable('zones').set({ status: 'creating' }).where('id', '=', office.zoneId).execute()
    await deps.enqueue(tx, 'create-zone', { officeId: office.id, zoneId: office.zoneId })
  })
  await world.drain()
}

/** @returns milliseconds from the decision to the first answer with the name */
async function decided(world: TestWorld, deps: Deps, office: TestOffice, label: string): Promise<number> {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(label),
  })
  await submitRequest(deps, applicant, ticket)
  const operator = office.member('operator')
  const started = performance.now()
  await completeStep(deps, operator, ticket, { step: 2, form: { confirmed: true } })
  await seen(world, `${label}.${office.zone}`)
  return performance.now() - started
}

/** @returns milliseconds from the raw update to the first answer with the name */
async function updated(world: TestWorld, { zone, zoneId }: TestOffice, label: string): Promise<number> {
  const name = `${label}.${zone}`
  const dns = world.deps.dnsOf({ id: zoneId, name: zone, server: null })
  const desired = [{ name, type: 'A', ttl: 300, values: ['192.0.2.1'] }]
  const started = performance.now()
  await dns.apply(planChanges({ zone, current: [], desired }))
  await seen(world, name)
  return performance.now() - started
}

async function seen(world: TestWorld, name: string): Promise<void> {
  const { host, port } = world.embedded.dns()
  const started = performance.now()
  while (performance.now() - started < maxWaitMs) {
    const answer = await ask({ host, port }, questionFor(name, 'A'))
    if (answer.answers.length > 0) return
    await pause(askEveryMs)
  }
  throw new Error(`${name} was not there after ${maxWaitMs} ms`)
}
