import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { voidLetter } from '../../src/actions/letters/void-letter.ts'
import { act } from '../../src/actions/act.ts'
import { setRegisters } from '../../src/actions/office/set-registers.ts'
import type { RegisterPlace } from '../../src/db/letters/register.ts'
import { listRegister } from '../../src/db/letters/register.ts'
import type { Zone } from '../../src/domain/dates/zones.ts'
import { inScope, json } from '../../src/db/database.ts'
import { takeNumber } from '../../src/db/registers.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'

const atOnce = 50

let database: TestDatabase
let deps: TestDeps
let office: TestOffice
before(async () => {
  database = await createTestDatabase()
  deps = testDeps(database.appUrl, { max: 20 })
  office = await createTestOffice(deps, 'nomor', await readSopFile('sops/katingan-subdomain-hosting.yaml'))
})
after(async () => {
  await deps.database.close()
  await database.drop()
})

/** Issues one letter as an act: number, row and logbook entry in one transaction; some fail after the number. */
const issue = (at: Date, register: 'outgoing' | 'hand-over', fails = false): Promise<string> =>
  act(deps, { kind: 'system', officeId: office.id }, async (tx, write) => {
    const taken = await takeNumber(tx, office.id, register, at)
    const id = randomUUID()
    await tx
      .insertInto('letters')
      .values({
        id,
        office_id: office.id,
        kind: 'reply',
        register,
        ...taken,
        data: json({}),
        verification_code: `NOMOR-${id}`,
        status: 'issued',
        created_at: at,
        issued_at: at,
      })
      .execute()
    write.note({ act: 'letter.issued', subject: { kind: 'letter', id: taken.number } })
    if (fails) throw new Error('the process fails after it took a number')
    return id
  })

const lettersOf = (register: 'outgoing' | 'hand-over', year: number) =>
  inScope(deps.db, { officeId: office.id }, (tx) =>
    tx
      .selectFrom('letters')
      .select(['id', 'seq', 'number', 'status'])
      .where('register', '=', register)
      .where('year', '=', year)
      .orderBy('seq')
      .execute(),
  )

test('50 letters issued at once get 50 numbers without gap or double, although others fail beside them', async () => {
  const at = new Date('2026-03-02T02:00:00Z')
  const ends = await Promise.allSettled(
    Array.from({ length: atOnce * 2 }, (_, index) => issue(at, 'outgoing', index % 2 === 1)),
  )
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, atOnce)
  const letters = await lettersOf('outgoing', 2026)
  assert.deepEqual(
    letters.map(({ seq }) => seq),
    Array.from({ length: atOnce }, (_, index) => index + 1),
  )
  assert.deepEqual(letters[6]!.number, '555/7/CONTOH/III/2026')
  assert.equal(new Set(letters.map(({ number }) => number)).size, atOnce)
})

test('each register and each year of the office counts for itself, by its local day', async () => {
  await issue(new Date('2026-03-02T02:00:00Z'), 'hand-over')
  // 31 December in UTC, 1 January where the office is
  await issue(new Date('2026-12-31T18:00:00Z'), 'outgoing')
  assert.deepEqual(
    (await lettersOf('hand-over', 2026)).map(({ number }) => number),
    ['BAST-001/2026'],
  )
  assert.deepEqual(
    (await lettersOf('outgoing', 2027)).map(({ number }) => number),
    ['555/1/CONTOH/I/2027'],
  )
})

test('the year turns with the clock of the office: in Jayapura first, in Jakarta last', async () => {
  const sop = await readSopFile('sops/katingan-subdomain-hosting.yaml')
  const first = office
  const turns = { 'Asia/Jayapura': 15, 'Asia/Makassar': 16, 'Asia/Jakarta': 17 }
  for (const [timezone, hour] of Object.entries(turns)) {
    const slug = timezone.slice(5, 9).toLowerCase()
    office = await createTestOffice(deps, slug, {
      ...sop,
      office: { ...sop.office, timezone: timezone as Zone },
    })
    await issue(new Date(Date.UTC(2026, 11, 31, hour) - 1), 'outgoing')
    await issue(new Date(Date.UTC(2026, 11, 31, hour)), 'outgoing')
    // a letter that was begun before midnight and is numbered after it does not disturb the new year
    await issue(new Date(Date.UTC(2026, 11, 31, hour) - 1), 'outgoing')
    const numbers = await Promise.all(
      [2026, 2027].map(async (year) => (await lettersOf('outgoing', year)).map(({ number }) => number)),
    )
    assert.deepEqual(
      numbers,
      [['555/1/CONTOH/XII/2026', '555/2/CONTOH/XII/2026'], ['555/1/CONTOH/I/2027']],
      timezone,
    )
  }
  office = first
})

