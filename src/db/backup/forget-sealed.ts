import { Client } from 'pg'
import * as z from 'zod'
import { serverDriver, serverDriverNames, serverSecretContext } from '../../domain/office/server-drivers.ts'

const connectTimeoutMs = 10_000
const rowShape = z.object({ id: z.string(), name: z.string(), driver: z.enum(serverDriverNames) })

/**
 * Ends what nobody can open any more after a restore without the sealing key: one-time pages, and the secrets of
 * servers. A server that needs no secret of a person gets a new one.
 * @param seal under the installation's new key
 * @returns how many pages ended, and the servers whose keys somebody must enter again
 */
export async function forgetSealed(
  ownerUrl: string,
  seal: (context: string, secret: string) => Buffer,
  randomBytes: (length: number) => Buffer,
): Promise<{ readonly pages: number; readonly servers: readonly string[] }> {
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: connectTimeoutMs })
  await client.connect()
  try {
    await client.query('begin')
    const pages = await client.query(
      `update credential_reveals set status = 'expired', sealed = null where status = 'ready'`,
    )
    const found = await client.query(
      'select id, name, driver from servers where secret is not null order by name',
    )
    const servers: string[] = []
    for (const { id, name, driver } of z.array(rowShape).parse(found.rows)) {
      const { secret, makes } = serverDriver(driver)
      const isEmpty = secret.safeParse({}).success
      if (!isEmpty) servers.push(name)
      const next = isEmpty ? seal(serverSecretContext(id), JSON.stringify({ ...makes?.(randomBytes) })) : null
      await client.query(
        'update servers set secret = $1, check_result = null, checked_at = null where id = $2',
        [next, id],
      )
    }
    await client.query('commit')
    return { pages: pages.rowCount ?? 0, servers }
  } finally {
    await client.end()
  }
}
