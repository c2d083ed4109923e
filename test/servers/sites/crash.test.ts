import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'

import { embeddedHosting } from '../../../src/drivers/hosting/embedded/driver.ts'
import { Refused } from '../../../src/domain/refused.ts'
import { endProcess, identify } from '../../../src/servers/process.ts'
import { launchSites } from '../../../src/servers/sites/launch.ts'
import { configIn, curl, scratchDirectory, siteNamed } from './running-host.ts'
import { makeZip } from './zip-maker.ts'
import '../../support/own-networks.ts'

const ROUNDS = 12
const FQDN = 'aset.contohkab.go.id'

/** A host that is killed at random moments and started again, and a driver that keeps trying. */
async function killable(t: TestContext) {
  const config = configIn(await scratchDirectory(t))
  let host = await launchSites(config)
  const webTarget = async () => ({ address: '127.0.0.1', port: host.webPort })
  const driver = embeddedHosting({ ...config, webTarget })
  const kill = async () => {
    const killed = await identify(host.pid)
    assert.ok(killed)
    // A killed process is still there for a moment; adopting it then would be no restart at all.
    await endProcess(killed, [{ signal: 'SIGKILL', waitMs: 10_000 }])
  }
  const start = async () => (host = await launchSites(config))
  const page = async () => (await curl(host.webPort, FQDN, '/')).stdout
  return { config, driver, kill, start, page }
}

/** Starts an effort, kills the host a random moment later; tells whether the effort was acknowledged. */
async function killedDuring(
  effort: Promise<unknown>,
  kill: () => Promise<void>,
  withinMs: number,
): Promise<boolean> {
  const outcome = effort.then(
    () => true,
    (error: unknown) => {
      assert.ok(error instanceof Refused && error.status === 503, String(error))
      return false
    },
  )
  await sleep(randomInt(withinMs))
  await kill()
  return outcome
}

test(`kill -9 in ${ROUNDS} rounds of creating, deploying and removing leaves whole states only`, async (t) => {
  const { config, driver, kill, start, page } = await killable(t)
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const desired = siteNamed(FQDN, `buat-${round}`)
    const plan = await driver.plan(desired)
    const zip = makeZip(
      Array.from({ length: 30 }, (_, n) => ({
        name: n ? `f${n}` : 'index.html',
        data: `putaran ${round} `.repeat(999),
      })),
    )
    const before = await page()
    const effort = (async () => {
      await driver.apply(plan)
      await driver.deploy(FQDN, zip, `isi-${round}`)
    })()
    const done = await killedDuring(effort, kill, 700)
    if (done) acknowledged += 1
    await start()

    const after = await page()
    const isNew = after === `putaran ${round} `.repeat(999)
    const isStart = after.includes('<title>Sistem Contoh</title>')
    assert.ok(isNew || (!done && (after === before || isStart)), `round ${round}: ${after.slice(0, 80)}`)
    assert.deepEqual(await readdir(join(config.dataDir, 'staging')), [])

    // The job is taken up again after the crash: nothing is doubled, the result is there.
    await driver.apply(plan)
    await driver.deploy(FQDN, zip, `isi-${round}`)
    assert.equal(await page(), `putaran ${round} `.repeat(999))
    const seen = await driver.inspect(FQDN)
    assert.ok(seen.kind === 'present' && seen.site.keptVersions <= 2)

    if (round % 3 === 2) {
      const removal = await driver.plan({ ...desired, site: null, token: `hapus-${round}` })
      await killedDuring(driver.apply(removal), kill, 30)
      await start()
      await driver.apply(removal)
      assert.equal((await driver.inspect(FQDN)).kind, 'absent')
      await killedDuring(driver.undo(removal), kill, 30)
      await start()
      await driver.undo(removal)
      assert.equal(await page(), `putaran ${round} `.repeat(999))
    }
  }
  t.diagnostic(`${acknowledged} of ${ROUNDS} efforts were acknowledged before the kill`)
})

test(`kill -9 in ${ROUNDS} rounds of issuing: an acknowledged password is the one that counts`, async (t) => {
  const { driver, kill, start } = await killable(t)
  await driver.apply(await driver.plan(siteNamed(FQDN)))
  let known = 0
  for (let round = 0; round < ROUNDS; round++) {
    const answers: number[] = []
    const effort = driver
      .issueCredentials(FQDN, 'satu-permintaan')
      .then(({ generation }) => answers.push(generation))
    await killedDuring(effort, kill, 120)
    await start()
    const seen = await driver.inspect(FQDN)
    assert.equal(seen.kind, 'present')
    const stored = seen.kind === 'present' ? (seen.site.access?.generation ?? 0) : -1
    if (answers[0] !== undefined) assert.equal(stored, answers[0])
    else assert.ok(stored === known || stored === known + 1)
    known = stored
  }
})
