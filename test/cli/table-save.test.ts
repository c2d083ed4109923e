/** `ranah table save` against a portal on a port of its own. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serve } from '@hono/node-server'
import { createTestPortal } from '../support/portal.ts'
import type { TestPortal } from '../support/portal.ts'
import { readWorkbook } from '../support/spreadsheet.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

describe('table save', () => {
  let portal: TestPortal
  let server: ReturnType<typeof serve>
  let folder: string
  let env: Record<string, string>
  before(async () => {
    portal = await createTestPortal()
    await portal.as('applicant')
    const made = await (
      await portal.as('operator')
    ).api('POST', '/offices/contoh/tokens', { name: 'tabel', days: 1 })
    const { token } = (await made.json()) as { token: string }
    server = serve({ fetch: portal.app.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    env = { PATH: process.env.PATH!, RANAH_URL: `http://127.0.0.1:${port}`, RANAH_TOKEN: token }
    folder = await mkdtemp(join(tmpdir(), 'ranah-tabel-'))
  })
  after(async () => {
    server.close()
    await rm(folder, { recursive: true })
    await portal.close()
  })

  const run = (...call: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', main, 'table', 'save', ...call], {
      env,
    }).then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => ({ code: error.code, stderr: error.stderr }),
    )

  test('writes a list in the format of the file, once, and nothing for what it may not have', async () => {
    const cases: [string[], number, RegExp][] = [
      [['agencies', '-o', 'a.xlsx'], 0, /^$/],
      [['agencies', '-o', 'a.xlsx'], 1, /a\.xlsx/],
      [['people', '-o', 'p.csv'], 1, /./],
      [['request-options', '-o', 'o.csv'], 2, /bukan daftar|no list/],
    ]
    for (const [call, code, words] of cases) {
      const done = await run(...call.slice(0, -1), join(folder, call.at(-1)!))
      assert.equal(done.code, code, `${call.join(' ')}: ${done.stderr}`)
      assert.match(done.stderr, words)
    }
    assert.deepEqual((await readdir(folder)).toSorted(), ['a.xlsx'])
    const book = readWorkbook(await readFile(join(folder, 'a.xlsx')))
    assert.equal(book.rows[1]![0]!.value, 'Badan Contoh')
  })
})
