import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { openSiteHost } from '../../src/drivers/servers.ts'
import { makeZip } from '../servers/sites/zip-maker.ts'
import {
  type Container,
  containersOf,
  fetchFrom,
  inventory,
  keysOn,
  serviceNameOf,
} from '../support/swarm/look.ts'
import { stepsOn } from '../support/swarm/steps.ts'
import { must, preparedSwarm } from '../support/swarm/swarm.ts'
import { tellOfficeStory } from './office-story.ts'
import { stored, tellHostingStory, wish, zipOf } from '../drivers/hosting/story.ts'

const WAIT_MS = 120_000
const POLL_MS = 200

/** Waits for a condition, not for a time. */
async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + WAIT_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    assert.ok(performance.now() < deadline, `waited too long for: ${what}`)
    await sleep(POLL_MS)
  }
}

test('three nodes of a Docker Swarm', async (t) => {
  const { hosts, entered, settings, secret, driver, open } = await preparedSwarm(t)
  const everywhere = (fqdn: string, path?: string) =>
    Promise.all(settings.addresses.map((address) => fetchFrom(address, fqdn, path)))
  const steps = stepsOn(t, hosts)

  await steps.test('a prepared Swarm needs nothing more', async () => {
    const { changes, notes, close } = await open()
    assert.deepEqual([changes, notes], [[], []])
    close()
  })

  await tellHostingStory(steps, driver)

  await steps.test('an office connects it, and a request goes live on it', async (t) => {
    await tellOfficeStory(t, entered, (name) => fetchFrom(settings.addresses[0]!, name), keysOn(hosts))
  })

  const fqdn = 'penting.contohkab.go.id'
  const picture = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 251))
  const long = `arsip/${'tahun-anggaran-'.repeat(8)}/berkas-é.bin`
  const archive = makeZip([
    { name: 'index.html', data: '<title>Layanan penting</title>' },
    { name: 'gambar.bin', data: picture },
    { name: long, data: picture },
  ])

  const made = async () => driver.apply(stored(await driver.plan(wish(fqdn, 'req-1'))))
  /** The content that the parts below look for, also when a part before them failed. */
  const filled = async () => {
    await made()
    const seen = await driver.inspect(fqdn)
    const digest = createHash('sha256').update(archive).digest('hex')
    if (seen.kind === 'present' && seen.site.live.archiveSha256 === digest) return
    await driver.deploy(fqdn, zipOf('Sebelum'), 'unggah-0')
    await driver.deploy(fqdn, archive, 'unggah-1')
  }

  await steps.test('every container is limited, spread and can write nowhere', async () => {
    await made()
    const running = await Promise.all(hosts.map((host) => containersOf(host)))
    const service = await serviceNameOf(hosts[0]!, fqdn)
    const serving = running.filter((all) => all.some(({ name }) => name.startsWith(service)))
    assert.equal(serving.length, settings.replicas, 'each on a node of its own')
    for (const { limits, readOnly, user, dropped, noNewPrivileges } of running.flat()) {
      assert.ok(limits.every((limit) => limit > 0))
      assert.deepEqual([readOnly, user, dropped, noNewPrivileges], [true, '33:33', 'ALL', '1'])
    }
  })

  await steps.test('a broken site does not stop the others', async () => {
    const site = {
      title: 'Rusak',
      agency: 'Dinas Contoh',
      kind: 'proxy',
      target: 'http://192.0.2.1:81',
    } as const
    await made()
    const broken = stored(await driver.plan({ fqdn: 'rusak.contohkab.go.id', site, token: 'req-9' }))
    await driver.apply(broken)
    const [manager] = hosts
    const docker = (...argv: string[]) => must(manager!, ['/usr/bin/docker', ...argv])
    const id = await docker('service', 'ls', '-q', '--filter', `label=ranah.fqdn=${broken.fqdn}`)
    await docker('service', 'update', '--detach', '--entrypoint', '/tidak-ada', id)
    await until('the broken containers to fail', async () =>
      (await docker('service', 'ps', '--no-trunc', '--format', '{{.Error}}', id)).trim() === '' ? null : true,
    )
    for (const shown of await everywhere(fqdn)) assert.match(shown?.body ?? '', /Sistem Contoh/)
    await driver.deploy(fqdn, archive, 'unggah-1')
    for (const shown of await everywhere(fqdn)) assert.match(shown?.body ?? '', /Layanan penting/)
    await driver.undo(broken)
    for (const shown of await everywhere(broken.fqdn)) assert.equal(shown?.status, 404)
  })

  await steps.test('what a site has is shown at every address, and nothing else is', async () => {
    await filled()
    for (const [path, body] of [
      ['/gambar.bin', picture.toString('latin1')],
      [`/${encodeURI(long)}`, picture.toString('latin1')],
    ] as const) {
      for (const shown of await everywhere(fqdn, path)) assert.deepEqual(shown, { status: 200, body })
    }
    for (const name of ['tidak-ada.contohkab.go.id', 'ranah-edge', 'tasks.ranah-edge', 'x', '[::1]', 'a_b'])
      for (const shown of await everywhere(name)) assert.equal(shown?.status, 404, name)
    for (const shown of await everywhere(fqdn, '/.rahasia')) assert.equal(shown?.status, 404)
  })

  await steps.test('an undo leaves nothing, whenever Ranah was killed', async () => {
    const before = await inventory(hosts)
    const plan = stored(await driver.plan(wish('batal.contohkab.go.id', 'req-5')))
    for (const afterMs of [0, 150, 600]) {
      await applyKilled({ settings, secret, plan }, afterMs)
      await driver.undo(plan)
      assert.deepEqual(await inventory(hosts), before, `killed after ${afterMs} ms`)
    }
    await applyKilled({ settings, secret, plan }, 300)
    await driver.apply(plan)
    for (const shown of await everywhere(plan.fqdn)) assert.equal(shown?.status, 200)
    const made = await inventory(hosts)
    const removal = stored(await driver.plan({ fqdn: plan.fqdn, site: null, token: 'req-6' }))
    await driver.apply(removal)
    await driver.undo(removal)
    assert.deepEqual(await inventory(hosts), made)
    await driver.undo(plan)
    assert.deepEqual(await inventory(hosts), before)
  })

  await steps.test(
    'what somebody changed by hand is named, never overwritten blindly, and taken back without a rest',
    async () => {
      const before = await inventory(hosts)
      const plan = stored(await driver.plan(wish('tangan.contohkab.go.id', 'req-8')))
      await driver.apply(plan)
      const docker = (...argv: string[]) => must(hosts[0]!, ['/usr/bin/docker', ...argv])
      const service = await serviceNameOf(hosts[0]!, plan.fqdn)
      const record = await docker(
        'service',
        'inspect',
        '--format',
        '{{index .Spec.Labels "ranah.record"}}',
        service,
      )
      await docker('service', 'update', '--detach', '--label-add', 'ranah.record=rusak', service)
      const seen = await driver.inspect(plan.fqdn)
      assert.ok(seen.kind === 'unknown' && seen.why.id.includes(service), JSON.stringify(seen))
      await assert.rejects(driver.undo(plan), { reason: 'site-damaged', status: 503 })
      for (const shown of await everywhere(plan.fqdn)) assert.equal(shown?.status, 200)
      await docker('service', 'update', '--detach', '--label-add', `ranah.record=${record}`, service)
      assert.equal((await driver.inspect(plan.fqdn)).kind, 'present')
      const inspected = JSON.parse(await docker('service', 'inspect', service)) as [
        { Spec: { Labels: Record<string, string> } },
      ]
      const labels = Object.entries(inspected[0].Spec.Labels)
      const lose = labels.flatMap(([name]) => ['--label-rm', name])
      await docker('service', 'update', '--detach', ...lose, service)
      const nameless = await driver.inspect(plan.fqdn)
      assert.ok(nameless.kind === 'unknown' && nameless.why.id.includes(service), JSON.stringify(nameless))
      await assert.rejects(driver.apply(plan), { reason: 'site-damaged', status: 503 })
      assert.ok((await driver.check()).some(({ ok, text }) => !ok && text.id.includes(service)))
      for (const shown of await everywhere(plan.fqdn)) assert.equal(shown?.status, 200)
      const give = labels.flatMap(([name, value]) => ['--label-add', `${name}=${value}`])
      await docker('service', 'update', '--detach', ...give, service)
      assert.equal((await driver.inspect(plan.fqdn)).kind, 'present')
      await docker('service', 'rm', service)
      assert.equal((await driver.inspect(plan.fqdn)).kind, 'absent')
      await driver.undo(plan)
      assert.deepEqual(await inventory(hosts), before)
    },
  )

  await steps.test(
    'a key that was taken back is told as such, and nothing is known; given again, work goes on',
    async () => {
      await made()
      const other = openSiteHost({ driver: 'swarm', settings: JSON.parse(JSON.stringify(settings)), secret })
      await keysOn(hosts)(false)
      try {
        const desired = wish('cabut.contohkab.go.id', 'req-7')
        await assert.rejects(other.plan(desired), (error: { reason?: string; text?: { id: string } }) => {
          assert.equal(error.reason, 'site-host-key-refused')
          assert.match(error.text!.id, /menolak kunci Ranah.*akun "ranah"/)
          return true
        })
        assert.equal((await other.inspect(fqdn)).kind, 'unknown')
        assert.ok((await other.check()).some(({ ok, text }) => !ok && /menolak kunci Ranah/.test(text.id)))
      } finally {
        await keysOn(hosts)(true)
      }
      assert.equal((await other.inspect(fqdn)).kind, 'present')
    },
  )

  await steps.test(
    'a full disk of a node is told as such, what is live stays, and with room the same upload goes live',
    async () => {
      await filled()
      const [full] = hosts
      const size = (value: string) =>
        must(full!, ['/usr/bin/mount', '-o', `remount,size=${value}`, '/var/lib/docker'])
      const used = Number(
        (await must(full!, ['/usr/bin/df', '--output=used', '-k', '/var/lib/docker'])).split('\n').at(-1),
      )
      const large = makeZip([
        { name: 'index.html', data: '<title>Besar</title>' },
        { name: 'besar.bin', data: randomBytes(4 * 1024 * 1024) },
      ])
      await size(`${used + 2_048}k`)
      try {
        await assert.rejects(driver.deploy(fqdn, large, 'unggah-penuh'), { reason: 'host-full', status: 503 })
        for (const shown of await everywhere(fqdn)) assert.match(shown?.body ?? '', /Layanan penting/)
      } finally {
        await size('1g')
      }
      await driver.deploy(fqdn, large, 'unggah-penuh')
      for (const shown of await everywhere(fqdn)) assert.match(shown?.body ?? '', /Besar/)
      await driver.deploy(fqdn, archive, 'unggah-1b')
    },
  )

  await steps.test(
    'what a node lacks that was away comes to it with the next change of the site, with its tag',
    async () => {
      await filled()
      const [host] = hosts
      const docker = async (...argv: string[]) =>
        (await must(host!, ['/usr/bin/docker', ...argv])).split('\n').filter(Boolean).sort()
      // One without a tag would be called <none>.
      const images = () => docker('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}')
      const were = await images()
      const busy = await docker('ps', '--no-trunc', '--format', '{{.Image}}')
      const site = (await serviceNameOf(host!, fqdn)).replace('ranah-site-', '')
      const held = await docker('images', '--no-trunc', '--quiet', '--filter', `label=ranah.site=${site}`)
      const taken = held.find((id) => !busy.includes(id))!
      await docker('rmi', '--force', taken)
      assert.notDeepEqual(await images(), were)
      await driver.deploy(fqdn, archive, 'unggah-1b')
      assert.deepEqual(await images(), were)
    },
  )

  await steps.test(
    'a node that was away gets what it lacks by itself, and carries the site again',
    async () => {
      await filled()
      const [away, ...others] = hosts
      const states = async () =>
        (await must(others[0]!, ['/usr/bin/docker', 'node', 'ls', '--format', '{{.Status}}'])).split('\n')
      await away!.end('dockerd')
      let version = ''
      try {
        await until('the Swarm to know that the node is down', async () =>
          (await states()).includes('Down') ? true : null,
        )
        ;({ version } = await driver.deploy(fqdn, zipOf('Waktu satu node mati'), 'unggah-3'))
      } finally {
        await away!.start('dockerd')
      }
      await until('the node to be ready again', async () =>
        (await states()).every((state) => state === 'Ready') ? true : null,
      )
      const tagged = ['/usr/bin/docker', 'images', '--quiet', '--filter', `reference=*:${version}`]
      assert.equal(await must(away!, tagged), '')
      assert.ok((await driver.check()).some(({ ok, text }) => !ok && /belum memiliki 1 image/.test(text.id)))
      await driver.tend!()
      assert.notEqual(await must(away!, tagged), '')
      await until('a working connection', async () =>
        (await driver.check()).every(({ ok }) => ok) ? true : null,
      )
      for (const shown of await everywhere(fqdn)) assert.match(shown?.body ?? '', /satu node mati/)
    },
  )

  await steps.test('a node is killed: every site answers again, whole, and work goes on', async () => {
    await filled()
    const service = await serviceNameOf(hosts[0]!, fqdn)
    const servers = await Promise.all(hosts.map(async (host) => isServing(await containersOf(host), service)))
    const dead = hosts[servers.indexOf(true)]!
    const alive = hosts.filter((host) => host !== dead)
    const asManager = (...argv: string[]) =>
      until('the managers that are left to agree', async () => {
        const { code, stdout } = await alive[0]!.run(['/usr/bin/docker', ...argv])
        return code === 0 ? stdout.trim() : null
      })
    const kept = await asManager('service', 'ls', '--format', '{{.ID}} {{.Name}}')
    const killed = performance.now()
    await dead.stop()
    assert.equal(await fetchFrom(dead.address, fqdn), null)
    const answers = async (path: string, body: string) => {
      const shown = await Promise.all(alive.map(({ address }) => fetchFrom(address, fqdn, path)))
      return shown.every((each) => each?.status === 200 && each.body === body) ? true : null
    }
    const whole = picture.toString('latin1')
    await until('the site to answer on the nodes that are left', () => answers('/gambar.bin', whole))
    note(`the site answered on both nodes that were left ${seconds(killed)} s after the kill`)
    await until('both containers to run again', async () => {
      const running = await Promise.all(alive.map((host) => containersOf(host)))
      return running.every((all) => isServing(all, service)) ? true : null
    })
    note(`both of its containers ran again ${seconds(killed)} s after the kill`)
    assert.equal(await asManager('service', 'ls', '--format', '{{.ID}} {{.Name}}'), kept)
    await until('every file to be there', () => answers(`/${encodeURI(long)}`, whole))
    assert.equal((await driver.probe(fqdn)).kind, 'seen')
    assert.equal((await driver.inspect(fqdn)).kind, 'present')
    await until('the Swarm to know that the node is down', async () =>
      /Down/.test(await must(alive[0]!, ['/usr/bin/docker', 'node', 'ls', '--format', '{{.Status}}']))
        ? true
        : null,
    )
    await driver.deploy(fqdn, zipOf('Sesudah'), 'unggah-2')
    await until('the new content', () => answers('/', '<title>Sesudah</title>'))
  })
})

const isServing = (all: readonly Container[], service: string): boolean =>
  all.some(({ name }) => name.startsWith(`${service}.`))
const note = (line: string): void => void process.stdout.write(`note: ${line}\n`)
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1)
/** Applies a plan in a process that is killed some time after it began. */
async function applyKilled(given: unknown, afterMs: number): Promise<void> {
  const script = fileURLToPath(new URL('../support/swarm/apply.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  child.stdin.end(JSON.stringify(given))
  const begun = once(child.stdout, 'data').then(() => true)
  assert.ok(await Promise.race([begun, ended.then(() => false)]), 'it began')
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}
