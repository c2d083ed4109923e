import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ssh2 from 'ssh2'

import type { DesiredSite, HostingPlan } from '../../src/domain/hosting/plan.ts'
import { preparedHost } from '../support/debian-host.ts'
import { commandLine, digestOf, durableCalls, killAtEveryStep } from './kill-sweep.ts'

/** The helper killed in the midst of every verb that changes a site; making one stands in crash.test.ts. */

const FQDN = 'aset.contohkab.go.id'
const cleanups: (() => unknown)[] = []
let made: Awaited<ReturnType<typeof preparedHost>>

const wish = (site: Partial<NonNullable<DesiredSite['site']>>, token: string): DesiredSite => ({
  fqdn: FQDN,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh', ...site },
  token,
})

before(async () => {
  made = await preparedHost({ after: (task: () => unknown) => cleanups.push(task) }, [
    'sshd',
    'nginx',
    'mariadb',
  ])
  await made.driver.apply(await made.driver.plan(wish({}, 'req-1')))
  await made.driver.issueCredentials(FQDN, 'akses-1')
})
after(async () => {
  for (const task of cleanups.reverse()) await task()
})

async function status(): Promise<number> {
  const probed = await made.driver.probe(FQDN)
  assert.equal(probed.kind, 'seen')
  return probed.kind === 'seen' ? probed.status : 0
}

/** Kills a plan at each step; then it is made so by a repetition, seen, undone, and nothing of it is left. */
async function sweepPlan(
  what: string,
  plan: HostingPlan,
  command: { readonly verb: string; readonly request: object },
  isMade: () => Promise<void>,
): Promise<void> {
  const { host, driver } = made
  const before = await digestOf(host)
  const killed = await killAtEveryStep(
    host,
    durableCalls.files,
    () => commandLine(command.verb, { ...command.request, fqdn: FQDN, token: plan.token }),
    async (step, isWhole) => {
      if (!isWhole) await driver.apply(plan)
      await isMade()
      await driver.undo(plan)
      assert.equal(await digestOf(host), before, `${what}, after step ${step}`)
    },
  )
  process.stdout.write(`note: the helper was killed at ${killed} steps of ${what}\n`)
  assert.ok(killed >= 3, String(killed))
}

test('removing a site, killed at any step: it goes, and comes back as it was', async () => {
  const plan = await made.driver.plan({ fqdn: FQDN, site: null, token: 'tutup' })
  await sweepPlan('removing a site', plan, { verb: 'remove-site', request: {} }, async () => {
    assert.equal((await made.driver.inspect(FQDN)).kind, 'absent')
    assert.equal(await status(), 404)
  })
  assert.equal(await status(), 200)
})

test('another kind of site, killed at any step: it is served so, and back again', async () => {
  const site = { kind: 'maintenance' } as const
  const plan = await made.driver.plan(wish(site, 'jenis'))
  const request = { ...wish(site, '').site }
  await sweepPlan('another kind', plan, { verb: 'ensure-site', request }, async () =>
    assert.equal(await status(), 503),
  )
  assert.equal(await status(), 200)
})

test('a site with a database, killed at any program: one database, and undo leaves neither it nor its user', async () => {
  const { host, driver } = made
  const fqdn = 'data.contohkab.go.id'
  const desired = { ...wish({ database: 'mariadb' }, 'req-data'), fqdn }
  const databases = async () =>
    (
      await host.run(
        ['/usr/bin/mariadb', '--batch', '--skip-column-names'],
        "show databases; select user from mysql.user where user like 's\\_%';",
      )
    ).stdout
  const [before, known] = [await digestOf(host), await databases()]
  const plan = await driver.plan(desired)
  const killed = await killAtEveryStep(
    host,
    durableCalls.programs,
    () => commandLine('ensure-site', { ...desired.site, fqdn, token: 'req-data' }),
    async (step, isWhole) => {
      if (!isWhole) await driver.apply(plan)
      const now = await databases()
      assert.equal(now.split('\n').length - known.split('\n').length, 2, `after program ${step}: ${now}`)
      await driver.undo(plan)
      assert.equal(await databases(), known, `after program ${step}`)
      assert.equal(await digestOf(host), before, `after program ${step}`)
    },
  )
  process.stdout.write(`note: the helper was killed at ${killed} programs of making a database\n`)
  assert.ok(killed >= 3, String(killed))
})

/** Whether sshd lets this password in. */
function signsIn(username: string, password: string): Promise<boolean> {
  const client = new ssh2.Client()
  return new Promise((resolve) => {
    const end = (isIn: boolean) => {
      client.end()
      resolve(isIn)
    }
    client.on('ready', () => end(true)).on('error', () => end(false))
    client.connect({ host: made.host.address, username, password, readyTimeout: 60_000 })
  })
}

test('new credentials, killed at any step: the repeated wish gives one password, and only that one works', async () => {
  const { host, driver } = made
  let earlier = await driver.issueCredentials(FQDN, 'akses-2')
  assert.ok(await signsIn(earlier.username, earlier.password))
  for (const [name, calls] of Object.entries(durableCalls)) {
    const killed = await killAtEveryStep(
      host,
      calls,
      (step) => commandLine('issue-credentials', { fqdn: FQDN, token: `akses-${name}-${step}` }),
      async (step) => {
        const fresh = await driver.issueCredentials(FQDN, `akses-${name}-${step}`)
        assert.ok(await signsIn(fresh.username, fresh.password), `${name} ${step}`)
        assert.ok(!(await signsIn(earlier.username, earlier.password)), `${name} ${step}`)
        assert.equal(await status(), 200)
        earlier = fresh
      },
    )
    process.stdout.write(`note: the helper was killed at ${killed} ${name} of new credentials\n`)
    assert.ok(killed >= 2, String(killed))
  }
})
