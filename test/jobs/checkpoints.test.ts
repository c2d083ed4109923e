import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { act } from '../../src/actions/act.ts'
import { isContinued, isIncluded, leafHash } from '../../src/cli/logbook-verifier/merkle.ts'
import { openCheckpoint, trust } from '../../src/cli/logbook-verifier/note.ts'
import { endSigningNames } from '../../src/db/backup/end-signing-names.ts'
import { inScope } from '../../src/db/database.ts'
import { listNames } from '../../src/db/logbook-tree/checkpoints.ts'
import { consistencyProof, inclusionProof } from '../../src/db/logbook-tree/nodes.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { signCheckpoint, signCheckpoints } from '../../src/jobs/sign-checkpoints.ts'
import { keptSignedLast } from '../../src/signed-last.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'
import type { SignOrder } from '../support/sign-once.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('../support/sign-once.ts', import.meta.url))
let database: TestDatabase
let deps: TestDeps & JobDeps
let directory: string
let owner: Client
const sealingKey = randomBytes(32)

before(async () => {
  database = await createTestDatabase()
  directory = await mkdtemp(join(tmpdir(), 'ranah-signed-'))
  const settings = { publicUrl: 'https://desk.example:8443', sealingKey }
  const outside = { signedLast: keptSignedLast(directory), settings }
  deps = { ...testDeps(database.appUrl), ...outside } as unknown as typeof deps
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await deps.database.close()
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

let offices = 0
const newOffice = async (): Promise<TestOffice> =>
  createTestOffice(deps, `buku${(offices += 1)}`, await readSopFile('sops/katingan-subdomain-hosting.yaml'))

async function write({ id: officeId }: TestOffice, count: number): Promise<void> {
  for (let entry = 0; entry < count; entry += 1)
    await act(deps, { kind: 'system', officeId }, async (_tx, { note }) => {
      const personal = { contact: `orang ${entry}@contoh.example` }
      note({ act: 'test.written', subject: { kind: 'test', id: `${entry}` }, personal })
    })
}

const within = <T>({ id: officeId }: TestOffice, read: Parameters<typeof inScope<T>>[2]): Promise<T> =>
  inScope(deps.db, { officeId }, read)
const checkpoints = async (office: TestOffice) =>
  within(office, (tx) => tx.selectFrom('logbook_checkpoints').selectAll().orderBy('size').execute())
const names = (office: TestOffice) => within(office, listNames)

/** As if the office's rows had come from an older state: everything after entry `seq` is gone. */
async function turnBack({ id }: TestOffice, seq: number): Promise<void> {
  await owner.query('delete from logbook_openings where office_id = $1 and seq > $2', [id, seq])
  await owner.query('delete from logbook_checkpoints where office_id = $1 and size > $2', [id, seq])
  await owner.query('delete from logbook_nodes where office_id = $1 and (index + 1) * 2 ^ level > $2', [
    id,
    seq,
  ])
  await owner.query('delete from logbook_keys where office_id = $1 and entries >= $2', [id, seq])
  await owner.query('delete from logbook_entries where office_id = $1 and seq > $2', [id, seq])
  await owner.query(
    `update logbook_heads h set seq = e.seq, prev = e.prev, hash = e.hash from logbook_entries e
      where h.office_id = $1 and e.office_id = $1 and e.seq = $2`,
    [id, seq],
  )
}

/** Every checkpoint is signed under its own name, continues the one before it, and holds the entries that there are. */
async function proveAll(office: TestOffice): Promise<void> {
  const all = await checkpoints(office)
  const known = await names(office)
  const texts = await within(office, (tx) =>
    tx.selectFrom('logbook_entries').select(['seq', 'text']).orderBy('seq').execute(),
  )
  for (const [nth, { size, origin, note, root: kept }] of all.entries()) {
    const opened = openCheckpoint(note, [trust(known.find((name) => name.origin === origin)!.vkey)])
    assert.deepEqual([opened.origin, opened.size, opened.root], [origin, size, kept])
    for (const { seq, text } of texts.filter((entry) => entry.seq <= size)) {
      const path = await within(office, (tx) => inclusionProof(tx, seq, size))
      assert.ok(
        isIncluded({ leaf: leafHash(text), index: seq - 1, size, path, root: kept }),
        `${seq} of ${size}`,
      )
    }
    const before_ = all[nth - 1]
    if (!before_) continue
    const path = await within(office, (tx) => consistencyProof(tx, before_.size, size))
    assert.ok(isContinued({ from: before_.size, to: size, path, oldRoot: before_.root, root: kept }))
  }
}

describe('the checkpoints of a logbook', () => {
  test('grow with it; each is proven against every entry and the one before, and none is signed twice', async () => {
    const office = await newOffice()
    for (const count of [0, 1, 2, 5, 0, 9]) {
      await write(office, count)
      await signCheckpoints(deps)
    }
    // the first entry of all says under which name and key is signed from now on
    assert.deepEqual(
      (await checkpoints(office)).map(({ size }) => size),
      [1, 2, 4, 9, 18],
    )
    await proveAll(office)
    const [name] = await names(office)
    assert.match(name!.origin, /^desk\.example\/o\/buku\d+\/buku-log\/[0-9a-f]{8}$/)
    const [first] = await within(office, (tx) =>
      tx.selectFrom('logbook_entries').select('text').where('seq', '=', 1).execute(),
    )
    assert.ok(first!.text.includes(JSON.stringify(name!.vkey)))
    const { rows } = await owner.query('select sealed from logbook_keys where office_id = $1', [office.id])
    assert.equal(rows.length, 1)
  })

  test('stay good when what stands behind the commitments is erased', async () => {
    const office = await newOffice()
    await write(office, 6)
    await signCheckpoint(deps, office.id)
    await within(office, (tx) => tx.deleteFrom('logbook_openings').execute())
    await write(office, 3)
    await signCheckpoint(deps, office.id)
    await proveAll(office)
  })

  test('cannot be changed or removed by the application', async () => {
    const office = await newOffice()
    await signCheckpoint(deps, office.id)
    await assert.rejects(
      within(office, (tx) => tx.deleteFrom('logbook_checkpoints').execute()),
      /denied/,
    )
    await assert.rejects(
      within(office, (tx) => tx.deleteFrom('logbook_nodes').execute()),
      /denied/,
    )
    await assert.rejects(
      within(office, (tx) =>
        tx
          .updateTable('logbook_nodes')
          .set({ hash: Buffer.alloc(32) })
          .execute(),
      ),
      /denied/,
    )
  })

  test('of four processes at once over a growing logbook are one history', async () => {
    const office = await newOffice()
    await signCheckpoint(deps, office.id)
    const signing = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 6; turn += 1) await signCheckpoint(deps, office.id)
    })
    await Promise.all([write(office, 20), ...signing])
    await signCheckpoint(deps, office.id)
    assert.equal((await checkpoints(office)).at(-1)!.size, 21)
    await proveAll(office)
  })

  test('are caught up after kill -9 at every place, and never two of one size', async () => {
    for (const strike of [
      { write: 1, side: 'before' },
      { write: 1, side: 'after' },
      { write: 2, side: 'before' },
      { write: 2, side: 'after' },
    ] as const) {
      const office = await newOffice()
      await write(office, 3)
      const order: SignOrder = {
        appUrl: database.appUrl,
        officeId: office.id,
        directory,
        sealingKey: sealingKey.toString('base64'),
        strike,
      }
      const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(order)], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
      assert.deepEqual(await checkpoints(office), [], 'nothing was published')
      await write(office, 2)
      await signCheckpoint(deps, office.id)
      assert.deepEqual(
        (await checkpoints(office)).map(({ size }) => size),
        [6],
      )
      assert.equal((await names(office)).length, 1)
      await proveAll(office)
    }
  })
})

