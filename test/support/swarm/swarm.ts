import { serverDrivers } from '../../../src/domain/office/server-drivers.ts'
import { openSwarmPreparation } from '../../../src/drivers/hosting/swarm/open-preparation.ts'
import { openSiteHost } from '../../../src/drivers/servers.ts'
import { type DebianHost, startDebianHost } from '../../../src/servers/debian/host.ts'
import { makeKeyPair } from '../../../src/servers/sites/host-key.ts'
import type { Scope } from '../debian-host.ts'
import { nginxRootfs } from './nginx-image.ts'
import { openSwitch } from './switch.ts'
import '../own-networks.ts'

const NODES = 3

/** Runs a program on a node. @throws Error when it fails */
export async function must(host: DebianHost, argv: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await host.run(argv, input)
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr || stdout}`)
  return stdout.trim()
}

/**
 * Three machines with Debian's Docker, joined to one Swarm as an operator joins them: each with an account for Ranah
 * and nothing of Ranah's yet but the image with nginx on the first.
 */
export async function startSwarm(t: Scope) {
  const [operator, ranah] = [makeKeyPair(), makeKeyPair()]
  const cables = await openSwitch()
  t.after(() => cables.stop())
  const hosts = await Promise.all(
    Array.from({ length: NODES }, async (_, index) => {
      const wishes = { connect: cables.plug, inMemory: ['/var/lib/docker'], withKernel: true }
      const host = await startDebianHost(['sshd', 'dockerd'], operator.publicKey, wishes)
      t.after(() => host.stop())
      await must(host, ['/usr/bin/hostname', `node${index + 1}`])
      await layAccount(host, ranah.publicKey)
      return host
    }),
  )
  for (const host of hosts)
    for (const { kind, version, pid } of await host.versions())
      process.stdout.write(`note: ${kind} (pid ${pid}): ${version} at ${host.address}\n`)
  await join(hosts)
  const { tar, made } = await nginxRootfs()
  await must(hosts[0]!, ['/usr/bin/tee', '/tmp/rootfs.b64'], tar.toString('base64'))
  await must(hosts[0]!, ['/bin/sh', '-c', 'base64 -d /tmp/rootfs.b64 > /tmp/rootfs.tar'])
  const image = await must(hosts[0]!, ['/usr/bin/docker', 'import', '/tmp/rootfs.tar', 'ranah-nginx'])
  process.stdout.write(`note: image ${image} of ${made}\n`)
  // As an administrator enters them in the portal.
  const nodes = hosts.map(({ address, hostKey }) => `${address} 22 ${hostKey}`)
  const addresses = hosts.map(({ address }) => address).join('\n')
  const secret = { privateKey: ranah.privateKey }
  const entered = { settings: { nodes: nodes.join('\n'), image, addresses }, secret }
  const settings = serverDrivers.swarm.settings.parse(entered.settings)
  return { hosts, nodes, entered, settings, secret }
}

/** The same, made ready by `ranah swarm prepare`. */
export async function preparedSwarm(t: Scope) {
  const fixture = await startSwarm(t)
  const { nodes, settings, secret } = fixture
  const { image, webPort } = settings
  const open = () => openSwarmPreparation({ nodes, image, webPort, ...secret })
  const { changes, close } = await open()
  for (const change of changes) await change.make()
  close()
  const driver = openSiteHost({ driver: 'swarm', settings: JSON.parse(JSON.stringify(settings)), secret })
  if (driver.access !== 'upload') throw new Error('a Swarm takes uploads')
  return { ...fixture, open, driver }
}

/** An account that may speak to Docker; its key opens no shell. */
async function layAccount(host: DebianHost, publicKey: string): Promise<void> {
  const account = ['--create-home', '--shell', '/usr/sbin/nologin', '--groups', 'docker', 'ranah']
  await must(host, ['/usr/sbin/useradd', ...account])
  await must(host, ['/usr/bin/install', '-d', '-o', 'ranah', '-m', '0700', '/home/ranah/.ssh'])
  const line = `restrict,port-forwarding,command="/bin/false" ${publicKey} ranah\n`
  await must(host, ['/usr/bin/tee', '/home/ranah/.ssh/authorized_keys'], line)
}

async function join(hosts: readonly DebianHost[]): Promise<void> {
  const [first, ...others] = hosts
  await must(first!, ['/usr/bin/docker', 'swarm', 'init', '--advertise-addr', first!.address])
  const token = await must(first!, ['/usr/bin/docker', 'swarm', 'join-token', '--quiet', 'manager'])
  for (const host of others) {
    const argv = ['--token', token, '--advertise-addr', host.address, `${first!.address}:2377`]
    await must(host, ['/usr/bin/docker', 'swarm', 'join', ...argv])
  }
}
