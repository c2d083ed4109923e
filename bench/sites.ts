import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ManagedHost } from '../src/drivers/hosting/driver.ts'
import type { DebianHost } from '../src/servers/debian/host.ts'
import { preparedHost } from '../test/support/debian-host.ts'
import type { Row } from './report.ts'
import { median, times } from './report.ts'

/** Sites that are added, one after the other, each beside a reload by hand, and sites that the host has already. */
const added = 10
const already = 100
const askEveryMs = 5
const maxWaitMs = 60_000

/**
 * A site on a Debian host, from the plan's application until nginx serves it, against what an administrator's bare
 * reload takes until it is in force: a ready server block, `nginx -s reload`, and the first answer by it.
 */
export async function sites(): Promise<Row> {
  const ends: (() => unknown)[] = []
  const { host, driver } = await preparedHost({ after: (end) => void ends.push(end) }, ['sshd', 'nginx'])
  try {
    await fill(host)
    const ours: number[] = []
    const bare: number[] = []
    // the first turn warms up
    for (let turn = 0; turn <= added; turn += 1) {
      ours.push(await add(driver, host, `situs${turn}.contohkab.example`))
      bare.push(await timed(() => reload(host, `polos${turn}.contohkab.example`)))
    }
    const pairs = ours.map((each, index) => each / bare[index]!).slice(1)
    return {
      name: `a site added to a Debian host, against the bare reload (times slower)`,
      ours: times(ours.slice(1)),
      baseline: times(bare.slice(1)),
      ratio: median(pairs),
      target: 1.2,
    }
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

/** Server blocks as a host has them that serves others too: both sides reload them. */
async function fill(host: DebianHost): Promise<void> {
  for (let number = 0; number < already; number += 1) await write(host, `lama${number}.contohkab.example`)
}

async function write(host: DebianHost, name: string): Promise<void> {
  const block = `server { listen 80; server_name ${name}; return 200 "${name}"; }\n`
  await succeed(host, ['/usr/bin/tee', `/etc/nginx/conf.d/${name}.conf`], block)
}

/** @returns milliseconds; the plan was made before the decision and is not counted */
async function add(driver: ManagedHost, host: DebianHost, fqdn: string): Promise<number> {
  const site = { title: 'Sistem Contoh', agency: 'Dinas Contoh' }
  const plan = await driver.plan({ fqdn, site, token: fqdn })
  return timed(async () => {
    await driver.apply(plan)
    await served(host, fqdn)
  })
}

async function reload(host: DebianHost, name: string): Promise<void> {
  await write(host, name)
  await succeed(host, ['/usr/sbin/nginx', '-t'])
  await succeed(host, ['/usr/sbin/nginx', '-s', 'reload'])
  await served(host, name)
}

async function succeed(host: DebianHost, argv: readonly string[], input?: string): Promise<void> {
  const { code } = await host.run(argv, input)
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`)
}

async function served({ address }: DebianHost, name: string): Promise<void> {
  const started = performance.now()
  while (performance.now() - started < maxWaitMs) {
    if ((await statusOf(address, name)) === 200) return
    await pause(askEveryMs)
  }
  throw new Error(`${name} was not served after ${maxWaitMs} ms`)
}

function statusOf(host: string, name: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    request({ host, port: 80, headers: { host: name }, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', () => resolve(undefined))
      .end()
  })
}