describe('a second history is never signed under a name', () => {
  test('a database that was turned back: the name ends, the logbook says so, and goes on under another', async () => {
    const office = await newOffice()
    await write(office, 4)
    await signCheckpoint(deps, office.id)
    await write(office, 4)
    await signCheckpoint(deps, office.id)
    const [signed] = await names(office)
    const lost = (await checkpoints(office)).at(-1)!
    await turnBack(office, 6)
    await write(office, 5)
    await signCheckpoint(deps, office.id)
    const [now, before_] = await names(office)
    assert.deepEqual([before_!.origin, before_!.endReason], [signed!.origin, 'entries-lost'])
    assert.notEqual(now!.origin, signed!.origin)
    await signCheckpoint(deps, office.id)
    const last = (await checkpoints(office)).at(-1)!
    assert.deepEqual([last.origin, last.size], [now!.origin, 12])
    const begun = await within(office, (tx) =>
      tx
        .selectFrom('logbook_entries')
        .select('text')
        .where('act', '=', 'logbook.name-begun')
        .orderBy('seq')
        .execute(),
    )
    const { details } = JSON.parse(begun.at(-1)!.text) as { details: Record<string, unknown> }
    assert.deepEqual(
      [details['before'], details['why'], details['lost']],
      [signed!.origin, 'entries-lost', { size: lost.size, root: lost.root.toString('base64') }],
    )
    await proveAll(office)
  })

  test('turned back to before the name existed: nothing is signed under the older name', async () => {
    const office = await newOffice()
    await write(office, 2)
    await signCheckpoint(deps, office.id)
    await endSigningNames(database.ownerUrl)
    await write(office, 2)
    await signCheckpoint(deps, office.id)
    const { rows } = await owner.query<{ origin: string }>(
      'select origin from logbook_keys where office_id = $1 order by entries',
      [office.id],
    )
    const [older] = rows.map(({ origin }) => origin)
    await turnBack(office, 3)
    const sealed = Buffer.from('as it lay in the older state')
    await owner.query(
      'update logbook_keys set ended_at = null, end_reason = null, sealed = $2 where origin = $1',
      [older, sealed],
    )
    await write(office, 3)
    await signCheckpoint(deps, office.id)
    await signCheckpoint(deps, office.id)
    const all = await names(office)
    assert.deepEqual(
      all.map(({ endReason }) => endReason),
      [null, 'entries-lost'],
    )
    assert.deepEqual(
      (await checkpoints(office)).filter(({ size }) => size > 3).map(({ origin }) => origin),
      [all[0]!.origin],
    )
  })

  test('a restored backup begins a new name, and one restored twice does so twice', async () => {
    const office = await newOffice()
    await write(office, 2)
    await signCheckpoint(deps, office.id)
    await endSigningNames(database.ownerUrl)
    await signCheckpoint(deps, office.id)
    await endSigningNames(database.ownerUrl)
    await signCheckpoint(deps, office.id)
    const all = await names(office)
    assert.deepEqual(
      all.map(({ endReason }) => endReason),
      [null, 'restored', 'restored'],
    )
    assert.equal(new Set(all.map(({ origin }) => origin)).size, 3)
    const { rows } = await owner.query(
      'select 1 from logbook_keys where ended_at is not null and sealed is not null',
    )
    assert.equal(rows.length, 0, 'the keys of ended names are gone')
    await proveAll(office)
  })

  test('a key that cannot be opened is told, and nothing is signed or lost', async () => {
    const office = await newOffice()
    await signCheckpoint(deps, office.id)
    await write(office, 2)
    const settings = { ...deps.settings, sealingKey: randomBytes(32) }
    await signCheckpoint({ ...deps, settings }, office.id)
    assert.deepEqual(
      (await checkpoints(office)).map(({ size }) => size),
      [1],
    )
    assert.match((await names(office))[0]!.trouble!.en, /cannot be opened/)
    await signCheckpoint(deps, office.id)
    assert.deepEqual(
      (await checkpoints(office)).map(({ size }) => size),
      [1, 3],
    )
    assert.equal((await names(office))[0]!.trouble, null)
  })
})
