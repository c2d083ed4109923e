import assert from 'node:assert/strict'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import { Refused } from '../../src/domain/refused.ts'
import { launchPostgres, stopPostgres } from '../../src/servers/postgres/launch.ts'
import { smallDisk } from '../support/small-disk.ts'

const MEBIBYTE = 1024 * 1024

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('an embedded PostgreSQL on a full disk says so in a sentence, and with room it goes on with all it had', async (t) => {
  const disk = await smallDisk(t, 400 * MEBIBYTE, (path) => stopPostgres(join(path, 'data')))
  // The server's own account must get there, or its cluster would lie on another disk.
  await chmod(disk.path, 0o711)
  const dataDirectory = join(disk.path, 'data')
  await mkdir(dataDirectory, { mode: 0o711 })
  const isTold = (error: unknown): true => {
    assert.ok(error instanceof Refused, String(error))
    assert.deepEqual([error.reason, error.status], ['postgres-disk-full', 503])
    assert.ok(
      error.text.id.includes(disk.path) && /penuh.*Tidak ada yang hilang.*Kosongkan/.test(error.text.id),
    )
    return true
  }
  await disk.fill(0)
  await assert.rejects(launchPostgres({ dataDirectory }), isTold, 'before there is a cluster')
  await disk.free()
  const first = await launchPostgres({ dataDirectory })
  await query(first.ownerUrl, 'create table kept (n int)')
  for (const [how, n] of [
    ['stopped', 1],
    ['killed', 2],
  ] as const) {
    const running = await launchPostgres({ dataDirectory })
    await query(running.ownerUrl, `insert into kept values (${n})`)
    if (how === 'killed') process.kill(running.process.pid, 'SIGKILL')
    else await running.stop()
    await disk.fill(0)
    for (const _ of [1, 2]) {
      const tried = launchPostgres({ dataDirectory })
      // What a killed one left may be room enough: then it runs.
      if (how === 'killed') await tried.catch(isTold)
      else await assert.rejects(tried, isTold, how)
    }
    await disk.free()
    const again = await launchPostgres({ dataDirectory })
    const rows = await query(again.ownerUrl, 'select n from kept order by n')
    assert.deepEqual(
      rows,
      Array.from({ length: n }, (_, index) => ({ n: index + 1 })),
      how,
    )
  }
})
