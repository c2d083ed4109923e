import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'

import { embeddedHosting } from '../../../src/drivers/hosting/embedded/driver.ts'
import { launchSites, stopSites } from '../../../src/servers/sites/launch.ts'
import { configIn, curl, runClient, scratchDirectory, siteNamed, startHost } from './running-host.ts'
import '../../support/own-networks.ts'

const MAIN = new URL('../../../src/servers/sites/main.ts', import.meta.url).pathname
const FQDN = 'aset.contohkab.go.id'

test('the site host outlives its parent and is adopted by the next one', async (t) => {
  const directory = await scratchDirectory(t)
  const config = configIn(directory)
  const launch = new URL('../../../src/servers/sites/launch.ts', import.meta.url).href
  const program = `import { launchSites } from '${launch}'
    await launchSites(${JSON.stringify(config)})
    process.stdout.write('started')
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(parent.stdout, 'data')
  parent.kill('SIGKILL')
  await once(parent, 'exit')

  const adopted = await launchSites(config)
  assert.equal(adopted.adopted, true)
  assert.equal((await curl(adopted.webPort, FQDN, '/', '-I')).stdout.slice(0, 12), 'HTTP/1.1 404')
})

test('a second host on the same data directory is refused and disturbs nothing', async (t) => {
  const { config, host } = await startHost(t)
  const file = join(config.dataDir, 'config.json')
  const second = await runClient(process.execPath, ['--import', 'tsx', MAIN, file])
  assert.equal(second.code, 1)
  assert.match(second.stderr, /another site host already runs/)
  const again = await launchSites(config)
  assert.deepEqual([again.pid, again.adopted], [host.pid, true])
})

test('SIGTERM stops cleanly and takes running.json away', async (t) => {
  const { config, host } = await startHost(t)
  await stopSites(config)
  await assert.rejects(stat(join(config.dataDir, 'running.json')))
  assert.throws(() => process.kill(host.pid, 0))
})

test('a changed configuration replaces the running host, keys and sites stay', async (t) => {
  const { config, host, driver } = await startHost(t)
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  const key = await readFile(join(config.dataDir, 'host_ed25519_key'), 'utf8')
  const changed = { ...config, quotaBytes: 1_000_000 }
  const next = await launchSites(changed)
  assert.equal(next.adopted, false)
  assert.notEqual(next.pid, host.pid)
  assert.equal(await readFile(join(config.dataDir, 'host_ed25519_key'), 'utf8'), key)
  const seen = await driver.inspect(FQDN)
  assert.equal(seen.kind === 'present' && seen.site.quotaBytes, 1_000_000)
})

test('unknown configuration keys stop the start', async (t) => {
  const directory = await scratchDirectory(t)
  const file = join(directory, 'config.json')
  await writeFile(file, JSON.stringify({ ...configIn(directory), sftpPorts: 1 }))
  const ran = await runClient(process.execPath, ['--import', 'tsx', MAIN, file])
  assert.equal(ran.code, 1)
  assert.match(ran.stderr, /sftpPorts/)
})

test('a site whose record is damaged is refused, not reported missing; the others go on', async (t) => {
  const { config, driver } = await startHost(t)
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  await driver.apply(await driver.plan(siteNamed('lain.contohkab.go.id')))
  await stopSites(config)
  await writeFile(join(config.dataDir, 'sites', FQDN, 'site.json'), '{"fqdn":')
  await launchSites(config)
  assert.equal((await driver.inspect(FQDN)).kind, 'unknown')
  await assert.rejects(driver.plan(siteNamed(FQDN)), { reason: 'site-damaged' })
  assert.equal((await driver.inspect('lain.contohkab.go.id')).kind, 'present')
})

test('an outage is unknown to every question', async (t) => {
  const { config, driver } = await startHost(t)
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  const plan = await driver.plan({ ...siteNamed(FQDN, 'req-9'), site: null })
  await stopSites(config)
  assert.equal((await driver.inspect(FQDN)).kind, 'unknown')
  assert.equal((await driver.probe(FQDN)).kind, 'unknown')
  const outage = { reason: 'site-host-unreachable', status: 503 }
  await assert.rejects(driver.plan(siteNamed(FQDN)), outage)
  await assert.rejects(driver.apply(plan), outage)
  await assert.rejects(driver.undo(plan), outage)
  await assert.rejects(driver.issueCredentials(FQDN, 'req-1'), outage)
  await assert.rejects(driver.deploy(FQDN, new Uint8Array(3), 'req-1'), outage)
  const lost = embeddedHosting({ ...config, webTarget: () => Promise.reject(new Error('SERVFAIL')) })
  assert.equal((await lost.probe(FQDN)).kind, 'unknown')
  await rm(config.controlSecretFile)
  await assert.rejects(driver.revokeCredentials(FQDN), outage)
})

test('two parents that launch at the same moment share one host', async (t) => {
  const config = configIn(await scratchDirectory(t))
  const launched = await Promise.all([launchSites(config), launchSites(config)])
  assert.equal(launched[0].pid, launched[1].pid)
  assert.equal(launched.filter(({ adopted }) => adopted).length, 1)
})

test('an empty control secret stops the start', async (t) => {
  const config = configIn(await scratchDirectory(t))
  await writeFile(config.controlSecretFile, '\n')
  await assert.rejects(launchSites(config), /secret is too short/)
})
