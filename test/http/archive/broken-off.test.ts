/** A destruction that breaks off destroys nothing, and a backup of before brings back what it held. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { dumpDatabase } from '../../../src/db/backup/dump.ts'
import { emptyDatabase, loadDatabase } from '../../../src/db/backup/load.ts'
import { asOwner } from '../../support/app.ts'
import type { TestDatabase } from '../../support/database.ts'
import { createTestDatabase } from '../../support/database.ts'
import type { LaidPapers } from '../../support/laid-papers.ts'
import { layPapers } from '../../support/laid-papers.ts'
import type { TestPortal } from '../../support/portal.ts'
import { createTestPortal } from '../../support/portal.ts'

let portal: TestPortal
let papers: LaidPapers
let destroy: () => Promise<Response>
before(async () => {
  portal = await createTestPortal()
  await portal.as('applicant')
  papers = await layPapers(portal, portal, { ended: '2015-01-05' })
  const administrator = await portal.as('administrator')
  const operator = await portal.as('operator')
  const head = await portal.as('head-of-office')
  const base = '/offices/contoh'
  await administrator.api('POST', `${base}/retention-schedule/confirmation`, {
    basis: 'Peraturan Bupati Contoh',
  })
  const made = await operator.api('POST', `${base}/disposals`, { withReview: false })
  const { id } = (await made.json()) as { id: string }
  const consent = { consent: '000.5/77/SETDA/2026', consentDate: '2026-03-01' }
  assert.equal((await head.api('POST', `${base}/disposals/${id}/approval`, consent)).status, 200)
  const witnesses = {
    legalName: 'Saksi Satu',
    legalPost: 'Kepala Bagian',
    auditName: 'Saksi Dua',
    auditPost: 'Inspektur',
    sure: 'yes',
  }
  destroy = () => operator.api('POST', `${base}/disposals/${id}/destruction`, witnesses)
})
after(() => portal?.close())

/** Everything that a destruction touches. */
const stateNow = async () =>
  (
    await asOwner(
      portal.database,
      `select (select count(*) from documents where bytes is null) as gone,
         (select string_agg(state, ',' order by document_id) from disposal_items) as items,
         (select status from disposals) as status, (select count(*) from letters where kind = 'destruction-record') as records,
         (select coalesce(sum(last_seq), 0) from register_years where code = 'outgoing') as numbers,
         (select count(*) from logbook_entries where act like 'archive.%destroyed') as entries,
         (select data ? 'secretOfLetter' from letters where id = '${papers.letterId}') as letter`,
    )
  )[0]

test('the connection dies in the middle: nothing went, no number was taken, and the next time it is done once', async () => {
  const before = await stateNow()
  const holder = new Client({ connectionString: portal.database.ownerUrl })
  await holder.connect()
  // the entry of the logbook is the last statement: there the act waits, with everything else done
  await holder.query('begin; select 1 from logbook_heads for update')
  const broken = destroy()
  for (let tries = 0; ; tries += 1) {
    const { rows } = await holder.query(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0]) {
      await holder.query('select pg_terminate_backend($1)', [(rows[0] as { pid: number }).pid])
      break
    }
    assert.ok(tries < 200, 'the act came to the logbook')
    await new Promise((resolve) => void setTimeout(resolve, 25))
  }
  assert.ok((await broken).status >= 500)
  await holder.query('rollback')
  await holder.end()
  assert.deepEqual(await stateNow(), before)
  portal.faults.length = 0

  const directory = await mkdtemp(join(tmpdir(), 'ranah-archive-'))
  const dump = await dumpDatabase(portal.database.ownerUrl, directory)
  assert.equal((await destroy()).status, 200)
  const done = (await stateNow())!
  assert.deepEqual([done.gone, done.records, done.numbers, done.letter], [2, 1, 1, false])
  assert.equal((await destroy()).status, 409)
  assert.deepEqual(await stateNow(), done)

  // a backup of before holds the bytes, and after a restore the proposal is where it was
  let restored: TestDatabase | undefined
  try {
    restored = await createTestDatabase()
    await emptyDatabase(restored.ownerUrl)
    await loadDatabase({
      ownerUrl: restored.ownerUrl,
      appPassword: 'only-for-tests',
      migrations: fileURLToPath(new URL('../../../migrations', import.meta.url)),
      rows: directory,
      // the queue of the tests is no table of the migrations
      dump: {
        ...dump,
        tables: dump.tables.filter(({ table }) => table !== 'test_jobs'),
        sequences: dump.sequences.filter(({ name }) => !name.startsWith('test_jobs')),
      },
    })
    const rows = await asOwner(
      restored,
      `select d.bytes is not null as is_there, d.destroyed_at, p.status from documents d
       join disposal_items i on i.document_id = d.id join disposals p on p.id = i.disposal_id`,
    )
    assert.deepEqual(rows, [
      { is_there: true, destroyed_at: null, status: 'approved' },
      { is_there: true, destroyed_at: null, status: 'approved' },
    ])
  } finally {
    await restored?.drop()
    await rm(directory, { recursive: true, force: true })
  }
  assert.deepEqual(portal.faults, [])
})
