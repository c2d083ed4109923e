import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import type { DebianServers } from './cli/installation.ts'
import { planPreparation } from './drivers/hosting/linux-host/prepare.ts'
import { SshConnection } from './drivers/hosting/linux-host/ssh.ts'
import { startBind } from './servers/debian/bind.ts'
import type { DebianHost, ServiceName } from './servers/debian/host.ts'
import { startDebianHost } from './servers/debian/host.ts'
import { freePort } from './servers/free-port.ts'
import { bundleSiteHelper } from './servers/site-helper/bundle.ts'
import { makeKey } from './servers/sites/host-key.ts'

/** What the site host of the demo runs. */
const services: readonly ServiceName[] = ['sshd', 'nginx', 'php-fpm', 'mariadb']
const keyName = 'ranah.demo'
const algorithm = 'hmac-sha256'
const sshPort = 22
const webPort = 80
const tlsPort = 443

/**
 * Debian's own servers as an office has them, for a while: BIND that keeps the zones, and a Debian host in a root of
 * its own that is prepared as `ranah host prepare` prepares one. Nothing of this machine's configuration is touched.
 *
 * @param directory for BIND's files; kept
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
  try {
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
        },
        secret: { privateKey },
      },
      dns: { host: '127.0.0.1', port: bind.port },
      versions: [
        { kind: 'BIND', version: `${bind.version} (pid ${bind.pid})` },
        ...(await host.versions()).map(versionOf),
      ],
      stop: async () => {
        await host.stop()
        await bind.stop('SIGTERM')
      },
    }
  } catch (error) {
    await bind.stop('SIGTERM')
    throw error
  }
}

const zoneText = (zone: string): string =>
  [
    '$TTL 300',
    `@ SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 60`,
    `@ NS ns1.${zone}.`,
    'ns1 A 127.0.0.1',
    '',
  ].join('\n')

/** `nginx (pid 12): nginx version: ...` as the host prints it. */
function versionOf(line: string): { readonly kind: string; readonly version: string } {
  const kind = line.split(' ')[0] ?? ''
  return { kind, version: line.slice(kind.length).trim() }
}

async function startPreparedHost(): Promise<{ readonly host: DebianHost; readonly privateKey: string }> {
  const operator = newKey()
  const ranah = newKey()
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

function newKey(): { readonly privateKey: string; readonly publicKey: string } {
  const privateKey = makeKey()
  const parsed = ssh2.utils.parseKey(privateKey)
  if (parsed instanceof Error) throw parsed
  return { privateKey, publicKey: `ssh-ed25519 ${parsed.getPublicSSH().toString('base64')}` }
}
