import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One numbered, forward-only SQL file. */
export type Migration = {
  readonly number: number
  readonly file: string
  readonly sha256: string
  readonly sql: string
}

const fileName = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Reads NNNN-name.sql from a directory in order. Gaps, doubles and other names are a fault of the release. */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (file, index) => {
      const number = Number(fileName.exec(file)?.[1])
      if (number !== index + 1) throw new Error(`${join(directory, file)}: expected number ${index + 1}`)
      const sql = await readFile(join(directory, file), 'utf8')
      return { number, file, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
