import { mkdir } from 'node:fs/promises'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import { CommandFailed, execute } from './execute.ts'
import { digestOf, enforce, type Files, layGeneration, layNginxCheck, readCurrent } from './generation.ts'
import { chainFile, renderCatchAll, renderSite } from './nginx-site.ts'
import { renderPool } from './php-pool.ts'
import { arePoolsInForce, reloadPhp } from './php-server.ts'
import { poolSocket } from './places.ts'
import { liveSite, readAllRecords } from './record.ts'
import type { HostSettings } from './settings.ts'
import { reloadWebServer, runningGeneration } from './web-server.ts'

/** The first one sorts before every site, so that an unknown name never meets a site. */
const CATCH_ALL = 'nginx/000-catch-all.conf'
const LEFT_OUT_MAX = 50

/** Sites whose configuration was refused, with what the server said of it. */
export type LeftOut = ReadonlyMap<string, string>

type Wanted = { readonly generation: string; readonly files: Files; readonly sockets: readonly string[] }

/**
 * Makes nginx and php-fpm serve what the records say: rendered, checked beside what is in force, swapped in one step,
 * reloaded once. A site whose configuration is refused keeps its last good one; the others go on.
 */
export async function settleConfiguration(settings: HostSettings): Promise<LeftOut> {
  const [running, current] = await Promise.all([runningGeneration(settings.webPort), readCurrent()])
  const leftOut = new Map<string, string>()
  for (;;) {
    const wanted = await render(settings, current, leftOut)
    const { generation } = wanted
    const isCurrent = digestOf(current) === digestOf(wanted.files)
    const pools = digestOf(wanted.files, 'php/')
    const isPhpRight = settings.php === null || (await arePoolsInForce(pools, wanted.sockets))
    if (running === generation && isCurrent && isPhpRight) return leftOut
    if (!isCurrent) {
      const folder = await layGeneration(generation, wanted.files, current)
      const broken = await brokenSite(settings, folder)
      if (broken) {
        await rm(folder, { recursive: true, force: true })
        if (leftOut.size >= LEFT_OUT_MAX || leftOut.has(broken.fqdn)) throw hostBroken(broken.why)
        leftOut.set(broken.fqdn, broken.why)
        continue
      }
      await enforce(folder)
    }
    if (settings.php !== null && !isPhpRight) await reloadPhp(settings.php, pools, wanted.sockets)
    if (running !== generation) await reloadWebServer(settings.webPort, generation)
    return leftOut
  }
}

async function render(settings: HostSettings, current: Files, leftOut: LeftOut): Promise<Wanted> {
  const files = new Map<string, string>()
  const sockets: string[] = []
  for (const record of await readAllRecords()) {
    const site = liveSite(record)
    if (!site) continue
    const [nginx, php] = [`nginx/${record.fqdn}.conf`, `php/${record.fqdn}.conf`]
    // Beside the block that names it, so that both come into force in one step.
    const chain = `nginx/${chainFile(record.fqdn)}`
    if (leftOut.has(record.fqdn)) {
      for (const path of [nginx, php, chain]) if (current.has(path)) files.set(path, current.get(path)!)
      continue
    }
    files.set(nginx, renderSite(settings, record.fqdn, site))
    if (site.tls.certificate) files.set(chain, site.tls.certificate.chain)
    if (site.kind !== 'php') continue
    files.set(php, renderPool(site))
    sockets.push(poolSocket(site.id))
  }
  files.set(CATCH_ALL, renderCatchAll(settings, 'of-this-generation'))
  const generation = digestOf(files)
  files.set(CATCH_ALL, renderCatchAll(settings, generation))
  return { generation, files, sockets }
}

const hostBroken = (why: string) =>
  new Refused('host-configuration-broken', hostingText.hostConfigurationBroken(why), { status: 503 })

/** Asks both servers to judge a generation. @returns the site that is to blame @throws Refused when none is */
async function brokenSite(
  settings: HostSettings,
  folder: string,
): Promise<{ readonly fqdn: string; readonly why: string } | null> {
  const nginx = await layNginxCheck(folder)
  const complaint =
    (await complaintOf('/usr/sbin/nginx', ['-q', '-t', '-c', nginx])) ??
    (settings.php === null ? null : await phpComplaint(settings.php, folder))
  if (complaint === null) return null
  const why =
    complaint
      .trim()
      .split('\n')
      .find((line) => /emerg|ERROR|error/.test(line)) ?? complaint.trim()
  const fqdn = /\/(?:ranah|php)\/([a-z0-9.-]+)\.(?:conf|pem)\b/.exec(why)?.[1]
  if (fqdn === undefined || fqdn === '000-catch-all') throw hostBroken(why.slice(0, 300))
  return { fqdn, why: why.slice(0, 300) }
}

async function phpComplaint(version: string, folder: string): Promise<string | null> {
  await mkdir('/run/ranah', { recursive: true, mode: 0o755 })
  const file = '/run/ranah/php-fpm-check.conf'
  const includes = [`/etc/php/${version}/fpm/pool.d/www.conf`, join(folder, 'php', '*.conf')]
  await writeFile(file, `[global]\n${includes.map((path) => `include=${path}\n`).join('')}`)
  return complaintOf(`/usr/sbin/php-fpm${version}`, ['-t', '-y', file])
}

async function complaintOf(file: string, argv: readonly string[]): Promise<string | null> {
  try {
    await execute(file, argv)
    return null
  } catch (error) {
    if (error instanceof CommandFailed) return error.stderr
    throw error
  }
}
