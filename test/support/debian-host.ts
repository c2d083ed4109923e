import { linuxHosting } from '../../src/drivers/hosting/linux-host/driver.ts'
import { planPreparation, type HostChange } from '../../src/drivers/hosting/linux-host/prepare.ts'
import type { LinuxHostSettings } from '../../src/drivers/hosting/linux-host/settings.ts'
import { SshConnection } from '../../src/drivers/hosting/linux-host/ssh.ts'
import { type DebianHost, type ServiceName, startDebianHost } from '../../src/servers/debian/host.ts'
import { bundleSiteHelper } from '../../src/servers/site-helper/bundle.ts'
import { type KeyPair, makeKeyPair } from '../../src/servers/sites/host-key.ts'
import './own-networks.ts'

export type SiteHostFixture = {
  readonly host: DebianHost
  readonly operator: KeyPair
  readonly ranah: KeyPair
  readonly settings: LinuxHostSettings
  readonly changes: () => Promise<readonly HostChange[]>
}

const ALL: readonly ServiceName[] = ['sshd', 'nginx', 'php-fpm', 'mariadb', 'postgresql']

/** Ends what was started in it: a test, or a file of tests. */
export type Scope = { readonly after: (task: () => unknown) => unknown }

/** A bare Debian host that ends with its test, and what a preparation would change on it. */
export async function bareHost(t: Scope, services = ALL): Promise<SiteHostFixture> {
  const [operator, ranah] = [makeKeyPair(), makeKeyPair()]
  const host = await startDebianHost(services, operator.publicKey)
  t.after(() => host.stop())
  for (const { kind, version, pid } of await host.versions())
    process.stdout.write(`note: ${kind} (pid ${pid}): ${version}\n`)
  const { address, hostKey } = host
  const connection = new SshConnection({
    host: address,
    port: 22,
    hostKey,
    username: 'root',
    privateKey: operator.privateKey,
  })
  t.after(() => connection.close())
  const helper = await bundleSiteHelper()
  const databases = (['mariadb', 'postgresql'] as const).filter((engine) => services.includes(engine))
  const php = services.includes('php-fpm')
  const wish = { webPort: 80, tlsPort: 443, sftpPort: 22, php, databases, helper, publicKey: ranah.publicKey }
  const pinned = hostKey.split(' ').slice(0, 2).join(' ')
  const settings = { host: address, port: 22, hostKey: pinned, webPort: 80, tlsPort: 443 }
  return { host, operator, ranah, settings, changes: () => planPreparation(connection, wish) }
}

/** Speaks to a prepared host by Ranah's own key. */
export const driverOf = ({ settings, ranah }: SiteHostFixture) =>
  linuxHosting(settings, { privateKey: ranah.privateKey })

/** A prepared host with a driver for it. */
export async function preparedHost(t: Scope, services = ALL) {
  const fixture = await bareHost(t, services)
  for (const change of await fixture.changes()) await change.make()
  return { ...fixture, driver: driverOf(fixture) }
}
