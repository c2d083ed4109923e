import { completeStep } from '../src/actions/requests/complete-step.ts'
import { createDraft } from '../src/actions/requests/save-draft.ts'
import { submitRequest } from '../src/actions/requests/submit-request.ts'
import { sql } from 'kysely'
import { createQueues, enqueueWith, openQueue } from '../src/db/queue.ts'
import type { SopDocument } from '../src/domain/sop/document.ts'
import { createTestDatabase } from '../test/support/database.ts'
import type { TestOffice } from '../test/support/office.ts'
import { createTestOffice, readSopFile, sampleApplication, testDeps } from '../test/support/office.ts'
import { createBareTable } from './bare-table.ts'
import type { Row } from './report.ts'
import { pairs } from './report.ts'

/** Offices, and clients that work at once, one in each. */
const clients = 16

/**
 * Steps finished per second by 16 people in 16 offices (state, timeline, job and logbook entry in one durable
 * transaction each) against bare single-row inserts, each committed alone, in the same run on the same database.
 */
export async function transitions(): Promise<Row> {
  const database = await createTestDatabase()
  const deps = testDeps(database.appUrl, { max: clients })
  const boss = openQueue(database.appUrl, () => {})
  await boss.start()
  await createQueues(boss, ['notify-turn', 'notify-ended'])
  const working = { ...deps, enqueue: enqueueWith(boss), now: () => new Date() }
  try {
    const sop = longSop(await readSopFile('sops/katingan-subdomain-hosting.yaml'))
    const desks = await Promise.all(
      Array.from({ length: clients }, async (_, index) => {
        const office = await createTestOffice(working, `bench${index}`, sop)
        const tickets: string[] = []
        for (let made = 0; made < requestsPerOffice; made += 1)
          tickets.push(await submitted(working, office, made))
        return { office, tickets, step: 2 }
      }),
    )
    await createBareTable(database.ownerUrl)
    const step = (client: number) => finishOne(working, desks[client]!)
    const bare = (client: number) => insertOne(working, desks[client]!.office.id)
    return await pairs('steps finished against single inserts', clients, step, bare, 0.3)
  } finally {
    await boss.stop({ graceful: false })
    await deps.database.close()
    await database.drop()
  }
}

type Working = Parameters<typeof completeStep>[0]

/** Rows of the bench SOP that the office walks, and requests that lie ready in each office. */
const rowsOfSop = 12
const requestsPerOffice = 90

/** A long row of plain steps, so that a request goes through many hands as real ones do, and no longer. */
function longSop(sop: SopDocument): SopDocument {
  const plain = {
    with: [],
    requirements: [],
    waitsFor: [],
    standardTime: { amount: 1, unit: 'working-days' as const },
    output: [],
    remark: null,
    form: [],
  }
  const operator = sop.actors.find((actor) => actor.role === 'operator')!.id
  const applicant = sop.actors.find((actor) => actor.party === 'applicant')!.id
  const rows = Array.from({ length: rowsOfSop }, (_, index) => ({
    ...plain,
    no: index + 2,
    activity: 'study' as const,
    text: `Mempelajari bagian ${index + 1}`,
    actor: operator,
  }))
  return {
    ...sop,
    marks: [],
    steps: [{ ...plain, no: 1, activity: 'submit', text: 'Mengajukan', actor: applicant }, ...rows],
  }
}

async function submitted(deps: Working, office: TestOffice, number: number): Promise<string> {
  const applicant = office.member('applicant')
  const { ticket } = await createDraft(deps, applicant, {
    kind: 'subdomain-hosting',
    agencyId: office.agencyId,
    zoneId: office.zoneId,
    application: sampleApplication(`bench-${number}`),
  })
  await submitRequest(deps, applicant, ticket)
  return ticket
}

/** Where an office stands in its pile of requests. */
type Desk = { readonly office: TestOffice; readonly tickets: string[]; step: number }

async function finishOne(deps: Working, desk: Desk): Promise<void> {
  const ticket = desk.tickets.at(-1)
  if (ticket === undefined) throw new Error('the pile of requests was too small for this machine')
  await completeStep(deps, desk.office.member('operator'), ticket, { step: desk.step, form: {} })
  desk.step += 1
  if (desk.step <= rowsOfSop + 1) return
  desk.tickets.pop()
  desk.step = 2
}

/** One row of the size of a logbook entry, committed alone. */
async function insertOne(deps: Working, officeId: string): Promise<void> {
  await sql`insert into bench_inserts (office, text) values (${officeId}, ${'x'.repeat(300)})`.execute(
    deps.db,
  )
}
