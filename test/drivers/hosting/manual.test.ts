import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { HostingPlan } from '../../../src/domain/hosting/plan.ts'
import { handWorkOf } from '../../../src/domain/fulfilment/hand-work.ts'
import { taskSheetTexts as sheet } from '../../../src/domain/text/manual.ts'
import { manualHosting } from '../../../src/drivers/hosting/manual/driver.ts'
import { probeSite } from '../../../src/drivers/hosting/probe.ts'
import { startDaemon } from '../../../src/servers/debian/daemon.ts'
import { freePort } from '../../../src/servers/free-port.ts'
import { eventually } from '../../support/dns-server.ts'
import '../../support/own-networks.ts'

/** A person at a real nginx who has nothing but the task sheet. */

const steadyTurns = 20

async function startNginx(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-nginx-'))
  await mkdir(join(directory, 'situs'))
  const port = await freePort()
  const configuration = join(directory, 'nginx.conf')
  await writeFile(
    configuration,
    `user root;
pid ${directory}/pid;
error_log stderr;
events {}
http {
  access_log off;
  server_names_hash_bucket_size 128;
  server { listen 127.0.0.1:${port} default_server; return 404; }
  include ${directory}/situs/*.conf;
}
`,
  )
  const web = { address: '127.0.0.1', port }
  const daemon = await startDaemon(
    ['/usr/sbin/nginx', '-c', configuration, '-p', directory, '-g', 'daemon off;'],
    async () => (await probeSite('siap.invalid', async () => web)).kind === 'seen',
  )
  t.after(async () => {
    // killed, the master would leave its workers behind
    await daemon.stop()
    await rm(directory, { recursive: true, force: true })
  })
  console.log(`note: nginx, process ${daemon.pid}`)
  return { directory, port, web, reload: () => daemon.signal('SIGHUP') }
}

test('manual-host on nginx: what a person does by the sheet is seen, and undone', async (t) => {
  const { directory, port, web, reload } = await startNginx(t)
  const driver = manualHosting({ addresses: ['127.0.0.1'], webPort: port, place: 'situs/' })
  const file = (fqdn: string): string => join(directory, 'situs', `${fqdn}.conf`)
  const status = async (fqdn: string) => {
    const seen = await probeSite(fqdn, async () => web)
    return seen.kind === 'seen' ? seen.status : null
  }

  /** Does every item of a sheet, value for value, and waits until nginx took it up. */
  async function byHand(hosting: HostingPlan): Promise<void> {
    const tasks = handWorkOf({
      zone: 'contohkab.go.id',
      fqdn: hosting.fqdn,
      dns: null,
      hosting,
      hostId: null,
      expected: [],
      setsInZone: null,
      site: true,
    })
    assert.ok(tasks.length > 0)
    for (const { title, values } of tasks) {
      const valueOf = (label: { id: string }) => values.find((each) => each.label.id === label.id)?.value
      const name = valueOf(sheet.site)!
      const isRemoval = title.id === sheet.siteTask.remove.id
      if (isRemoval) await rm(file(name))
      else {
        const root = join(directory, 'isi', name)
        await mkdir(root, { recursive: true })
        await writeFile(join(root, 'index.html'), `<title>${valueOf(sheet.siteTitle)}</title>`)
        await writeFile(
          file(name),
          `server { listen 127.0.0.1:${port}; server_name ${name}; root ${root}; }\n`,
        )
      }
      reload()
      // For a moment a worker of the old configuration answers beside the new one.
      await eventually(async () => {
        for (let turn = 0; turn < steadyTurns; turn += 1)
          assert.equal(await status(name), isRemoval ? 404 : 200)
      })
    }
  }

  const fqdn = 'perpustakaan.contohkab.go.id'
  const site = { title: 'Perpustakaan Daerah', agency: 'Dinas Contoh' }
  const waiting = { reason: 'hand-work-waiting', status: 503 }

  await t.test('the web server is reached, and its default site is not taken for any', async () => {
    const findings = await driver.check()
    assert.ok(findings.every(({ ok }) => ok))
    assert.deepEqual(await driver.inspect(fqdn), { kind: 'absent' })
  })

  const plan = await driver.plan({ fqdn, site, token: 'permohonan-1' })
  await t.test('a site is there when it was made, and not a moment before', async () => {
    await assert.rejects(driver.apply(plan), waiting)
    await byHand(plan)
    await driver.apply(plan)
    const seen = await driver.probe(fqdn)
    assert.deepEqual(seen.kind === 'seen' && [seen.status, seen.title], [200, 'Perpustakaan Daerah'])
  })

  await t.test('an end is seen when the site is gone', async () => {
    const end = await driver.plan({ fqdn, site: null, token: 'permohonan-2' })
    await assert.rejects(driver.apply(end), waiting)
    await byHand(end)
    await driver.apply(end)
    assert.equal(await status(fqdn), 404)
  })

  await t.test('what was made is taken back by hand too', async () => {
    await byHand(plan)
    await assert.rejects(driver.undo(plan), waiting)
    await byHand(await driver.plan({ fqdn, site: null, token: 'permohonan-3' }))
    await driver.undo(plan)
    assert.deepEqual(await driver.inspect(fqdn), { kind: 'absent' })
  })
})
