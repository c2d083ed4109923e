import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import type { CertificateDriver } from '../../src/drivers/certificates/driver.ts'
import { openCertificateDriver } from '../../src/drivers/certificates/drivers.ts'
import { httpProof } from '../../src/drivers/certificates/http-proof.ts'
import type { Proof } from '../../src/drivers/certificates/driver.ts'
import { startPebble, type Pebble, type PebbleSettings } from '../../src/servers/debian/pebble.ts'
import { masterFile, startDebianDns, type RunningDebianDns } from './debian-dns.ts'
import { freePort } from '../../src/servers/free-port.ts'
import { temporaryDirectory, testZone } from './dns-server.ts'
import './own-networks.ts'

/** A certificate authority beside the office's name server: Debian's pebble and BIND on loopback. */

export type Authority = {
  readonly pebble: Pebble
  readonly bind: RunningDebianDns
  readonly httpPort: number
  readonly settings: PebbleSettings
}

export async function startAuthority(t: TestContext, more: Partial<PebbleSettings> = {}): Promise<Authority> {
  const hosts = ['dinas', 'lama', 'satu', 'dua'].map((label) => `${label} A 127.0.0.1\n`).join('')
  const bind = await startDebianDns(t, 'BIND', { zones: { [testZone]: masterFile + hosts } })
  const settings: PebbleSettings = {
    directory: await temporaryDirectory(t),
    port: await freePort(),
    managementPort: await freePort(),
    dnsPort: bind.port,
    httpPort: await freePort(),
    ...more,
  }
  const pebble = await startAgain(t, settings)
  return { pebble, bind, httpPort: settings.httpPort, settings }
}

/** Starts pebble with the settings; it ends with the test. The suite prints who it was. */
export async function startAgain(t: TestContext, settings: PebbleSettings): Promise<Pebble> {
  const pebble = await startPebble(settings)
  t.after(() => pebble.stop('SIGKILL'))
  console.log(`note: pebble ${pebble.version}, process ${pebble.pid}`)
  return pebble
}

export function newAccountKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Of the office in the tests. */
const accountKey = newAccountKey()

export function authorityFor(
  { directory, serverRoot }: Pick<Pebble, 'directory' | 'serverRoot'>,
  more: object = {},
): CertificateDriver {
  return openCertificateDriver('acme', {
    directory,
    accountKey,
    root: serverRoot,
    limits: { pollMs: 50, workMs: 30_000 },
    ...more,
  })
}

/** A key and a request as a site host makes them. */
export async function makeRequest(t: TestContext, names: readonly string[]): Promise<string> {
  const key = join(await temporaryDirectory(t), 'key.pem')
  const kind = ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const subject = ['-subj', '/', '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`]
  const { stdout } = await promisify(execFile)('/usr/bin/openssl', [...kind, '-keyout', key, ...subject])
  return stdout
}

/** A site host that shows proofs, as the web server of an office would. */
export async function startProofHost(
  t: TestContext,
  port: number,
): Promise<{ readonly proof: Proof; readonly shown: Map<string, string> }> {
  const shown = new Map<string, string>()
  const server = createServer(({ url = '', headers }, answer) => {
    const content = shown.get(`${headers.host?.replace(/:\d+$/, '')}${url}`)
    answer.writeHead(content === undefined ? 404 : 200).end(content)
  }).listen(port, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const proof = httpProof({
    show: async (name, token, content) =>
      void shown.set(`${name}/.well-known/acme-challenge/${token}`, content),
    hide: async (name) => {
      for (const at of shown.keys()) if (at.startsWith(`${name}/`)) shown.delete(at)
    },
  })
  return { proof, shown }
}
