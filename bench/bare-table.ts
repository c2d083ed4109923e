import { Client } from 'pg'

/** The table of the baseline: one row of the size of a logbook entry is one durable commit. */
export async function createBareTable(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(
    'create table bench_inserts (id bigint generated always as identity primary key, office uuid, text text)',
  )
  await owner.query('grant insert on bench_inserts to ranah_app')
  await owner.end()
}
