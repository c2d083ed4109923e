import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareZones } from '../src/domain/dns/compare.ts'
import { planChanges } from '../src/domain/dns/plan.ts'
import type { Rrset } from '../src/domain/dns/records.ts'
import type { DnsDriver } from '../src/drivers/dns/driver.ts'
import { openDnsDriver } from '../src/drivers/dns/drivers.ts'
import { compareZone } from '../src/lookups/compare-zone.ts'
import { startBind } from '../src/servers/debian/bind.ts'
import { startKnot } from '../src/servers/debian/knot.ts'
import type { NameServer, NameServerSettings } from '../src/servers/debian/name-server.ts'
import { startPowerDns } from '../src/servers/debian/powerdns.ts'
import { launchDnsServer, stopDnsServer } from '../src/servers/dns/launch.ts'
import { freePort } from '../src/servers/free-port.ts'
import { newZone, testKey as key, testZone as zone } from '../test/support/dns-server.ts'
import type { Row } from './report.ts'
import { median } from './report.ts'

/** Updates one after the other in one turn of either side, names in one batch, and turns. */
const singles = 60
const batched = 1_000
const turns = 5
const records = 100_000
/** Records that a name server reads again when it is started. */
const readAgain = 10_000

const servers: readonly ((settings: NameServerSettings) => Promise<NameServer>)[] = [
  startBind,
  startKnot,
  startPowerDns,
]
const head = '$TTL 300\n@ SOA ns1 h 1 3600 600 86400 60\n@ NS ns1\nns1 A 127.0.0.1\n'

/**
 * Updates by the driver, prerequisites and all, against the same additions by `nsupdate`, and the comparison of a
 * large zone with the registry against `dig axfr` that only writes it to a file.
 */
export async function dns(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const start of servers) rows.push(...(await withServer(start, head, updates)))
  const lines = Array.from({ length: records }, (_, index) => `n${index} A 192.0.2.${index % 250}`)
  rows.push(...(await withServer(startBind, `${head}${lines.join('\n')}\n`, compared)))
  rows.push(await startedAgain())
  return rows
}

