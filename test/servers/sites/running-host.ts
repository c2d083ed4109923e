import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

import { embeddedHosting } from '../../../src/drivers/hosting/embedded/driver.ts'
import type { SitesConfigInput } from '../../../src/servers/sites/config.ts'
import { launchSites, type LaunchedSites, stopSites } from '../../../src/servers/sites/launch.ts'
import '../../support/own-networks.ts'

/** A new empty directory; after the test the host in it is stopped and then everything removed. */
export async function scratchDirectory(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'ranah-sites-'))
  t.after(async () => {
    await stopSites(configIn(path))
    await rm(path, { recursive: true, force: true })
  })
  return path
}

export function configIn(directory: string, more: Partial<SitesConfigInput> = {}): SitesConfigInput {
  const dataDir = join(directory, 'sites')
  return { dataDir, webPort: 0, sftpPort: 0, controlSecretFile: join(directory, 'secret'), ...more }
}

/** A real site host in its own process with a driver that speaks to it. */
export async function startHost(t: TestContext, more: Partial<SitesConfigInput> = {}) {
  const directory = await scratchDirectory(t)
  const config = configIn(directory, more)
  const host: LaunchedSites = await launchSites(config)
  const driver = embeddedHosting({
    ...config,
    webTarget: async () => ({ address: '127.0.0.1', port: host.webPort }),
  })
  return { directory, config, host, driver }
}

export const siteNamed = (fqdn: string, token = 'req-1') => ({
  fqdn,
  site: { title: 'Sistem Contoh', agency: 'Dinas Contoh' },
  token,
})

/** Calls a verb of the control port directly, with any body. */
export async function callControl(config: SitesConfigInput, port: number, verb: string, body: unknown) {
  const secret = (await readFile(config.controlSecretFile, 'utf8')).trim()
  const headers = { authorization: `Bearer ${secret}` }
  const response = await fetch(`http://127.0.0.1:${port}/v1/${verb}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a real client to its end. */
export function runClient(file: string, argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 }
    execFile(file, [...argv], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr })
    })
  })
}

/** Asks the web port with curl, the path as it is. */
export function curl(port: number, fqdn: string, path: string, ...argv: string[]): Promise<Ran> {
  const url = `http://127.0.0.1:${port}${path}`
  return runClient('curl', ['-sS', '--path-as-is', '-H', `Host: ${fqdn}`, ...argv, url])
}