test('50 at once in each of two archive classes count for themselves, and never give one number twice', async () => {
  const at = new Date('2028-03-02T02:00:00Z')
  const administrator = office.member('administrator')
  const set = (pattern: string, archiveClass: string) =>
    setRegisters(deps, administrator, [{ code: 'outgoing', pattern, class: archiveClass }])
  const classed = '{class}/{seq}/CONTOH/{year}'
  for (const archiveClass of ['000.8.3', '555.1']) {
    await set(classed, archiveClass)
    await Promise.allSettled(
      Array.from({ length: atOnce * 2 }, (_, index) => issue(at, 'outgoing', index % 2 === 1)),
    )
  }
  // back in the first class its count goes on; without the class in the number all count together
  await set(classed, '000.8.3')
  await issue(at, 'outgoing')
  await set('555/{seq}/CONTOH/{romanMonth}/{year}', '555.1')
  await issue(at, 'outgoing')
  await set('555/{seq}/CONTOH/{romanMonth}/{year}', '000.8.3')
  await issue(at, 'outgoing')
  const numbers = (await lettersOf('outgoing', 2028)).map(({ number }) => number)
  const upTo = (last: number, of: string) =>
    Array.from({ length: last }, (_, index) => `${of}/${index + 1}/CONTOH/2028`)
  const wanted = [...upTo(atOnce + 1, '000.8.3'), ...upTo(atOnce, '555.1')]
  assert.deepEqual(
    numbers.toSorted(),
    [...wanted, '555/1/CONTOH/III/2028', '555/2/CONTOH/III/2028'].toSorted(),
  )
  await set('555/{seq}/CONTOH/{romanMonth}/{year}', '')
})

test('a register is read page by page, over years and classes, without a double or a loss', async () => {
  const seen: string[] = []
  let before: RegisterPlace | undefined
  for (let pages = 0; pages < 100; pages += 1) {
    const place = before
    const rows = await inScope(deps.db, { officeId: office.id }, (tx) =>
      listRegister(tx, 'outgoing', { limit: 7, ...(place && { before: place }) }),
    )
    seen.push(...rows.map(({ number }) => number))
    before = rows.at(-1)
    if (rows.length < 7) break
  }
  const all = await inScope(deps.db, { officeId: office.id }, (tx) =>
    tx.selectFrom('letters').select('number').where('register', '=', 'outgoing').execute(),
  )
  assert.ok(all.length > 2 * atOnce)
  assert.deepEqual(seen.toSorted(), all.map(({ number }) => number).toSorted())
})

test('a voided letter keeps its number and its reason; none is ever deleted', async () => {
  const [first] = await lettersOf('outgoing', 2026)
  const head = office.member('head-of-office')
  await voidLetter(deps, head, first!.id, 'Nomor agenda pemohon keliru.')
  await assert.rejects(voidLetter(deps, head, first!.id, 'Sekali lagi dibatalkan.'), {
    reason: 'letter-voided',
  })
  await issue(new Date('2026-03-03T02:00:00Z'), 'outgoing')
  const letters = await lettersOf('outgoing', 2026)
  assert.deepEqual([letters[0]!.status, letters.at(-1)!.seq], ['voided', atOnce + 1])
  await assert.rejects(
    inScope(deps.db, { officeId: office.id }, (tx) =>
      tx.deleteFrom('letters').where('id', '=', first!.id).execute(),
    ),
    /permission denied/,
  )
})
