import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { DemoReport } from '../../src/cli/demo/printer.ts'
import { verifyLogbookFile } from '../../src/cli/logbook-verifier/export.ts'
import { dataDirectory, startRanah } from '../support/installation.ts'

/** `npm run demo -- --json --exit` as a script calls it. */
async function runDemo(data: string): Promise<{ readonly report: DemoReport; readonly code: number | null }> {
  const demo = startRanah(['demo', '--json', '--exit'], data)
  let document = ''
  demo.child.stdout!.on('data', (text: string) => (document += text))
  const code = await new Promise<number | null>((resolve) => demo.child.once('close', resolve))
  assert.equal(code, 0, demo.output())
  return { report: JSON.parse(document) as DemoReport, code }
}

describe('the demo', () => {
  let data: Awaited<ReturnType<typeof dataDirectory>>
  let first: DemoReport
  before(async () => {
    data = await dataDirectory()
    first = (await runDemo(data.path)).report
  })
  after(() => data.remove())

  test('takes one application through each SOP and proves it from outside', async () => {
    assert.deepEqual(
      first.runs.map((run) => [run.outcome, run.steps.length, run.letter.kind]),
      [
        ['completed', 6, 'hand-over-note'],
        ['completed', 7, 'reply'],
      ],
    )
    for (const run of first.runs) {
      assert.ok(run.fqdn.startsWith('perpustakaan.'))
      assert.deepEqual(run.dns.answers, ['127.0.0.1'])
      assert.equal(run.site.status, 200)
      assert.ok(run.site.title)
      const pdf = await readFile(run.letter.file)
      assert.equal(createHash('sha256').update(pdf).digest('hex'), run.letter.sha256)
      assert.deepEqual(run.credentials, { revealed: 1, secondReveal: 'refused' })
      assert.ok(run.logbook.verified && run.logbook.entries > 10)
      for (const step of run.steps)
        assert.deepEqual(Object.keys(step), ['no', 'activity', 'actor', 'standardTime', 'tookMs'])
    }
  })

  test('prints one account for every role of both offices', () => {
    assert.equal(first.accounts.length, 12)
    for (const account of first.accounts)
      assert.ok(account.login && account.secret && account.totp, account.role)
  })

  test('a second run leaves what is there alone and adds its own under new names', async () => {
    const { report } = await runDemo(data.path)
    assert.deepEqual(report.accounts, first.accounts)
    for (const [index, run] of report.runs.entries()) {
      const earlier = first.runs[index]!
      assert.notEqual(run.fqdn, earlier.fqdn)
      assert.notEqual(run.request, earlier.request)
      assert.ok(run.logbook.entries > earlier.logbook.entries)
      const file = run.letter.file.replace(
        /[^/]+$/,
        `${run.fqdn.split('.')[1]!.replace('kab', '')}-logbook.ndjson`,
      )
      const verdict = await verifyLogbookFile(file, { head: earlier.logbook.head })
      assert.equal(verdict.verdict, 'ok', 'the head of the first run still stands in the chain')
    }
  })
})
