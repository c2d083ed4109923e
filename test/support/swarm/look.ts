import { request } from 'node:http'

import type { DebianHost } from '../../../src/servers/debian/host.ts'
import { must } from './swarm.ts'

/** A page of a site as it is shown at one address; null when nobody answers there. */
export function fetchFrom(
  address: string,
  fqdn: string,
  path = '/',
): Promise<{ status: number; body: string } | null> {
  return new Promise((resolve) => {
    const headers = { host: fqdn }
    const options = {
      host: address,
      port: 80,
      path,
      headers,
      agent: false,
      signal: AbortSignal.timeout(10_000),
    }
    const ask = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', () => resolve(null))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('latin1') }),
      )
    })
    ask.on('error', () => resolve(null))
    ask.end()
  })
}

/** Everything a Swarm keeps, and every image of each node. */
export async function inventory(hosts: readonly DebianHost[]): Promise<Readonly<Record<string, string>>> {
  const list = async (host: DebianHost, ...argv: string[]) =>
    (await must(host, ['/usr/bin/docker', ...argv])).split('\n').sort().join('\n')
  const [manager] = hosts
  const images = hosts.map((host) =>
    list(host, 'images', '--all', '--no-trunc', '--format', '{{.ID}} {{.Repository}}'),
  )
  return {
    services: await list(manager!, 'service', 'ls', '--format', '{{.Name}} {{.Image}} {{.Mode}}'),
    configs: await list(manager!, 'config', 'ls', '--format', '{{.ID}} {{.Name}}'),
    networks: await list(manager!, 'network', 'ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'),
    images: (await Promise.all(images)).join('\n--\n'),
  }
}

export const serviceNameOf = (host: DebianHost, fqdn: string): Promise<string> =>
  must(host, [
    '/usr/bin/docker',
    'service',
    'ls',
    '--format',
    '{{.Name}}',
    '--filter',
    `label=ranah.fqdn=${fqdn}`,
  ])

/** Takes Ranah's key off every node, or puts it back. */
export const keysOn = (hosts: readonly DebianHost[]) => async (shallBeThere: boolean) => {
  const keys = '/home/ranah/.ssh/authorized_keys'
  const names = [keys, `${keys}.away`]
  for (const host of hosts) await must(host, ['/usr/bin/mv', ...(shallBeThere ? names.toReversed() : names)])
}

export type Container = {
  readonly name: string
  readonly limits: readonly number[]
  readonly readOnly: boolean
  readonly user: string
  readonly dropped: string
  readonly noNewPrivileges: string
}

/** What runs on a node, as its engine and the kernel have it. */
export async function containersOf(host: DebianHost): Promise<readonly Container[]> {
  const ids = (await must(host, ['/usr/bin/docker', 'ps', '-q'])).split('\n').filter(Boolean)
  if (ids.length === 0) return []
  const all = JSON.parse(await must(host, ['/usr/bin/docker', 'inspect', ...ids])) as readonly {
    State: { Pid: number }
    Name: string
    Config: { User: string }
    HostConfig: {
      Memory: number
      NanoCpus: number
      PidsLimit: number
      ReadonlyRootfs: boolean
      CapDrop: string[]
    }
  }[]
  return Promise.all(
    all.map(async ({ State, Name, Config, HostConfig }) => {
      const status = await must(host, ['/usr/bin/cat', `/proc/${State.Pid}/status`])
      return {
        name: Name.slice(1),
        limits: [HostConfig.Memory, HostConfig.NanoCpus, HostConfig.PidsLimit],
        readOnly: HostConfig.ReadonlyRootfs,
        user: Config.User,
        dropped: HostConfig.CapDrop.join(),
        noNewPrivileges: /NoNewPrivs:\s*(\d)/.exec(status)?.[1] ?? '',
      }
    }),
  )
}
