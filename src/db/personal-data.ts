import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** The rows of one table in which a person stands, without what is secret or not text. */
export type HeldRows = { readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }

/** Tables that hold how somebody signs in and nothing that they could read, or nothing about people. */
const unread = [
  'auth_account',
  'auth_verification',
  'auth_two_factor',
  'used_codes',
  'recovery_codes',
  'used_challenges',
  'tries',
  'idempotency_keys',
  'installation',
  'logbook_nodes',
  'schema_migration',
]
/** Columns that open something, and the documents of an SOP, which its author only signed. */
const secretColumn = /token|hash|secret|password|sealed|salt|^source$|^document$/i
/** Rows of one table that are read; nobody stands in more of them but by years of work. */
const maxRows = 10_000

/**
 * Reads every row of the office in which the person stands, by id or e-mail address, in whatever table: a table of
 * tomorrow is read too.
 */
export async function collectHeld(
  tx: Tx,
  person: { readonly id: string; readonly email: string },
): Promise<readonly HeldRows[]> {
  const patterns = [person.id, person.email].flatMap(quoted)
  const held: HeldRows[] = []
  for (const { table, columns } of await readableTables(tx)) {
    const list = sql.join(columns.map((column) => sql.ref(column)))
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from (select ${list} from ${sql.table(table)}) t
      where exists (select 1 from unnest(${patterns}::text[]) p where strpos(lower(to_jsonb(t)::text), p) > 0)
      limit ${maxRows}`.execute(tx)
    if (rows.length > 0) held.push({ table, rows: rows.map(({ row }) => row) })
  }
  return held
}

/** A value as it stands in JSON, and as it stands in a text that holds JSON. */
function quoted(value: string): readonly string[] {
  const plain = JSON.stringify(value.toLowerCase())
  return [plain, JSON.stringify(plain).slice(1, -1)]
}

async function readableTables(tx: Tx): Promise<readonly { table: string; columns: readonly string[] }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type <> 'bytea'
    order by c.table_name, c.ordinal_position`.execute(tx)
  const tables = new Map<string, string[]>()
  for (const { table, column } of rows)
    if (!unread.includes(table) && !secretColumn.test(column))
      tables.set(table, [...(tables.get(table) ?? []), column])
  return [...tables].map(([table, columns]) => ({ table, columns }))
}

/** @returns whether the person belongs to an office other than that of the transaction */
export async function belongsElsewhere(tx: Tx, personId: string): Promise<boolean> {
  const scope = sql<{ before: string }>`select current_setting('ranah.person', true) as before`
  const { before } = (await scope.execute(tx)).rows[0]!
  const setPerson = (id: string) => sql`select set_config('ranah.person', ${id}, true)`.execute(tx)
  await setPerson(personId)
  const row = await tx
    .selectFrom('memberships')
    .select('person_id')
    .where('person_id', '=', personId)
    .where(sql<boolean>`office_id <> current_office()`)
    .limit(1)
    .executeTakeFirst()
  await setPerson(before)
  return row !== undefined
}

/** Deletes what would go with the account: every row, in whatever table, that a deletion of the account would take along. */
export async function deleteOfAccount(tx: Tx, personId: string): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, a.attname as column from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'auth_user'::regclass and c.confdeltype = 'c'
    order by 1`.execute(tx)
  for (const { table, column } of rows)
    await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${personId}`.execute(tx)
}

/** Puts `to` in the place of every object, in these columns of JSON, that has this e-mail address. @returns rows changed */
export async function replaceContacts(
  tx: Tx,
  email: string,
  to: Readonly<Record<string, string>>,
): Promise<number> {
  let changed = 0
  for (const [table, column] of contactColumns) {
    const { rows } = await sql<{ id: string; value: unknown }>`
      select id::text as id, ${sql.ref(column)} as value from ${sql.table(table)}
      where strpos(lower(${sql.ref(column)}::text), ${JSON.stringify(email.toLowerCase())}) > 0`.execute(tx)
    for (const { id, value } of rows) {
      const next = JSON.stringify(without(value, email.toLowerCase(), to))
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${next}::jsonb where id::text = ${id}`.execute(
        tx,
      )
      changed += 1
    }
  }
  return changed
}

const contactColumns = [
  ['services', 'administrative_contact'],
  ['services', 'technical_contact'],
  ['requests', 'form'],
  ['requests', 'state'],
  ['request_events', 'data'],
] as const

function without(value: unknown, email: string, to: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, email, to))
  if (typeof value === 'string') return value.toLowerCase() === email ? to['email'] : value
  if (value === null || typeof value !== 'object') return value
  const members = Object.entries(value)
  const isTheirs = members.some(([, each]) => typeof each === 'string' && each.toLowerCase() === email)
  return Object.fromEntries(
    members.flatMap(([key, each]) => {
      if (isTheirs && key in to) return [[key, to[key]]]
      if (isTheirs && key === 'nip') return []
      return [[key, without(each, email, to)]]
    }),
  )
}
