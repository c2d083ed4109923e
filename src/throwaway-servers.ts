import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DebianServers } from './cli/installation.ts'
import { planPreparation } from './drivers/hosting/linux-host/prepare.ts'
import { SshConnection } from './drivers/hosting/linux-host/ssh.ts'
import { startBind } from './servers/debian/bind.ts'
import type { DebianHost, ServiceName } from './servers/debian/host.ts'
import { startDebianHost } from './servers/debian/host.ts'
import type { Pebble } from './servers/debian/pebble.ts'
import { startPebble } from './servers/debian/pebble.ts'
import { freePort } from './servers/free-port.ts'
import { bundleSiteHelper } from './servers/site-helper/bundle.ts'
import { makeKeyPair } from './servers/sites/host-key.ts'

/** What the site host of the demo runs. */
const services: readonly ServiceName[] = ['sshd', 'nginx', 'php-fpm', 'mariadb']
const keyName = 'ranah.demo'
const algorithm = 'hmac-sha256'
const sshPort = 22
const webPort = 80
const tlsPort = 443

/**
 * Debian's own servers as an office has them, for a while: BIND that keeps the zones, pebble that signs certificates,
 * and a Debian host in a root of its own that is prepared as `ranah host prepare` prepares one. Nothing of this machine's configuration is touched.
 *
 * @param directory for the files of BIND and pebble; kept
 * @throws Error without root rights, or with what did not start
 */
export async function startDebianServers(
  directory: string,
  zones: readonly string[],
): Promise<DebianServers> {
  await mkdir(directory, { recursive: true, mode: 0o755 })
  const secret = randomBytes(32).toString('base64')
  const bind = await startBind({
    directory: join(directory),
    port: await freePort(),
    keys: [{ key: { name: keyName, algorithm, secret }, update: true, transfer: true }],
    zones: Object.fromEntries(zones.map((zone) => [zone, zoneText(zone)])),
  })
  const pebble = await startAuthority(join(directory, 'pebble'), bind.port).catch(async (error: unknown) => {
    await bind.stop('SIGTERM')
    throw error
  })
  try {
    const root = await pebble.root()
    const { host, privateKey } = await startPreparedHost()
    const nameServers = [{ name: '*', host: '127.0.0.1', port: bind.port }]
    return {
      nameServer: {
        settings: { host: '127.0.0.1', port: bind.port, keyName, algorithm, nameServers },
        secret: { keySecret: secret },
      },
      siteHost: {
        settings: {
          host: host.address,
          port: sshPort,
          hostKey: host.hostKey.split(' ').slice(0, 2).join(' '),
          addresses: [host.address],
          webPort,
          tlsPort,
          sftpPort: sshPort,
          root,
        },
        secret: { privateKey },
      },
      authority: {
        settings: { directory: pebble.directory, challenge: 'dns-01', root: pebble.serverRoot },
        secret: {},
      },
      dns: { host: '127.0.0.1', port: bind.port },
      web: { port: tlsPort, root },
      networks: ['127.0.0.1', host.address],
      versions: [
        { kind: bind.kind, version: bind.version, pid: bind.pid },
        ...(await host.versions()),
        { kind: pebble.kind, version: pebble.version, pid: pebble.pid },
      ],
      stop: async () => {
        await host.stop()
        await pebble.stop('SIGTERM')
        await bind.stop('SIGTERM')
      },
    }
  } catch (error) {
    await pebble.stop('SIGTERM')
    await bind.stop('SIGTERM')
    throw error
  }
}

const zoneText = (zone: string): string =>
  [
    '$TTL 3600',
    `@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60`,
    `@ NS ns1.${zone}.`,
    'ns1 A 127.0.0.1',
    '',
  ].join('\n')

async function startAuthority(directory: string, dnsPort: number): Promise<Pebble> {
  await mkdir(directory, { recursive: true, mode: 0o755 })
  const [port, managementPort] = [await freePort(), await freePort()]
  return startPebble({ directory, port, managementPort, dnsPort, httpPort: webPort })
}

async function startPreparedHost(): Promise<{ readonly host: DebianHost; readonly privateKey: string }> {
  const operator = makeKeyPair()
  const ranah = makeKeyPair()
  const host = await startDebianHost(services, operator.publicKey)
  const connection = new SshConnection({
    host: host.address,
    port: sshPort,
    hostKey: host.hostKey,
    username: 'root',
    privateKey: operator.privateKey,
  })
  try {
    const changes = await planPreparation(connection, {
      webPort,
      tlsPort,
      sftpPort: sshPort,
      php: true,
      databases: ['mariadb'],
      helper: await bundleSiteHelper(),
      publicKey: ranah.publicKey,
    })
    for (const change of changes) await change.make()
    return { host, privateKey: ranah.privateKey }
  } catch (error) {
    await host.stop()
    throw error
  } finally {
    connection.close()
  }
}
