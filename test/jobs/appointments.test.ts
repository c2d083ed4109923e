import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inScope } from '../../src/db/database.ts'
import { peopleOfActor } from '../../src/db/requests/recipients.ts'
import type { RequestRow } from '../../src/db/requests/requests.ts'
import type { JobDeps } from '../../src/jobs/deps.ts'
import { watchAppointments } from '../../src/jobs/watch-appointments.ts'
import type { TestDatabase } from '../support/database.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestDeps, TestOffice } from '../support/office.ts'
import { createTestOffice, readSopFile, testDeps } from '../support/office.ts'

const dayMs = 86_400_000

let database: TestDatabase
let deps: TestDeps & JobDeps
let office: TestOffice
before(async () => {
  database = await createTestDatabase()
  const base = testDeps(database.appUrl)
  deps = { ...base, settings: { publicUrl: 'http://portal.test' } } as unknown as TestDeps & JobDeps
  office = await createTestOffice(deps, 'waktu', await readSopFile('sops/katingan-subdomain-hosting.yaml'))
})
after(async () => {
  await deps.database.close()
  await database.drop()
})

const inOffice = <T>(run: Parameters<typeof inScope<T>>[2]) => inScope(deps.db, { officeId: office.id }, run)
/** What a round of the day sent. */
async function round(): Promise<{ to: string; subject: string; text: string }[]> {
  deps.jobs.length = 0
  await watchAppointments(deps)
  return deps.jobs.map((job) => job.data as never)
}
const endsOn = (role: 'operator' | 'head-of-division', day: string) =>
  inOffice((tx) =>
    sql`update appointments set until_day = ${day} where person_id = ${office.member(role).personId}`.execute(
      tx,
    ),
  )

test('the holder and the administrators are warned at 30 and 7 days and the day after, each once', async () => {
  await endsOn('operator', '2026-04-10')
  const [operator, administrator] = [office.member('operator'), office.member('administrator')]
  const days: number[] = []
  for (let day = 0; day < 50; day += 1) {
    const sent = [...(await round()), ...(await round())]
    if (sent.length > 0) {
      days.push(day)
      assert.deepEqual(sent.map(({ to }) => to).sort(), [administrator.email, operator.email].sort())
      assert.match(sent[0]!.text, /penugasan/)
    }
    deps.clock.advance(dayMs)
  }
  // 2 March is day 0, 10 April day 39
  assert.deepEqual(days, [9, 32, 40])
  deps.clock.now = new Date('2026-03-02T02:00:00Z')
})

test('an appointment that another one outlasts, and one that was taken back, are not worth a warning', async () => {
  await endsOn('head-of-division', '2026-03-05')
  const { personId } = office.member('head-of-division')
  const next = deps.newId()
  await inOffice((tx) =>
    sql`insert into appointments (id, office_id, person_id, role, basis, number, dated, from_day, created_at)
        values (${next}, ${office.id}, ${personId}, 'head-of-division', 'sk', '2', '2026-01-01', '2026-03-06', now())`.execute(
      tx,
    ),
  )
  assert.deepEqual(await round(), [])
  await inOffice((tx) => sql`update appointments set revoked_at = now() where id = ${next}`.execute(tx))
  assert.equal((await round()).length, 2)
})

test('who is told of a turn: whose role counts today, and who stands in for them', async () => {
  const kabid = office.member('head-of-division')
  const auditor = office.member('auditor')
  const told = (at: string) =>
    inOffice((tx) =>
      peopleOfActor(tx, office.sop, { sop_id: office.sopId } as RequestRow, 'kabid', new Date(at)),
    )
  assert.deepEqual(
    (await told('2026-03-04T02:00:00Z')).map((each) => each.personId),
    [kabid.personId],
  )
  assert.deepEqual(await told('2026-03-07T02:00:00Z'), [], 'the day after the last one')
  await inOffice((tx) =>
    sql`insert into appointments (id, office_id, person_id, role, basis, number, dated, acting, from_day, until_day,
          created_at)
        values (${deps.newId()}, ${office.id}, ${auditor.personId}, 'head-of-division', 'surat-tugas', '3', '2026-03-06',
          'Plt.', '2026-03-06', '2026-04-06', now())`.execute(tx),
  )
  assert.deepEqual(
    (await told('2026-03-07T02:00:00Z')).map((each) => each.personId),
    [auditor.personId],
  )
})
