import { sql } from 'kysely'
import { createBareTable } from './bare-table.ts'
import type { Desk, Kind } from './desk.ts'
import { decide, openDesk, planned, seen, settled, submitted, updated } from './desk.ts'
import type { Row } from './report.ts'
import { median, times } from './report.ts'

/** Names that are made of each kind, one after the other, each beside a raw update and a bare commit. */
const names = 30

/**
 * Time from the operator's decision until the embedded name server answers with the name, against one update by the
 * driver alone, in turn in the same run, each begun when the worker has nothing left to do. The decision must be on disk before anything happens outside, so one commit is
 * taken off: that of an insert of one row, measured in the same turn; and in a row of its own all of the decision's
 * transaction. A site is made before its name, so that its row contains the making of the site.
 */
export async function visible(): Promise<readonly Row[]> {
  const desk = await openDesk()
  try {
    await createBareTable(desk.world.ownerUrl)
    return [...(await measured(desk, 'subdomain')), ...(await measured(desk, 'subdomain-hosting'))]
  } finally {
    await desk.close()
  }
}

type Turn = { readonly all: number; readonly after: number; readonly commit: number; readonly raw: number }

async function measured(desk: Desk, kind: Kind): Promise<readonly Row[]> {
  const turns: Turn[] = []
  for (let turn = 0; turn <= names; turn += 1) turns.push(await once(desk, kind, turn))
  // the first turn warms up
  turns.shift()
  const made = kind === 'subdomain' ? 'visible name' : 'site and visible name'
  const target = kind === 'subdomain' ? 1.5 : null
  return [
    rowOf(
      `from decision to ${made}, less one bare commit (times slower)`,
      turns,
      target,
      (turn) => turn.all - turn.commit,
    ),
    rowOf(`from the commit of the decision to ${made} (times slower)`, turns, target, (turn) => turn.after),
  ]
}

const rowOf = (
  name: string,
  turns: readonly Turn[],
  target: number | null,
  ours: (turn: Turn) => number,
): Row => ({
  name,
  ours: times(turns.map(ours)),
  baseline: times(turns.map(({ raw }) => raw)),
  ratio: median(turns.map((turn) => ours(turn) / turn.raw)),
  target,
})

async function once(desk: Desk, kind: Kind, turn: number): Promise<Turn> {
  const label = `${kind}-${turn}`
  const ticket = await submitted(desk, kind, label)
  const plan = await planned(desk, ticket)
  await settled(desk)
  const started = performance.now()
  await decide(desk, ticket, plan)
  const committed = performance.now()
  await seen(desk, label)
  const visibleAt = performance.now()
  await settled(desk)
  const settledAt = performance.now()
  await insertOne(desk)
  const inserted = performance.now()
  await updated(desk, `raw-${label}`)
  return {
    all: visibleAt - started,
    after: visibleAt - committed,
    commit: inserted - settledAt,
    raw: performance.now() - inserted,
  }
}

/** One row in one durable transaction. */
async function insertOne({ deps, office }: Desk): Promise<void> {
  const text = 'x'.repeat(300)
  await sql`insert into bench_inserts (office, text) values (${office.id}, ${text})`.execute(deps.db)
}
