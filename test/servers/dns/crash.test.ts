import { test, type TestContext } from 'node:test'
import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { planChanges } from '../../../src/domain/dns/plan.ts'
import { launchDnsServer, stopDnsServer } from '../../../src/servers/dns/launch.ts'
import { DnsFailure } from '../../../src/drivers/dns/driver.ts'
import {
  dig,
  driverFor,
  eventually,
  end,
  newZone,
  startDnsServer,
  temporaryDirectory,
  testKey,
  testZone as zone,
} from '../../support/dns-server.ts'

/** The store after SIGKILL, damage and double starts. */

async function journalOf(dataDir: string): Promise<string> {
  const name = (await readdir(dataDir)).find((each) => each.startsWith('journal-'))
  assert.ok(name)
  return join(dataDir, name)
}

function pairPlan(index: number): Parameters<typeof planChanges>[0] {
  const name = `n${index}.${zone}`
  const values = [`192.0.2.${index % 250}`]
  return {
    zone,
    current: [],
    desired: [
      { name, type: 'A', ttl: 300, values },
      { name: `pasangan-${index}.${zone}`, type: 'TXT', ttl: 300, values: [`"${index}"`] },
    ],
  }
}

/** Updates that must have been answered in a round, on average, before the server is killed. */
const MIN_PER_ROUND = 20

/** Kills the server again and again under eight writers, then looks at what is left. */
async function stormOfKills(t: TestContext, rounds: number, more: object): Promise<{ dataDir: string }> {
  const dataDir = join(await temporaryDirectory(t), 'data')
  const acknowledged = new Set<number>()
  let next = 0
  for (let round = 0; round < rounds; round += 1) {
    const server = await startDnsServer(t, { dataDir, ...more })
    const driver = driverFor(server.port)
    await driver.createZone(newZone())
    const stop = new AbortController()
    const write = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const index = next++
        try {
          await driver.apply(planChanges(pairPlan(index)))
          acknowledged.add(index)
        } catch (error) {
          assert.ok(error instanceof DnsFailure && error.kind === 'unreachable', String(error))
        }
      }
    }
    const writers = Array.from({ length: 8 }, write)
    await sleep(150 + round * 70)
    // a busy machine answers late: the kill must come among updates
    const wanted = (round + 1) * MIN_PER_ROUND
    await eventually(
      async () => assert.ok(acknowledged.size >= wanted, `${acknowledged.size} of ${wanted}`),
      60_000,
    )
    await end(server.child, 'SIGKILL')
    stop.abort()
    await Promise.all(writers)
  }
  const server = await startDnsServer(t, { dataDir, ...more })
  const sets = await driverFor(server.port).transfer(zone)
  const names = new Map(sets.map((set) => [`${set.name} ${set.type}`, set.values]))
  for (let index = 0; index < next; index += 1) {
    const one = names.get(`n${index}.${zone} A`)
    const other = names.get(`pasangan-${index}.${zone} TXT`)
    if (acknowledged.has(index)) assert.deepEqual(one, [`192.0.2.${index % 250}`], `answered update ${index}`)
    assert.equal(one === undefined, other === undefined, `update ${index} is whole or absent`)
  }
  const serial = Number((await dig(server.port, [zone, 'SOA'])).answer[0]?.split(' ')[6])
  assert.ok(serial > acknowledged.size)
  return { dataDir }
}

test('kill -9 in a stream of updates: what was answered is there, nothing is half there', async (t) => {
  await stormOfKills(t, 4, {})
})

test('the same while the journal is folded into a snapshot every few updates', async (t) => {
  const { dataDir } = await stormOfKills(t, 5, { maxJournalOctets: 4_096 })
  const files = (await readdir(dataDir)).filter((name) => /^(zones|journal)-/.test(name))
  assert.equal(files.length, 2, `one snapshot and its journal: ${files.join(', ')}`)
  assert.ok(!files.includes('zones-0'))
})

test('a crash between any two steps of folding leaves a store that starts', async (t) => {
  const first = await startDnsServer(t)
  const { dataDir } = first
  const driver = driverFor(first.port)
  await driver.createZone(newZone())
  await driver.apply(planChanges(pairPlan(1)))
  await end(first.child, 'SIGKILL')
  const restarts = async (what: string): Promise<void> => {
    const server = await startDnsServer(t, { dataDir })
    assert.equal((await dig(server.port, [`n1.${zone}`, 'A'])).answer.length, 1, what)
    await end(server.child, 'SIGKILL')
    const files = (await readdir(dataDir)).filter((name) => /^(zones|journal)-/.test(name))
    assert.deepEqual(files.sort(), ['journal-0', 'zones-0'], what)
  }
  await writeFile(join(dataDir, 'journal-2'), '')
  await restarts('after the new journal')
  await writeFile(join(dataDir, 'journal-2'), '')
  await writeFile(join(dataDir, 'zones-2.new'), '0000')
  await restarts('in the middle of the snapshot')
  await rm(join(dataDir, 'journal-0'))
  await assert.rejects(startDnsServer(t, { dataDir }), /journal of the snapshot is missing/)
})

