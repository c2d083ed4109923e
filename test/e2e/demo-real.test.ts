import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DemoReport } from '../../src/cli/demo/printer.ts'
import { dataDirectory, startRanah } from '../support/installation.ts'

/** `npm run demo -- --with real --json --exit`: the whole story on Debian's own servers. */

test('a letter becomes a PHP site with a database on BIND, nginx, php-fpm and MariaDB', async (t) => {
  const data = await dataDirectory()
  t.after(() => data.remove())
  const demo = startRanah(['demo', '--with', 'real', '--json', '--exit'], data.path)
  let document = ''
  demo.child.stdout!.on('data', (text: string) => (document += text))
  const code = await new Promise<number | null>((resolve) => demo.child.once('close', resolve))
  assert.equal(code, 0, demo.output())
  const { runs } = JSON.parse(document) as DemoReport
  assert.equal(runs.length, 2)
  for (const run of runs) {
    assert.equal(run.outcome, 'completed')
    assert.match(run.dns.answers[0]!, /^198\.1[89]\./, 'the address of the throwaway host')
    assert.equal(run.site.status, 200)
    assert.equal(run.site.url, `https://${run.fqdn}/`)
    assert.deepEqual(run.certificate?.names, [run.fqdn])
    assert.match(run.certificate.issuer, /Pebble/)
    assert.ok(Date.parse(run.certificate.notAfter) > Date.now())
    assert.deepEqual(run.database, { engine: 'mariadb', rowRead: 'Laskar Buku Contoh' })
    assert.deepEqual(run.credentials, { revealed: 1, secondReveal: 'refused' })
    assert.ok(run.logbook.verified)
  }
  const kinds = (runs[0]!.servers ?? []).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['BIND', 'sshd', 'nginx', 'php-fpm', 'mariadb', 'pebble'])
  for (const { kind, version } of runs[0]!.servers ?? []) console.log(`note: ${kind} ${version}`)
})

test('anything else after --with is refused before anything starts', async (t) => {
  const data = await dataDirectory()
  t.after(() => data.remove())
  const demo = startRanah(['demo', '--with', 'imagination', '--json', '--exit'], data.path)
  const code = await new Promise<number | null>((resolve) => demo.child.once('close', resolve))
  assert.equal(code, 2)
  assert.match(demo.output(), /--with real/)
})
