import { Client, escapeIdentifier } from 'pg'
import * as z from 'zod'
import { identitySecretContext } from '../domain/access/sign-on.ts'
import { originContext } from '../domain/logbook/origin.ts'
import { signatoryContext } from '../domain/letters/signing.ts'
import { serverSecretContext } from '../domain/office/server-drivers.ts'

type SealedColumn = {
  readonly table: string
  readonly column: string
  /** The column that names the row. */
  readonly row: string
  /** What a value of this row is sealed for. */
  readonly contextOf: (id: string) => string
}

/** Every column whose values are sealed under the installation's key; one value each row. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'credential_reveals', column: 'sealed', row: 'id', contextOf: (id) => id },
  { table: 'servers', column: 'secret', row: 'id', contextOf: serverSecretContext },
  { table: 'signatories', column: 'sealed_nik', row: 'id', contextOf: signatoryContext },
  {
    table: 'identity_providers',
    column: 'client_secret',
    row: 'office_id',
    contextOf: identitySecretContext,
  },
  { table: 'logbook_keys', column: 'sealed', row: 'origin', contextOf: originContext },
]

const connectTimeoutMs = 10_000
const sealedRow = z.object({ id: z.string(), value: z.instanceof(Buffer) })

/**
 * Seals everything anew, all of it or nothing.
 * @param ownerUrl connects as the owner of the tables, whom row-level security does not bind
 * @param again opens a value and seals it anew; what it throws leaves every value as it was
 * @returns how many values there were
 */
export async function sealAnew(
  ownerUrl: string,
  again: (context: string, sealed: Buffer) => Buffer,
): Promise<number> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    await client.query('begin')
    let count = 0
    for (const { table, column, row: name, contextOf } of sealedColumns) {
      const [at, value, id] = [table, column, name].map(escapeIdentifier) as [string, string, string]
      const { rows } = await client.query(
        `select ${id}::text as id, ${value} as value from ${at} where ${value} is not null for update`,
      )
      for (const row of z.array(sealedRow).parse(rows)) {
        await client.query(`update ${at} set ${value} = $1 where ${id}::text = $2`, [
          again(contextOf(row.id), row.value),
          row.id,
        ])
        count++
      }
    }
    await client.query('commit')
    return count
  } finally {
    await client.end()
  }
}
