import { Client } from 'pg'
import * as z from 'zod'
import type { Forgotten } from '../../domain/text/backup.ts'
import { serverDriver, serverDriverNames, serverSecretContext } from '../../domain/office/server-drivers.ts'

const connectTimeoutMs = 10_000
const rowShape = z.object({ id: z.string(), name: z.string(), driver: z.enum(serverDriverNames) })

/**
 * Ends what nobody can open any more after a restore without the sealing key: one-time pages, the secrets of servers and
 * identity providers, the NIK of signatories. A server that needs no secret of a person gets a new one. The keys
 * of logbooks end with every restore, see `endSigningNames`.
 * @param seal under the installation's new key
 */
export async function forgetSealed(
  ownerUrl: string,
  seal: (context: string, secret: string) => Buffer,
  randomBytes: (length: number) => Buffer,
): Promise<Forgotten> {
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
    const signatories = await client.query<{ name: string }>(
      'update signatories set sealed_nik = null where sealed_nik is not null returning name',
    )
    const providers = await client.query<{ name: string }>(
      'delete from identity_providers returning label as name',
    )
    await client.query('commit')
    const namesOf = ({ rows }: { rows: readonly { name: string }[] }) => rows.map(({ name }) => name)
    return {
      pages: pages.rowCount ?? 0,
      servers,
      signatories: namesOf(signatories),
      providers: namesOf(providers),
    }
  } finally {
    await client.end()
  }
}
