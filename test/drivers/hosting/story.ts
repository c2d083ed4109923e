import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'

import type { DesiredSite, HostingPlan } from '../../../src/domain/hosting/plan.ts'
import type { ManagedHost, UploadHost } from '../../../src/drivers/hosting/driver.ts'
import { makeZip } from '../../servers/sites/zip-maker.ts'

/** What a job does with a plan: it is stored and read back before it is applied. */
export const stored = (plan: HostingPlan) => JSON.parse(JSON.stringify(plan)) as HostingPlan

export const wish = (fqdn: string, token: string, title = 'Sistem Contoh'): DesiredSite => ({
  fqdn,
  site: { title, agency: 'Dinas Contoh' },
  token,
})
const noSite = (fqdn: string, token: string): DesiredSite => ({ fqdn, site: null, token })
export const zipOf = (title: string) => makeZip([{ name: 'index.html', data: `<title>${title}</title>` }])

/** What runs the parts of a story. */
export type Steps = {
  readonly test: (name: string, work: (t: TestContext) => Promise<void>) => Promise<void>
}

/** One story, told to every site host a driver knows: what holds here holds for whoever calls a driver. */
export async function tellHostingStory(t: Steps, driver: ManagedHost | UploadHost): Promise<void> {
  const isThere = async (fqdn: string) => (await driver.inspect(fqdn)).kind
  const seen = async (fqdn: string) => {
    const probed = await driver.probe(fqdn)
    assert.equal(probed.kind, 'seen')
    return probed.kind === 'seen' ? { status: probed.status, title: probed.title } : null
  }
  const made = async (desired: DesiredSite) => {
    const plan = stored(await driver.plan(desired))
    await driver.apply(plan)
    return plan
  }

  await t.test('a working connection says so', async () => {
    const findings = await driver.check()
    assert.ok(findings.length > 0)
    for (const { ok, text } of findings) assert.ok(ok && text.id !== '', text.en)
  })

  await t.test('a new site goes live, a second call changes nothing, the undo takes it away', async () => {
    const fqdn = 'aset.contohkab.go.id'
    assert.equal((await seen(fqdn))?.status, 404)
    assert.equal(await isThere(fqdn), 'absent')
    const plan = stored(await driver.plan(wish(fqdn, 'req-1')))
    assert.equal(await isThere(fqdn), 'absent', 'planning changes nothing')
    assert.match(plan.lines[0]!.id, /Buat situs aset\.contohkab\.go\.id/)
    await driver.apply(plan)
    await driver.apply(plan)
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Sistem Contoh' })
    assert.deepEqual((await driver.plan(wish(fqdn, 'req-1'))).changes, [])

    const update = await made(wish(fqdn, 'req-2', 'Sistem "Baru" $host; }'))
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Sistem "Baru" $host; }' })
    await driver.undo(update)
    await driver.undo(update)
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Sistem Contoh' })

    await driver.undo(plan)
    await driver.undo(plan)
    assert.equal(await isThere(fqdn), 'absent')
    assert.equal((await seen(fqdn))?.status, 404)
    await driver.apply(plan)
    await driver.undo(plan)
    assert.equal(await isThere(fqdn), 'absent', 'a repeated creation is undone as well')
  })

  await t.test('undo never takes what another request made, nor overwrites what came after', async () => {
    const fqdn = 'lain.contohkab.go.id'
    const mine = await driver.plan(wish(fqdn, 'req-1'))
    await made(wish(fqdn, 'req-2'))
    await driver.apply(mine)
    await assert.rejects(driver.undo(mine), { reason: 'site-not-ours', status: 409 })

    const removal = await made(noSite(fqdn, 'req-3'))
    await made(wish(fqdn, 'req-4'))
    await driver.apply(removal)
    assert.equal(await isThere(fqdn), 'present', 'a late retry does not remove the new site')
    await assert.rejects(driver.undo(removal), { reason: 'site-exists', status: 409 })
  })

  await t.test('content goes live whole, survives a removal and comes back with its undo', async () => {
    const fqdn = 'isi.contohkab.go.id'
    await made(wish(fqdn, 'req-1'))
    const deployed = await driver.deploy(fqdn, zipOf('Isi pertama'), 'unggah-1')
    assert.deepEqual([deployed.done, deployed.files, deployed.hasIndex], ['deployed', 1, true])
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Isi pertama' })
    assert.equal((await driver.deploy(fqdn, zipOf('Isi pertama'), 'unggah-1')).done, 'unchanged')
    await driver.deploy(fqdn, zipOf('Isi kedua'), 'unggah-2')
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Isi kedua' })

    const outside = makeZip([{ name: '../../lolos.html', data: 'x' }])
    await assert.rejects(driver.deploy(fqdn, outside, 'unggah-3'), { reason: 'archive-path' })
    const link = makeZip([{ name: 'index.html', data: '/etc/passwd', mode: 0o120777 }])
    await assert.rejects(driver.deploy(fqdn, link, 'unggah-4'), { reason: 'archive-link' })
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Isi kedua' })

    const removal = await made(noSite(fqdn, 'req-2'))
    assert.equal((await seen(fqdn))?.status, 404)
    await assert.rejects(driver.deploy(fqdn, zipOf('x'), 'unggah-5'), { reason: 'site-not-found' })
    await driver.undo(removal)
    await driver.undo(removal)
    assert.deepEqual(await seen(fqdn), { status: 200, title: 'Isi kedua' })
  })

  if (driver.access === 'ranah')
    await t.test('credentials rotate with their own token and never with an outdated one', async () => {
      const fqdn = 'sandi.contohkab.go.id'
      await made(wish(fqdn, 'req-1'))
      const first = await driver.issueCredentials(fqdn, 'a')
      const again = await driver.issueCredentials(fqdn, 'a')
      assert.equal(again.username, first.username)
      assert.notEqual(again.password, first.password)
      const next = await driver.issueCredentials(fqdn, 'b')
      assert.deepEqual([first.generation, again.generation, next.generation], [1, 2, 3])
      await assert.rejects(driver.issueCredentials(fqdn, 'a'), { reason: 'credentials-superseded' })
      await driver.revokeCredentials(fqdn)
      await driver.revokeCredentials(fqdn)
      await assert.rejects(driver.issueCredentials(fqdn, 'b'), { reason: 'credentials-superseded' })
      const inspected = await driver.inspect(fqdn)
      assert.ok(inspected.kind === 'present' && inspected.site.access === null)
    })

  await t.test('what the host cannot do is refused while planning', async () => {
    const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh', kind: 'php' } as const
    const desired = { fqdn: 'php.contohkab.go.id', site, token: 'req-1' }
    await assert.rejects(driver.plan(desired), { reason: 'site-kind-not-offered' })
    const withDatabase = { ...desired, site: { ...site, kind: 'static', database: 'mariadb' } as const }
    await assert.rejects(driver.plan(withDatabase), { reason: 'database-not-offered' })
  })

  await t.test('many plans at once all go live', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `ramai${index}.contohkab.go.id`)
    const plans = await Promise.all(names.map((fqdn) => driver.plan(wish(fqdn, `req-${fqdn}`))))
    await Promise.all(plans.map((plan) => driver.apply(plan)))
    for (const fqdn of names) assert.equal((await seen(fqdn))?.status, 200, fqdn)
    await Promise.all(plans.map((plan) => driver.undo(plan)))
    for (const fqdn of names) assert.equal((await seen(fqdn))?.status, 404, fqdn)
  })
}