test('10,000 records are read again whole', async (t) => {
  const first = await startDnsServer(t)
  const driver = driverFor(first.port)
  await driver.createZone(newZone())
  const desired = Array.from({ length: 10_000 }, (_, index) => pairPlan(index).desired[0]!)
  await driver.apply(planChanges({ zone, current: [], desired }))
  await end(first.child, 'SIGKILL')
  const again = await startDnsServer(t, { dataDir: first.dataDir })
  const sets = await driverFor(again.port).transfer(zone)
  const kept = new Map(sets.map((set) => [`${set.name} ${set.type}`, set.values]))
  for (const { name, type, values } of desired) assert.deepEqual(kept.get(`${name} ${type}`), values)
})

test('a torn last line is dropped; damage anywhere else stops the start and changes nothing', async (t) => {
  const first = await startDnsServer(t)
  const driver = driverFor(first.port)
  await driver.createZone(newZone())
  for (const index of [1, 2, 3]) await driver.apply(planChanges(pairPlan(index)))
  await end(first.child, 'SIGKILL')
  const { dataDir } = first
  const journal = await journalOf(dataDir)
  const sound = await readFile(journal)

  for (const tail of [
    '0123abcd {"seq":5,"sets":[["contohk',
    '\0\0\0\0\0\0',
    `${sound.toString().split('\n')[1]}`.slice(0, -1),
  ]) {
    await writeFile(journal, sound)
    await appendFile(journal, tail)
    const server = await startDnsServer(t, { dataDir })
    assert.equal((await dig(server.port, [`n3.${zone}`, 'A'])).answer.length, 1)
    await end(server.child, 'SIGKILL')
    assert.deepEqual(await readFile(journal), sound, 'the tail is gone from the disk too')
  }

  const lines = sound.toString().split('\n')
  const flipped = Buffer.from(sound)
  flipped[lines[0]!.length + 40]! ^= 1
  const damages: [string, Buffer][] = [
    ['a flipped bit in the middle', flipped],
    ['a missing line', Buffer.from([lines[0], ...lines.slice(2)].join('\n'))],
    ['a doubled line', Buffer.from([lines[0], lines[1], lines[1], ...lines.slice(2)].join('\n'))],
    ['swapped lines', Buffer.from([lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'))],
    [
      'a flipped bit in a complete last line',
      Buffer.from(sound.toString().replace('pasangan-3', 'pasangan-4')),
    ],
    ['another file', Buffer.from('bukan jurnal\nsama sekali\n')],
  ]
  for (const [what, content] of damages) {
    await writeFile(journal, content)
    await assert.rejects(startDnsServer(t, { dataDir }), /damaged/, what)
    assert.deepEqual(await readFile(journal), content, 'the evidence is left alone')
  }
})

test('a second process on the same data directory is turned away', async (t) => {
  const first = await startDnsServer(t)
  await assert.rejects(startDnsServer(t, { dataDir: first.dataDir }), /already serves/)
  assert.equal((await dig(first.port, ['example.org', 'A'])).status, 'REFUSED')
  assert.equal(await end(first.child, 'SIGTERM'), 0)
  assert.ok(!(await readdir(first.dataDir)).includes('pid.json'))
  await startDnsServer(t, { dataDir: first.dataDir })
})

test('what cannot be a configuration stops the start with the field that is wrong', async (t) => {
  const dataDir = await temporaryDirectory(t)
  const asking = { nosuchfield: 1 } as object
  await assert.rejects(startDnsServer(t, { dataDir, ...asking }), /nosuchfield/)
  await assert.rejects(startDnsServer(t, { dataDir, port: 70_000 }), /port/)
})

test('whoever starts it finds it again, restarts it for another configuration, and survives a killed one', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ranah-dns-'))
  // The server outlives this process, so it is stopped before its directory goes.
  t.after(async () => {
    await stopDnsServer(dataDir)
    await rm(dataDir, { recursive: true })
  })
  const key = { ...testKey, update: ['*'], transfer: ['*'], createZones: true }
  const config = { dataDir, port: 0, keys: [key] }
  const first = await launchDnsServer(config)
  assert.equal(first.adopted, false)
  await driverFor(first.port).createZone(newZone())
  assert.deepEqual(await launchDnsServer(config), { ...first, adopted: true })
  const changed = await launchDnsServer({ ...config, keys: [{ ...key, transfer: [] }] })
  assert.notEqual(changed.pid, first.pid)
  assert.equal((await dig(changed.port, [zone, 'SOA'])).answer.length, 1)
  process.kill(changed.pid, 'SIGKILL')
  const [a, b] = await Promise.all([launchDnsServer(config), launchDnsServer(config)])
  assert.equal(a.pid, b.pid, 'two that start it at once get the same one')
  assert.equal((await dig(a.port, [zone, 'SOA'])).answer.length, 1)
})
