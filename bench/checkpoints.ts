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
import { pairs } from './report.ts'

/** Clients that write at once into one logbook. */
const clients = 8
/** Entries between two checkpoints. On this bench that is one every second or two; an installation signs once a minute. */
const entriesBetween = 1000

/**
 * Acts with one logbook entry and nothing else, the cheapest there are, per second into a logbook whose checkpoints are
 * signed beside them, against the same acts into one that nobody signs.
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
    const signed = await createTestOffice(deps, 'signed', sop)
    const unsigned = await createTestOffice(deps, 'plain', sop)
    let written = 0
    let signing = Promise.resolve()
    const write = (officeId: string) =>
      act(deps, { kind: 'system', officeId }, async (_tx, { note }) =>
        note({ act: 'test.written', subject: { kind: 'test', id: 'x' }, details: { text: 'x'.repeat(200) } }),
      )
    const beside = async (): Promise<void> => {
      await write(signed.id)
      written += 1
      if (written % entriesBetween === 0) signing = signing.then(() => signCheckpoint(deps, signed.id))
    }
    const row = await pairs(
      'acts while checkpoints are signed',
      clients,
      beside,
      () => write(unsigned.id),
      0.9,
    )
    await signing
    return row
  } finally {
    await base.database.close()
    await database.drop()
    await rm(directory, { recursive: true, force: true })
  }
}
