import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { TestDatabase } from '../../support/database.ts'

/** What every text of the marked office holds beside itself; the digits say which column it stands in. */
export const markIn = /tanda\d{4}z/gi

export type Marked = {
  /** The column of a mark, as `requests.form`. */
  readonly columns: ReadonlyMap<string, string>
  /** The ids of the office's rows. */
  readonly ids: readonly string[]
  /** Tables of offices in which the office has no row, and columns that take no mark. */
  readonly empty: readonly string[]
  readonly unmarked: readonly string[]
}

type Column = {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly needed: boolean
}

/**
 * Puts a mark into every text of an office: whatever comes out of its rows can be told from anything else. Tables in
 * which it has no row get one first, made from the schema, so that a new table cannot be forgotten.
 */
export async function markOffice(database: TestDatabase, officeId: string): Promise<Marked> {
  const client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    const columns = await columnsOf(client)
    const empty = await fillTables(client, officeId, columns)
    const ids = await idsOf(client, officeId, columns)
    return { ids, empty, ...(await markColumns(client, officeId, columns)) }
  } finally {
    await client.end()
  }
}

async function columnsOf(client: Client): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(
    `select c.table_name as table, c.column_name as name, c.udt_name as type,
       c.is_nullable = 'NO' and c.column_default is null and c.is_identity = 'NO' as needed
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and exists (select from information_schema.columns o
         where o.table_name = c.table_name and o.column_name = 'office_id')
     order by 1, 2`,
  )
  return rows
}

/** @returns whether it was done; what the schema refuses is undone */
async function tried(client: Client, statement: string, values: readonly unknown[] = []): Promise<number> {
  await client.query('begin')
  try {
    const { rowCount } = await client.query(statement, [...values])
    await client.query('commit')
    return rowCount ?? 0
  } catch {
    await client.query('rollback')
    return 0
  }
}

/** A row in each table that has none; several rounds, since one refers to another. @returns the tables that stay empty */
async function fillTables(
  client: Client,
  officeId: string,
  columns: readonly Column[],
): Promise<readonly string[]> {
  const references = await referencesOf(client)
  const words = await wordsOf(client)
  let empty = [...new Set(columns.map(({ table }) => table))]
  for (let round = 0; round < 4; round += 1) {
    const left: string[] = []
    for (const table of empty) {
      const { rows } = await client.query(`select from ${table} where office_id = $1 limit 1`, [officeId])
      if (rows.length > 0) continue
      const needed = columns.filter((each) => each.table === table && each.needed)
      const values = needed.map(({ name, type }) => {
        const target = references.get(`${table}.${name}`)
        if (name === 'office_id') return '$1'
        if (target === 'auth_user') return '(select person_id from memberships where office_id = $1 limit 1)'
        if (target) return `(select id from ${target} where office_id = $1 limit 1)`
        return words.get(`${table}.${name}`) ?? valueOf(type)
      })
      const names = needed.map(({ name }) => `"${name}"`).join(', ')
      const done = await tried(client, `insert into ${table} (${names}) select ${values.join(', ')}`, [
        officeId,
      ])
      if (done === 0) left.push(table)
    }
    empty = left
  }
  return empty
}

/** The table that a column refers to. */
async function referencesOf(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ from: string; to: string }>(
    `select c.conrelid::regclass || '.' || a.attname as from, c.confrelid::regclass::text as to
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where c.contype = 'f'`,
  )
  return new Map(rows.map(({ from, to }) => [from, to]))
}

/** The first word of those that a column may hold. */
async function wordsOf(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ column: string; check: string }>(
    `select c.conrelid::regclass || '.' || a.attname as column, pg_get_constraintdef(c.oid) as check
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
     where c.contype = 'c' and cardinality(c.conkey) = 1`,
  )
  return new Map(
    rows.flatMap(({ column, check }): [string, string][] => {
      const word = /'([^']*)'::text/.exec(check)?.[1]
      return check.includes('ANY') && word !== undefined ? [[column, `'${word}'`]] : []
    }),
  )
}

function valueOf(type: string): string {
  if (type === 'uuid') return `'${randomUUID()}'`
  if (type.startsWith('timestamp')) return 'now()'
  if (type === 'date') return "'2026-03-02'"
  if (/^(int|float|numeric)/.test(type)) return '1'
  if (type === 'bool') return 'false'
  if (type === 'bytea') return "'\\x00'"
  if (type === 'jsonb') return `'{"catatan": "x"}'`
  return type.startsWith('_') ? `'{}'` : `'${randomUUID()}'`
}

async function idsOf(client: Client, officeId: string, columns: readonly Column[]): Promise<string[]> {
  const found: string[] = []
  for (const { table, name, type } of columns)
    if (name === 'id' && type === 'uuid') {
      const { rows } = await client.query<{ id: string }>(`select id from ${table} where office_id = $1`, [
        officeId,
      ])
      found.push(...rows.map(({ id }) => id))
    }
  return found
}

async function markColumns(
  client: Client,
  officeId: string,
  columns: readonly Column[],
): Promise<Pick<Marked, 'columns' | 'unmarked'>> {
  const marks = new Map<string, string>()
  const unmarked: string[] = []
  const texts = columns.filter(({ type }) => ['text', 'varchar', 'jsonb', '_text'].includes(type))
  for (const [index, { table, name, type }] of texts.entries()) {
    const mark = `tanda${String(index).padStart(4, '0')}z`
    const marked = {
      text: `coalesce("${name}", '') || $2`,
      varchar: `coalesce("${name}", '') || $2`,
      _text: `array_append(coalesce("${name}", '{}'), $2)`,
      // every text within, and one more where there is none
      jsonb: `case jsonb_typeof("${name}")
        when 'object' then regexp_replace("${name}"::text, '(?<!\\\\)"(?=[,}\\]])', $2 || '"', 'g')::jsonb || jsonb_build_object('tanda', $2::text)
        when 'array' then regexp_replace("${name}"::text, '(?<!\\\\)"(?=[,}\\]])', $2 || '"', 'g')::jsonb || to_jsonb($2::text)
        else "${name}" end`,
    }[type]!
    const done = await tried(client, `update ${table} set "${name}" = ${marked} where office_id = $1`, [
      officeId,
      mark,
    ])
    if (done > 0) marks.set(mark, `${table}.${name}`)
    else unmarked.push(`${table}.${name}`)
  }
  return { columns: marks, unmarked }
}
