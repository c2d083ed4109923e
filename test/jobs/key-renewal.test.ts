import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { askKeyRenewal } from '../../src/actions/oversight/ask-key-renewal.ts'
import { verifyFile } from '../../src/cli/logbook-verifier.ts'
import { follow } from '../../src/cli/logbook-verifier/handover.ts'
import { openCheckpoint, trust } from '../../src/cli/logbook-verifier/note.ts'
import { inScope } from '../../src/db/database.ts'
import { listHandovers, listNames } from '../../src/db/logbook-tree/checkpoints.ts'
import { consistencyFile, entryReceipt } from '../../src/http/checkpoints.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { signCheckpoint } from '../../src/jobs/sign-checkpoints.ts'
import { keptSignedLast } from '../../src/signed-last.ts'
import { writeEntries } from '../support/checkpoints.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'
import type { SignOrder } from '../support/sign-once.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = fileURLToPath(new URL('../support/sign-once.ts', import.meta.url))
const sealingKey = randomBytes(32)
let database: TestDatabase
let deps: TestDeps & JobDeps
let directory: string
let owner: Client
let offices = 0

before(async () => {
  database = await createTestDatabase()
  directory = await mkdtemp(join(tmpdir(), 'ranah-renewal-'))
  const settings = { publicUrl: 'https://desk.example:8443', sealingKey }
  deps = {
    ...testDeps(database.appUrl),
    signedLast: keptSignedLast(directory),
    settings,
  } as unknown as typeof deps
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await deps.database.close()
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

/** An office with three entries and the first checkpoint over them. */
async function signedOffice(): Promise<TestOffice> {
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const office = await createTestOffice(deps, `ganti${(offices += 1)}`, sop)
  await writeEntries(deps, office.id, 3)
  await signCheckpoint(deps, office.id)
  return office
}
const names = ({ id: officeId }: TestOffice) => inScope(deps.db, { officeId }, listNames)
const handovers = async ({ id: officeId }: TestOffice): Promise<string> =>
  (await inScope(deps.db, { officeId }, listHandovers)).join('')
const checkpoints = ({ id: officeId }: TestOffice) =>
  inScope(deps.db, { officeId }, (tx) =>
    tx.selectFrom('logbook_checkpoints').selectAll().orderBy('size').execute(),
  )
const ask = (office: TestOffice) => askKeyRenewal(deps, office.member('administrator'))
const reasonsOf = async (office: TestOffice) => (await names(office)).map(({ endReason }) => endReason)

async function killedAt(office: TestOffice, strike: SignOrder['strike']): Promise<void> {
  const { appUrl } = database
  const key = sealingKey.toString('base64')
  const order: SignOrder = { appUrl, officeId: office.id, directory, sealingKey: key, strike }
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(order)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
}

/** As if a thief of the database had cut the last entries off; the tree and its checkpoints with them. */
async function cutOff({ id }: TestOffice, seq: number): Promise<void> {
  await owner.query('delete from logbook_openings where office_id = $1 and seq > $2', [id, seq])
  await owner.query('delete from logbook_checkpoints where office_id = $1 and size > $2', [id, seq])
  await owner.query('delete from logbook_nodes where office_id = $1 and (index + 1) * 2 ^ level > $2', [
    id,
    seq,
  ])
  await owner.query('delete from logbook_entries where office_id = $1 and seq > $2', [id, seq])
  await owner.query(
    `update logbook_heads h set seq = e.seq, prev = e.prev, hash = e.hash from logbook_entries e
      where h.office_id = $1 and e.office_id = $1 and e.seq = $2`,
    [id, seq],
  )
}

async function judge(
  file: string,
  held: { vkeys: string[]; checkpoints?: string[]; handovers?: string },
): Promise<string> {
  const put = async (name: string, content: string) => {
    const path = join(directory, name)
    await writeFile(path, content)
    return path
  }
  const { verdict } = await verifyFile(await put('file', file), {
    heads: [],
    vkeys: held.vkeys,
    checkpoints: await Promise.all((held.checkpoints ?? []).map((note, nth) => put(`kept-${nth}`, note))),
    handovers: held.handovers === undefined ? [] : [await put('handovers', held.handovers)],
  })
  return verdict.verdict === 'ok' ? 'ok' : verdict.why
}

describe('the key that signs the logbook is replaced', () => {
  test('by the next round: the old key signs all that was there and hands over; what was given out stays good', async () => {
    const office = await signedOffice()
    const [first] = await names(office)
    const { file: receipt } = await entryReceipt(deps.db, office.id, 2)
    const kept = (await checkpoints(office)).at(-1)!
    await ask(office)
    await assert.rejects(ask(office), { reason: 'renewal-asked' })
    await signCheckpoint(deps, office.id)
    const [now, before_] = await names(office)
    assert.deepEqual([before_!.origin, before_!.endReason], [first!.origin, 'renewed'])
    const { rows } = await owner.query('select sealed from logbook_keys where origin = $1', [first!.origin])
    assert.deepEqual(rows, [{ sealed: null }], 'the old private key is gone')
    const signed = (await checkpoints(office)).map(({ origin, size }) => [origin, size])
    assert.deepEqual(signed, [
      [first!.origin, 4],
      [first!.origin, 5],
      [now!.origin, 6],
    ])
    const held = { vkeys: [first!.vkey], handovers: await handovers(office) }
    const newest = (await checkpoints(office)).at(-1)!.note
    assert.equal(openCheckpoint(newest, follow([trust(first!.vkey)], held.handovers)).size, 6)
    // before and after, with one and with both keys
    assert.equal(await judge(receipt, { vkeys: [first!.vkey] }), 'ok')
    assert.equal(await judge(receipt, held), 'ok')
    const { file: later } = await entryReceipt(deps.db, office.id, 2)
    assert.equal(await judge(later, { vkeys: [first!.vkey] }), 'unsigned')
    assert.equal(await judge(later, held), 'ok')
    assert.equal(await judge(later, { vkeys: [now!.vkey] }), 'ok')
    const proof = await consistencyFile(deps.db, office.id, { from: kept.size })
    assert.equal(await judge(proof, { ...held, checkpoints: [kept.note] }), 'ok')
    const bothKeys = { vkeys: [first!.vkey, now!.vkey], checkpoints: [kept.note] }
    assert.equal(await judge(proof, bothKeys), 'no-checkpoint', 'two names are one line by a handover only')
  })

  test('and the logbook says so, with the note that the old key signed', async () => {
    const office = await signedOffice()
    await ask(office)
    await signCheckpoint(deps, office.id)
    const [now, before_] = await names(office)
    const [{ text } = { text: '' }] = await inScope(deps.db, { officeId: office.id }, (tx) =>
      tx.selectFrom('logbook_entries').select('text').orderBy('seq', 'desc').limit(1).execute(),
    )
    const { act, details } = JSON.parse(text) as { act: string; details: Record<string, unknown> }
    assert.deepEqual(
      [act, details['why'], details['before'], details['vkey'], details['handover']],
      ['logbook.name-begun', 'renewed', before_!.origin, now!.vkey, await handovers(office)],
    )
  })

  test('a handover that was bent, or signed by another key, hands over nothing', async () => {
    const office = await signedOffice()
    const other = await signedOffice()
    for (const each of [office, other]) {
      await ask(each)
      await signCheckpoint(deps, each.id)
    }
    const start = [trust((await names(office))[1]!.vkey)]
    const good = await handovers(office)
    const foreign = (await names(other))[0]!.vkey
    assert.equal(follow(start, good).length, 2)
    assert.equal(follow(start, await handovers(other)).length, 1)
    assert.equal(follow(start, good + good).length, 2, 'only the last key of a line hands over')
    for (const bent of [good.replace(/^to .*$/m, `to ${foreign}`), good.replace(/.{6}\n$/, 'AAAAA=\n')])
      assert.throws(() => follow(start, bent), { name: 'Error' })
    for (const form of [`x\n${good}`, good.slice(0, -1), good.replace('\nto ', '\n\nto ')])
      assert.throws(() => follow(start, form), { why: 'handover-form' })
  })

  test('exactly once, after kill -9 at every place', async () => {
    for (const strike of [
      { write: 1, side: 'before' },
      { write: 1, side: 'after' },
      { write: 2, side: 'before' },
      { write: 2, side: 'after' },
      { write: 3, side: 'before' },
      { write: 3, side: 'after' },
    ] as const) {
      const office = await signedOffice()
      const [first] = await names(office)
      await ask(office)
      await killedAt(office, strike)
      const isBegun = strike.write === 3
      assert.deepEqual(await reasonsOf(office), isBegun ? [null, 'renewed'] : [null])
      await writeEntries(deps, office.id, 2)
      await signCheckpoint(deps, office.id)
      await signCheckpoint(deps, office.id)
      assert.deepEqual(await reasonsOf(office), [null, 'renewed'])
      const line = follow([trust(first!.vkey)], await handovers(office))
      assert.equal(line.length, 2)
      for (const { note, size } of await checkpoints(office))
        assert.equal(openCheckpoint(note, line).size, size)
    }
  })

  test('without a handover when the old one cannot be opened any more', async () => {
    const office = await signedOffice()
    await ask(office)
    const settings = { ...deps.settings, sealingKey: randomBytes(32) }
    await signCheckpoint({ ...deps, settings }, office.id)
    const [now, before_] = await names(office)
    assert.deepEqual([now!.trouble, now!.handover, before_!.endReason], [null, null, 'renewed'])
    assert.equal((await checkpoints(office)).at(-1)!.origin, now!.origin)
    assert.equal(await handovers(office), '')
  })

  test('only by an administrator, and only where there is one', async () => {
    const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
    const office = await createTestOffice(deps, `ganti${(offices += 1)}`, sop)
    await assert.rejects(ask(office), { reason: 'no-signing-name' })
    await signCheckpoint(deps, office.id)
    for (const role of ['operator', 'head-of-office', 'auditor', 'applicant'] as const)
      await assert.rejects(askKeyRenewal(deps, office.member(role)), { status: 403 })
    assert.deepEqual(await reasonsOf(office), [null])
  })
})

describe('a turned back database is still noticed', () => {
  test('after the key was replaced, before the new one signed anything', async () => {
    const office = await signedOffice()
    await ask(office)
    await killedAt(office, { write: 3, side: 'before' })
    await cutOff(office, 3)
    await writeEntries(deps, office.id, 4)
    await signCheckpoint(deps, office.id)
    const reasons = await reasonsOf(office)
    assert.deepEqual(
      [reasons[0], ...reasons.slice(1).map(String).toSorted()],
      [null, 'entries-lost', 'renewed'],
    )
  })

  test('when a replacement was broken off in between', async () => {
    const office = await signedOffice()
    await ask(office)
    await killedAt(office, { write: 2, side: 'after' })
    await cutOff(office, 3)
    await writeEntries(deps, office.id, 4)
    await signCheckpoint(deps, office.id)
    assert.deepEqual(await reasonsOf(office), [null, 'entries-lost'])
  })

  test('when the end of the forsaken name was itself broken off', async () => {
    const office = await signedOffice()
    const [first] = await names(office)
    await cutOff(office, 3)
    await writeEntries(deps, office.id, 4)
    await killedAt(office, { write: 1, side: 'after' })
    await signCheckpoint(deps, office.id)
    assert.deepEqual(await reasonsOf(office), [null, 'entries-lost'])
    assert.deepEqual(
      (await checkpoints(office)).filter(({ origin }) => origin === first!.origin),
      [],
      'nothing more under the name that was ended',
    )
  })
})