async function withServer<T>(
  start: (settings: NameServerSettings) => Promise<NameServer>,
  content: string,
  measure: (server: NameServer, directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-bench-'))
  const keys = [{ key, update: true, transfer: true }]
  const server = await start({ directory, port: await freePort(), keys, zones: { [zone]: content } })
  console.error(`    ${server.kind} ${server.version}, process ${server.pid}`)
  try {
    return await measure(server, directory)
  } finally {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

const configOf = (port: number): object => ({ host: '127.0.0.1', port, key })
const added = (name: string): Rrset => ({
  name: `${name}.${zone}`,
  type: 'A',
  ttl: 300,
  values: ['192.0.2.1'],
})

async function updates(server: NameServer): Promise<readonly Row[]> {
  const driver = openDnsDriver('rfc2136', configOf(server.port))
  const ones = (turn: string): string[] => Array.from({ length: singles }, (_, index) => `${turn}-${index}`)
  const many = (turn: string): string[] => Array.from({ length: batched }, (_, index) => `${turn}-${index}`)
  return [
    await inTurns(`single updates, ${server.kind}`, singles, 0.9, {
      ours: async (turn) => {
        for (const name of ones(`a${turn}`)) await apply(driver, [name])
      },
      baseline: (turn) =>
        nsupdate(
          server.port,
          ones(`b${turn}`).map((name) => [name]),
        ),
    }),
    await inTurns(`${batched} updates in a batch, ${server.kind}`, batched, 1, {
      ours: (turn) => apply(driver, many(`c${turn}`)),
      baseline: (turn) => nsupdate(server.port, [many(`d${turn}`)]),
    }),
  ]
}

async function apply(driver: DnsDriver, names: readonly string[]): Promise<void> {
  await driver.apply(planChanges({ zone, current: [], desired: names.map(added) }))
}

/** One process for all messages of a turn, so that its start counts once. */
async function nsupdate(port: number, messages: readonly (readonly string[])[]): Promise<void> {
  const script = messages.map((names) => [
    ...names.map((name) => `update add ${name}.${zone} 300 A 192.0.2.1`),
    'send',
  ])
  const argv = ['-y', `${key.algorithm}:${key.name}:${key.secret}`]
  const child = spawn('/usr/bin/nsupdate', argv, { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end([`server 127.0.0.1 ${port}`, `zone ${zone}`, ...script.flat(), ''].join('\n'))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`nsupdate ended with ${code}`)
}

type Sides = {
  readonly ours: (turn: number) => Promise<void>
  readonly baseline: (turn: number) => Promise<void>
}

async function inTurns(name: string, perTurn: number, target: number, sides: Sides): Promise<Row> {
  const ours: number[] = []
  const baseline: number[] = []
  for (let turn = 0; turn <= turns; turn += 1) {
    ours.push(await timed(() => sides.ours(turn)))
    baseline.push(await timed(() => sides.baseline(turn)))
  }
  warmed(ours, baseline)
  const rate = (times: readonly number[]): string => `${Math.round((1000 * perTurn) / median(times))}/s`
  const ratio = median(ours.map((each, index) => baseline[index]! / each))
  return { name, ours: rate(ours), baseline: rate(baseline), ratio, target }
}

/** The first turn warmed both sides and does not count. */
function warmed(...sides: readonly number[][]): void {
  for (const side of sides) side.shift()
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

/** In the order in which a take-over writes the registry, and in one that has nothing in common with the zone's. */
async function compared(server: NameServer, directory: string): Promise<readonly Row[]> {
  const config = configOf(server.port)
  const live = await openDnsDriver('rfc2136', config).transfer(zone)
  const takenOver = compareZones(live, []).map(({ name, type, live: content }) => ({
    name,
    type,
    ...content!,
  }))
  const shuffled = takenOver.toSorted((a, b) => (reversed(a.name) < reversed(b.name) ? -1 : 1))
  const name = `compare of ${records} records with the registry`
  return [
    await comparedWith(takenOver, { name, server, directory }),
    await comparedWith(shuffled, { name: `${name} in no common order`, server, directory }),
  ]
}

/** From the start of the process until it is ready, with all it has: the embedded name server beside BIND. */
async function startedAgain(): Promise<Row> {
  const directory = await mkdtemp(join(tmpdir(), 'ranah-bench-'))
  const names = Array.from({ length: readAgain }, (_, index) => `n${index}`)
  const keys = [{ key, update: true, transfer: true }]
  const content = `${head}${names.map((name) => `${name} A 192.0.2.1`).join('\n')}\n`
  const bind = { directory, port: await freePort(), keys, zones: { [zone]: content } }
  const own = { ...key, update: ['*'], transfer: ['*'], createZones: true }
  const config = { dataDir: join(directory, 'own'), listen: '127.0.0.1', port: await freePort(), keys: [own] }
  const { port } = await launchDnsServer(config)
  const driver = openDnsDriver('embedded', configOf(port))
  await driver.createZone(newZone())
  await apply(driver, names)
  const [ours, baseline]: [number[], number[]] = [[], []]
  for (let turn = 0; turn <= turns; turn += 1) {
    await stopDnsServer(config.dataDir)
    ours.push(await timed(() => launchDnsServer(config)))
    let server: NameServer | undefined
    baseline.push(await timed(async () => (server = await startBind(bind))))
    await server?.stop()
  }
  await stopDnsServer(config.dataDir)
  await rm(directory, { recursive: true, force: true })
  warmed(ours, baseline)
  return {
    name: `a start with ${readAgain} records, embedded name server against BIND (times slower)`,
    ours: `${Math.round(median(ours))} ms`,
    baseline: `${Math.round(median(baseline))} ms`,
    ratio: median(ours.map((each, index) => each / baseline[index]!)),
    target: null,
  }
}

const reversed = (text: string): string => text.split('').toReversed().join('')

async function comparedWith(
  registered: readonly Rrset[],
  { name, server, directory }: { name: string; server: NameServer; directory: string },
): Promise<Row> {
  const config = configOf(server.port)
  const ours: number[] = []
  const baseline: number[] = []
  for (let turn = 0; turn <= turns; turn += 1) {
    const once = async (): Promise<void> => {
      const { findings, liveSets } = await compareZone({ kind: 'rfc2136', config, zone, registered })
      if (findings.length > 0 || liveSets < records) throw new Error('the zone is not as registered')
    }
    ours.push(await timed(once))
    baseline.push(await timed(() => dig(server.port, join(directory, 'axfr.txt'))))
  }
  warmed(ours, baseline)
  return {
    name: `${name}, against dig axfr into a file (times slower)`,
    ours: `${Math.round(median(ours))} ms`,
    baseline: `${Math.round(median(baseline))} ms`,
    ratio: median(ours.map((each, index) => each / baseline[index]!)),
    target: 1.5,
  }
}

async function dig(port: number, file: string): Promise<void> {
  const output = await open(file, 'w')
  try {
    const argv = [
      '@127.0.0.1',
      '-p',
      String(port),
      '-y',
      `${key.algorithm}:${key.name}:${key.secret}`,
      zone,
      'AXFR',
    ]
    const child = spawn('/usr/bin/dig', argv, { stdio: ['ignore', output.fd, 'inherit'] })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`dig ended with ${code}`)
  } finally {
    await output.close()
  }
}
