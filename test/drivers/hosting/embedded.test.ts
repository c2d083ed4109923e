import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'

import { hostingDrivers } from '../../../src/drivers/hosting/drivers.ts'
import { probeSite } from '../../../src/drivers/hosting/probe.ts'
import type { HostingPlan } from '../../../src/domain/hosting/plan.ts'
import { callControl, siteNamed, startHost } from '../../servers/sites/running-host.ts'

const FQDN = 'aset.contohkab.go.id'

/** What a job does with a plan: it is stored and read back before it is applied. */
const stored = (plan: HostingPlan) => JSON.parse(JSON.stringify(plan)) as HostingPlan

test('a site from plan to probe and back again', async (t) => {
  const { config, host } = await startHost(t)
  const webTarget = async () => ({ address: '127.0.0.1', port: host.webPort })
  const driver = hostingDrivers.embedded({ ...config, webTarget })

  const missing = await driver.probe(FQDN)
  assert.ok(missing.kind === 'seen' && missing.status === 404)
  assert.equal((await driver.inspect(FQDN)).kind, 'absent')

  const plan = stored(await driver.plan(siteNamed(FQDN)))
  assert.equal((await driver.inspect(FQDN)).kind, 'absent', 'planning changes nothing')
  assert.match(plan.lines[0]!.id, /Buat situs aset\.contohkab\.go\.id/)
  await driver.apply(plan)
  await driver.apply(plan)
  assert.deepEqual(await driver.probe(FQDN), {
    kind: 'seen',
    url: `http://${FQDN}:${host.webPort}/`,
    status: 200,
    title: 'Sistem Contoh',
  })
  assert.deepEqual((await driver.plan(siteNamed(FQDN))).changes, [])

  const renamed = { fqdn: FQDN, site: { title: 'Sistem Baru', agency: 'Dinas Contoh' }, token: 'req-2' }
  const update = stored(await driver.plan(renamed))
  await driver.apply(update)
  const after = await driver.probe(FQDN)
  assert.ok(after.kind === 'seen' && after.title === 'Sistem Baru')
  await driver.undo(update)
  await driver.undo(update)

  await driver.undo(plan)
  await driver.undo(plan)
  assert.equal((await driver.inspect(FQDN)).kind, 'absent')
  await driver.apply(plan)
  await driver.undo(plan)
  assert.equal((await driver.inspect(FQDN)).kind, 'absent', 'a repeated creation is undone as well')
})

test('undo never takes what another request made, nor overwrites what came after', async (t) => {
  const { config, host, driver } = await startHost(t)
  const mine = await driver.plan(siteNamed(FQDN, 'req-1'))
  await driver.apply(await driver.plan(siteNamed(FQDN, 'req-2')))
  await driver.apply(mine)
  await assert.rejects(driver.undo(mine), { reason: 'site-not-ours', status: 409 })

  const removal = await driver.plan({ fqdn: FQDN, site: null, token: 'req-3' })
  await driver.apply(removal)
  await driver.apply(await driver.plan(siteNamed(FQDN, 'req-4')))
  await driver.apply(removal)
  assert.equal((await driver.inspect(FQDN)).kind, 'present', 'a late retry does not remove the new site')
  await assert.rejects(driver.undo(removal), { reason: 'site-exists', status: 409 })
  const restored = await callControl(config, host.controlPort, 'restore-site', {
    fqdn: FQDN,
    token: 'unknown',
  })
  assert.deepEqual(restored.body, { done: 'unchanged' })
})

test('the probe tells an outage and a lying server from a site', async (t) => {
  const server = createServer((request, response) => {
    const { host } = request.headers
    if (host?.startsWith('putus')) return void request.socket.destroy()
    if (host?.startsWith('setengah')) {
      response.writeHead(200, { 'content-length': 1_000 })
      response.write('<title>Setengah</title>')
      setTimeout(() => response.destroy(), 50)
      return
    }
    if (host?.startsWith('panjang')) {
      const timer = setInterval(
        () => response.write('<title>Panjang &amp; &#66;esar</title>'.repeat(2_000)),
        1,
      )
      return void response.on('close', () => clearInterval(timer))
    }
    response.writeHead(503).end('<TITLE lang=id>\n Sedang\n rusak </TITLE >')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const probe = (name: string) => probeSite(name, async () => ({ address: '127.0.0.1', port }))
  assert.equal((await probe('putus.contohkab.go.id')).kind, 'unknown')
  assert.equal((await probe('setengah.contohkab.go.id')).kind, 'unknown')
  const long = await probe('panjang.contohkab.go.id')
  assert.ok(long.kind === 'seen' && long.title === 'Panjang & Besar')
  const broken = await probe('rusak.contohkab.go.id')
  assert.ok(broken.kind === 'seen' && broken.status === 503 && broken.title === 'Sedang rusak')
})
