import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../src/actions/act.ts'
import { sql } from 'kysely'
import { completeStep } from '../src/actions/requests/complete-step.ts'
import { createDraft } from '../src/actions/requests/save-draft.ts'
import { submitRequest } from '../src/actions/requests/submit-request.ts'
import { inScope } from '../src/db/database.ts'
import { enqueueWith, openQueue } from '../src/db/queue.ts'
import { planChanges } from '../src/domain/dns/plan.ts'
import type { SopDocument } from '../src/domain/sop/document.ts'
import { ask } from '../src/drivers/dns/exchange.ts'
import { questionFor } from '../src/drivers/dns/rrsets.ts'
import { AtOnce } from '../src/jobs/at-once.ts'
import { startWorker } from '../src/jobs/worker.ts'
import type { TestOffice } from '../test/support/office.ts'
import { createTestOffice, readSopFile, sampleApplication } from '../test/support/office.ts'
import type { TestWorld } from '../test/support/world.ts'
import { createTestWorld } from '../test/support/world.ts'
import { readRequest } from '../src/db/requests/requests.ts'
import { previewPlan } from '../src/lookups/preview-plan.ts'
import { createBareTable } from './bare-table.ts'
import type { Row } from './report.ts'
import { median, percentile } from './report.ts'

/** Names that are made of each kind, one after the other, each beside a raw update and a bare commit. */
const names = 15
/** How often the name server is asked, and for how long at the most, in milliseconds. */
const askEveryMs = 0.5
const maxWaitMs = 60_000

/**
 * Time from the operator's decision until the embedded name server answers with the name, against one update by the
 * driver alone, in turn in the same run. One durable commit, measured in the same turn as an insert of one row, is
 * taken off: the decision must be on disk before anything happens outside. A site is made before its name, so that
 * its row contains the making of the site.
 */
export async function visible(): Promise<readonly Row[]> {
  const world = await createTestWorld()
  const boss = openQueue(world.appUrl, () => {})
  await boss.start()
  const atOnce = new AtOnce()
  const deps = { ...world.deps, enqueue: enqueueWith(boss), prompt: atOnce, now: () => new Date() }
  try {
    const sop = shortSop(await readSopFile('sops/katingan-subdomain-hosting.yaml'))
    const office = await createTestOffice(world.deps, 'bench', sop)
    await makeZone(world, office)
    await createBareTable(world.ownerUrl)
    await startWorker(boss, deps, (job, error) => console.error(job, error), atOnce)
    const rows: Row[] = []
    for (const kind of ['subdomain', 'subdomain-hosting'] as const)
      rows.push(await measured(world, deps, office, kind))
    return rows
  } finally {
    await boss.stop({ graceful: true, timeout: 10_000 })
    await atOnce.stop()
    await world.close()
  }
}

type Kind = 'subdomain' | 'subdomain-hosting'
const titles: Readonly<Record<Kind, string>> = {
  subdomain: 'from decision to visible name, less one commit (times slower)',
  'subdomain-hosting': 'the same, with a site made before it (times slower)',
}

async function measured(world: TestWorld, deps: Deps, office: TestOffice, kind: Kind): Promise<Row> {
  const ours: number[] = []
  const raw: number[] = []
  // the first turn warms up
  for (let turn = 0; turn <= names; turn += 1) {
    const decision = await decided(world, deps, office, kind, `${kind}-${turn}`)
    const commit = await committed(deps, office.id)
    const update = await updated(world, office, `raw-${kind}-${turn}`)
    if (turn === 0) continue
    ours.push(decision - commit)
    raw.push(update)
  }
  return {
    name: titles[kind],
    ours: times(ours),
    baseline: times(raw),
    ratio: median(ours.map((each, index) => each / raw[index]!)),
    target: kind === 'subdomain' ? 1.5 : null,
  }
}

const times = (values: readonly number[]): string =>
  `median ${median(values).toFixed(1)} ms, slowest ${percentile(values, 0.999).toFixed(0)} ms`

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

/** @returns milliseconds from the decision, which carries the plan that was shown, to the first answer with the name */
async function decided(world: TestWorld, deps: Deps, office: TestOffice, kind: Kind, label: string) {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind,
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: { ...sampleApplication(label), target: { type: 'A', value: '192.0.2.1' } },
  })
  await submitRequest(deps, applicant, ticket)
  const operator = office.member('operator')
  const row = await inScope(deps.db, { officeId: office.id }, (tx) => readRequest(tx, ticket))
  const preview = await previewPlan(world.deps, { officeId: office.id, requestId: row!.id })
  if (preview.kind !== 'plan') throw new Error('there is no plan')
  const form = { confirmed: true }
  const started = performance.now()
  await completeStep(deps, operator, ticket, { step: 2, form, plan: preview.plan })
  await seen(world, `${label}.${office.zone}`)
  return performance.now() - started
}

/** @returns milliseconds for one row in one durable transaction */
async function committed({ db }: Deps, officeId: string): Promise<number> {
  const started = performance.now()
  await sql`insert into bench_inserts (office, text) values (${officeId}, ${'x'.repeat(300)})`.execute(db)
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
