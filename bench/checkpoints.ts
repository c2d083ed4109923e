import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { act } from '../src/actions/act.ts'
import type { JobDeps } from '../src/jobs/deps.ts'
import { signCheckpoint } from '../src/jobs/sign-checkpoints.ts'
import { keptSignedLast } from '../src/signed-last.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { createTestOffice, readSopFile, testDeps } from '../test/support/office.ts'
import type { Row } from './report.ts'
import { median } from './report.ts'

/** Clients that write at once into one logbook. */
const clients = 8
/** Entries between two checkpoints, and how often. */
const entries = 1000
const turns = 7

/**
 * How long the cheapest acts there are (one logbook entry and nothing else) take, against how long they and the signing of
 * a checkpoint over them take one after the other. The job works beside the acts, so this is the most that it can slow them.
 */
export async function checkpoints(): Promise<Row> {
  const database = await createTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'ranah-bench-'))
  const settings = { publicUrl: 'https://desk.example', sealingKey: randomBytes(32) }
  const base = testDeps(database.appUrl, { max: 2 * clients })
  const deps = { ...base, signedLast: keptSignedLast(directory), settings } as unknown as typeof base &
    JobDeps
  try {
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    const { id } = await createTestOffice(deps, 'signed', sop)
    await signCheckpoint(deps, id)
    const write = () =>
      act(deps, { kind: 'system', officeId: id }, async (_tx, { note }) =>
        note({ act: 'test.written', subject: { kind: 'test', id: 'x' }, details: { text: 'x'.repeat(200) } }),
      )
    const found: { written: number; signed: number }[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      const written = await msOf(() =>
        Promise.all(
          Array.from({ length: clients }, async () => {
            for (let entry = 0; entry < entries / clients; entry += 1) await write()
          }),
        ),
      )
      found.push({ written, signed: await msOf(() => signCheckpoint(deps, id)) })
    }
    const written = median(found.map((each) => each.written))
    const both = median(found.map((each) => each.written + each.signed))
    return {
      name: `${entries} acts, against them and the signing of a checkpoint after them`,
      ours: `${both.toFixed(0)} ms`,
      baseline: `${written.toFixed(0)} ms`,
      ratio: median(found.map((each) => each.written / (each.written + each.signed))),
      target: 0.9,
    }
  } finally {
    await base.database.close()
    await database.drop()
    await rm(directory, { recursive: true, force: true })
  }
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
