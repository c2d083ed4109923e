import { Client } from 'pg'

const connectTimeoutMs = 10_000

/**
 * Ends the names under which the offices of a restored database signed checkpoints. More may have been signed after the
 * backup, here or on the old machine: whoever went on under the same name would sign a second history.
 */
export async function endSigningNames(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    // a backup of an older version has none; its migrations run at the next start
    const { rows } = await client.query<{ name: string | null }>(`select to_regclass('logbook_keys') as name`)
    if (rows[0]?.name == null) return
    await client.query(
      `update logbook_keys set ended_at = now(), end_reason = 'restored', sealed = null where ended_at is null`,
    )
  } finally {
    await client.end()
  }
}
