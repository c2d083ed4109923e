/** A list read page by page passes over nothing and tells nothing twice, though its rows were written in one moment. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { inScope } from '../../src/db/database.ts'
import type { Place } from '../../src/db/page.ts'
import { listTokens } from '../../src/db/people.ts'
import { placeOf, readPlace } from '../../src/http/api/paging.ts'
import { asOwner } from '../support/app.ts'
import type { TestPortal } from '../support/portal.ts'
import { createTestPortal } from '../support/portal.ts'

let portal: TestPortal
before(async () => {
  portal = await createTestPortal()
})
after(() => portal.close())

/** Columns that a cursor carries, by the file whose list is ordered by them. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'people.ts': ['self_registrations.created_at', 'api_tokens.created_at'],
  'sessions.ts': ['auth_session.startedAt'],
  'appointments.ts': ['appointments.created_at'],
  'invitations.ts': ['invitations.created_at'],
  'office/zone-findings.ts': ['zone_findings.found_at'],
  'archive/disposals.ts': ['disposals.proposed_at'],
  'archive/items.ts': ['documents.created_at'],
  'requests/case-file.ts': ['messages.at'],
}

test('every time in a cursor is kept as finely as the cursor tells it', async () => {
  const kept = await asOwner(
    portal.database,
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and data_type like 'timestamp%' and datetime_precision = 3`,
  )
  const names = new Set(kept.map(({ name }) => String(name)))
  assert.deepEqual(
    Object.values(columns)
      .flat()
      .filter((name) => !names.has(name)),
    [],
  )
  const folder = new URL('../../src/db/', import.meta.url)
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith('.ts') || file === 'page.ts') continue
    const uses = (await readFile(new URL(file, folder), 'utf8')).match(/\bbehind\(/g)?.length ?? 0
    assert.ok(uses <= (columns[file]?.length ?? 0), `${file}: name the column of its list in this test`)
  }
})

test('rows of one transaction, two a page', async () => {
  const { officeId, personId } = await portal.member('operator')
  // the clock of the database tells microseconds, and ids come in no order
  await asOwner(
    portal.database,
    `insert into api_tokens (id, office_id, person_id, name, token_hash, created_at, expires_at)
     select gen_random_uuid(), $1, $2, 'skrip ' || n, 'hash ' || n, clock_timestamp() + n * interval '150 microseconds',
       now() + interval '1 year' from generate_series(1, 61) n`,
    [officeId, personId],
  )
  const seen: string[] = []
  let after_: Place | undefined
  for (;;) {
    const page = await inScope(portal.deps.db, { officeId }, (tx) =>
      listTokens(tx, officeId, undefined, { limit: 2, ...(after_ && { after: after_ }) }),
    )
    if (page.length === 0) break
    seen.push(...page.map(({ name }) => name))
    const { createdAt, id } = page.at(-1)!
    const cursor = Buffer.from(JSON.stringify(placeOf(createdAt, id))).toString('base64url')
    after_ = readPlace(cursor)
    assert.ok(seen.length <= 80, 'the list does not end')
  }
  assert.equal(seen.length, 61)
  assert.equal(new Set(seen).size, 61)
})
