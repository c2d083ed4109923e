import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { planChanges, undoOf } from '../../../src/domain/dns/plan.ts'
import type { DnsDriver } from '../../../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../../../src/drivers/dns/drivers.ts'
import { runTool, startDaemon } from '../../../src/servers/debian/daemon.ts'
import { answersDns } from '../../../src/servers/debian/name-server.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import { masterFile } from '../../support/debian-dns.ts'
import { temporaryDirectory, testZone } from '../../support/dns-server.ts'

/** What the operator guide tells people to write into their servers, run as it is printed. */

const guide = await readFile(new URL('../../../docs/operator-guide.md', import.meta.url), 'utf8')
const zone = 'contohkab.go.id'
const secret = randomBytes(32).toString('base64')

/** The blocks of code after a sentence of the guide, with its placeholders filled in. */
function printed(after: string, count: number): readonly string[] {
  const from = guide.indexOf(after)
  assert.ok(from >= 0, `the guide has no "${after}"`)
  const blocks = [...guide.slice(from).matchAll(/^```\n(.*?)^```$/gms)].slice(0, count)
  return blocks.map(([, text]) =>
    text!
      .replaceAll('SECRET', secret)
      .replaceAll(/ADDRESS-OF-\w+/g, '127.0.0.1')
      .replaceAll('LONG-RANDOM-TEXT', secret),
  )
}

async function setting(t: TestContext) {
  const directory = await temporaryDirectory(t)
  await chmod(directory, 0o755)
  const file = join(directory, `${zone}.zone`)
  await writeFile(file, masterFile.replaceAll(testZone, zone))
  return { directory, file, port: await freePort() }
}

async function run(t: TestContext, argv: readonly [string, ...string[]], port: number): Promise<void> {
  const daemon = await startDaemon(argv, () => answersDns(port))
  t.after(() => daemon.stop('SIGKILL'))
}

const byUpdate = (port: number): DnsDriver => {
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const key = { name: 'ranah', algorithm: 'hmac-sha256', secret }
  return openDnsDriver('rfc2136', { host: '127.0.0.1', port, key, nameServers })
}

/** The connection is good, a name is made, seen, read with the whole zone, and taken back. */
async function works(driver: DnsDriver): Promise<void> {
  for (const { ok, text } of await driver.check(zone)) assert.ok(ok, text.en)
  const set = { name: `situs.${zone}`, type: 'A', ttl: 300, values: ['192.0.2.1'] }
  const plan = planChanges({ zone, current: [], desired: [set] })
  assert.deepEqual(await driver.apply(plan), { result: 'applied' })
  assert.ok((await driver.probe({ zone, expected: [set] })).every(({ verdict }) => verdict === 'agrees'))
  assert.ok((await driver.transfer(zone)).some(({ name }) => name === set.name))
  assert.deepEqual(await driver.apply(undoOf(plan)), { result: 'applied' })
}

test('BIND as the guide prints it', async (t) => {
  const { directory, file, port } = await setting(t)
  const [text] = printed('BIND, in `named.conf`', 1)
  const around = [
    `options { directory "${directory}"; pid-file "${directory}/named.pid"; session-keyfile "${directory}/session.key";`,
    `listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; };`,
    'controls { };',
  ]
  const own = text!.replaceAll(`/var/lib/bind/${zone}.zone`, file)
  await writeFile(join(directory, 'named.conf'), [...around, own].join('\n'))
  await run(t, ['/usr/sbin/named', '-g', '-n', '1', '-c', join(directory, 'named.conf')], port)
  await works(byUpdate(port))
})

test('Knot as the guide prints it', async (t) => {
  const { directory, port } = await setting(t)
  const [text] = printed('Knot, in `knot.conf`', 1)
  const around = [
    'server:',
    `    rundir: "${directory}"`,
    `    listen: 127.0.0.1@${port}`,
    'database:',
    `    storage: "${directory}"`,
    'template:',
    '  - id: default',
    `    storage: "${directory}"`,
    '    file: "%s.zone"',
    '',
  ]
  await writeFile(join(directory, 'knot.conf'), around.join('\n') + text!)
  await run(t, ['/usr/sbin/knotd', '-c', join(directory, 'knot.conf')], port)
  await works(byUpdate(port))
})

test('PowerDNS as the guide prints it, by updates and by its API', async (t) => {
  const { directory, file, port } = await setting(t)
  const [updates, commands] = printed('PowerDNS, in `pdns.conf`', 2)
  const [api] = printed('be driven by its HTTP API instead', 1)
  const apiPort = await freePort()
  const around = [
    'launch=gsqlite3',
    `gsqlite3-database=${directory}/pdns.sqlite3`,
    'local-address=127.0.0.1',
    `local-port=${port}`,
    `socket-dir=${directory}`,
    'daemon=no',
    'guardian=no',
    'security-poll-suffix=',
    `webserver-port=${apiPort}`,
    '',
  ]
  await writeFile(join(directory, 'pdns.conf'), around.join('\n') + updates! + api!)
  const database = new DatabaseSync(join(directory, 'pdns.sqlite3'))
  database.exec(await readFile('/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql', 'utf8'))
  database.close()
  const tool = (argv: readonly string[]) =>
    runTool('/usr/bin/pdnsutil', [`--config-dir=${directory}`, ...argv])
  await tool(['load-zone', zone, file])
  const inText = /`pdnsutil (set-meta [^`]+ SOA-EDIT-API INCREASE)`/.exec(guide)![1]!
  const lines = commands!.trim().split('\n')
  assert.ok(lines.every((line) => line.startsWith('pdnsutil ')))
  for (const line of lines) await tool(line.split(' ').slice(1))
  await tool(inText.split(' '))
  await run(t, ['/usr/sbin/pdns_server', `--config-dir=${directory}`], port)
  await works(byUpdate(port))
  const nameServers = [{ name: '*', host: '127.0.0.1', port }]
  const place = { url: `http://127.0.0.1:${apiPort}`, apiKey: secret, host: '127.0.0.1', port, nameServers }
  await works(openDnsDriver('powerdns', place))
})
