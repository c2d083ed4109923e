import { planSwarm } from '../../../src/drivers/hosting/swarm/prepare.ts'
import { Cluster } from '../../../src/drivers/hosting/swarm/cluster.ts'
import { swarmHosting } from '../../../src/drivers/hosting/swarm/driver.ts'
import type { SwarmSettings } from '../../../src/drivers/hosting/swarm/settings.ts'
import { type DebianHost, startDebianHost } from '../../../src/servers/debian/host.ts'
import { makeKeyPair } from '../../../src/servers/sites/host-key.ts'
import type { Scope } from '../debian-host.ts'
import { nginxRootfs } from './nginx-image.ts'
import { openSwitch } from './switch.ts'

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
    for (const line of await host.versions()) process.stdout.write(`note: ${line} at ${host.address}\n`)
  await join(hosts)
  const { tar, made } = await nginxRootfs()
  await must(hosts[0]!, ['/usr/bin/tee', '/tmp/rootfs.b64'], tar.toString('base64'))
  await must(hosts[0]!, ['/bin/sh', '-c', 'base64 -d /tmp/rootfs.b64 > /tmp/rootfs.tar'])
  const image = await must(hosts[0]!, ['/usr/bin/docker', 'import', '/tmp/rootfs.tar', 'ranah-nginx'])
  process.stdout.write(`note: image ${image} of ${made}\n`)
  const settings: SwarmSettings = {
    nodes: hosts.map(({ address, hostKey }) => ({
      host: address,
      port: 22,
      hostKey: hostKey.split(' ').slice(0, 2).join(' '),
    })),
    image,
    addresses: hosts.map(({ address }) => address),
    webPort: 80,
    replicas: 2,
    memoryMebibytes: 64,
  }
  const secret = { privateKey: ranah.privateKey }
  return { hosts, settings, secret }
}

/** The same, made ready by `ranah swarm prepare`. */
export async function preparedSwarm(t: Scope) {
  const fixture = await startSwarm(t)
  const cluster = new Cluster(fixture.settings, fixture.secret)
  t.after(() => cluster.close())
  const plan = () => planSwarm(cluster, fixture.settings)
  for (const change of await plan()) await change.make()
  const driver = swarmHosting(fixture.settings, fixture.secret)
  return { ...fixture, plan, driver }
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
