import { readFile, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { join } from 'node:path'
import { runTool, startDaemon, type Daemon } from './daemon.ts'
import { isThere } from './name-server.ts'

/** Pebble, the certificate authority for tests that Debian has. It forgets everything when it ends. */
export type Pebble = Daemon & {
  readonly kind: 'pebble'
  readonly version: string
  readonly directory: string
  /** PEM of what signed its own server certificate: the root to trust when speaking to it */
  readonly serverRoot: string
  /** PEM of what its certificates lead to; another one at each start */
  readonly root: () => Promise<string>
}

export type PebbleSettings = {
  /** its configuration and server certificate; the same directory again is the same server again */
  readonly directory: string
  readonly port: number
  readonly managementPort: number
  /** where it asks for names: a name server on 127.0.0.1 */
  readonly dnsPort: number
  /** where it looks for proofs by HTTP */
  readonly httpPort: number
  /** accounts with an authority that wants them bound: key id and HMAC key (base64url) */
  readonly bindings?: Readonly<Record<string, string>>
  readonly validitySeconds?: number
  /** percent of good nonces that it refuses */
  readonly nonceReject?: number
  /** percent of proved names that it does not want proved again */
  readonly reuse?: number
}

const program = '/usr/bin/pebble'
const DEFAULT_VALIDITY_SECONDS = 90 * 86_400

export async function startPebble(settings: PebbleSettings): Promise<Pebble> {
  const { directory, port, managementPort, dnsPort, nonceReject = 0, reuse = 0 } = settings
  const config = join(directory, 'pebble.json')
  await writeFile(config, JSON.stringify(configOf(settings)))
  if (!(await isThere(join(directory, 'server.pem')))) await makeServerCertificate(directory)
  const serverRoot = await readFile(join(directory, 'server.pem'), 'utf8')
  const version = (await runTool('/usr/bin/dpkg-query', ['-W', '-f', '${Version}', 'pebble'])).trim()
  const url = `https://127.0.0.1:${port}/dir`
  const argv = [program, '-config', config, '-dnsserver', `127.0.0.1:${dnsPort}`] as const
  const isReady = (): Promise<boolean> => fetchPem(url, serverRoot).then(Boolean, () => false)
  const daemon = await startDaemon(argv, isReady, {
    PEBBLE_VA_NOSLEEP: '1',
    PEBBLE_WFE_NONCEREJECT: String(nonceReject),
    PEBBLE_AUTHZREUSE: String(reuse),
  })
  const root = (): Promise<string> => fetchPem(`https://127.0.0.1:${managementPort}/roots/0`, serverRoot)
  return { kind: 'pebble', version, directory: url, serverRoot, root, ...daemon }
}

function configOf(settings: PebbleSettings): object {
  const { directory, port, managementPort, httpPort, bindings, validitySeconds } = settings
  return {
    pebble: {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: join(directory, 'server.pem'),
      privateKey: join(directory, 'server.key'),
      httpPort,
      // proofs over TLS are not used
      tlsPort: httpPort,
      ocspResponderURL: '',
      externalAccountBindingRequired: bindings !== undefined,
      externalAccountMACKeys: bindings ?? {},
      certificateValidityPeriod: validitySeconds ?? DEFAULT_VALIDITY_SECONDS,
    },
  }
}

/** Of its own, signed by itself. */
async function makeServerCertificate(directory: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const files = ['-keyout', join(directory, 'server.key'), '-out', join(directory, 'server.pem')]
  const name = ['-subj', '/CN=pebble', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  await runTool('/usr/bin/openssl', ['req', '-x509', '-days', '30', ...key, ...files, ...name])
}

const fetchLimitMs = 5_000

function fetchPem(url: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(fetchLimitMs)
    const sent = get(url, { ca, agent: false, signal }, (answer) => {
      answer.toArray().then((parts) => resolve(Buffer.concat(parts as Buffer[]).toString('utf8')), reject)
    })
    sent.once('error', reject)
  })
}
