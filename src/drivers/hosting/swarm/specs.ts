import { createHash } from 'node:crypto'

import { describeSite } from '../../../domain/hosting/plan.ts'
import {
  type CarriedFile,
  edgeFiles,
  INNER_PORT,
  NGINX_CONF,
  siteAlias,
  siteFiles,
} from '../../../domain/hosting/swarm-config.ts'
import { NODE_LABEL } from './cluster.ts'
import { labelsOf, serviceName, SITE_LABEL, type SiteRecord } from './record.ts'
import type { SwarmSettings } from './settings.ts'

/** No way out of it: containers that need none have none. */
export const SITES_NETWORK = 'ranah-sites'
/** Leads outside, for the edges and for proxies. */
export const OUT_NETWORK = 'ranah-out'
export const EDGE = 'ranah-edge'
/** Which description and content a task was started for. */
export const REVISION_LABEL = 'ranah.revision'
/** What the service was last told, so that nothing is told twice: every telling starts containers anew. */
export const SPEC_LABEL = 'ranah.spec'

const MEBIBYTE = 1024 * 1024
const EDGE_MEBIBYTES = 256
const TMP_MEBIBYTES = 16
const PROCESSES = 32
/** Debian's www-data. */
const USER = '33:33'
const NANO = 1e9
const SITE_CPUS = 0.5

/** A file as the Swarm keeps it; what it holds is in its name, so the same name is the same file. */
export type ConfigFile = CarriedFile & {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

const digest = (text: string, letters: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, letters)

const configs = (
  prefix: string,
  labels: Readonly<Record<string, string>>,
  files: readonly CarriedFile[],
): ConfigFile[] =>
  files.map((file) => ({ ...file, name: `${prefix}-${digest(`${file.path}\n${file.text}`, 16)}`, labels }))

/** How a site is told to the Swarm. @param ids of its configs by name */
export function siteSpec(
  settings: SwarmSettings,
  { id, fqdn, record }: { readonly id: string; readonly fqdn: string; readonly record: SiteRecord },
) {
  const revision = revisionOf(fqdn, record)
  const live = record.versions[0]!
  const files = siteFiles({ fqdn, ...record }, live.image !== null, revision)
  const carried = configs(`ranah-${id}`, { [SITE_LABEL]: id }, files)
  const spec = (ids: ReadonlyMap<string, string>) =>
    sealed({
      Name: serviceName(id),
      Labels: labelsOf(id, fqdn, record),
      Mode: { Replicated: { Replicas: record.state === 'live' ? settings.replicas : 0 } },
      TaskTemplate: {
        ...container(live.image ?? settings.image, carried, ids, { [REVISION_LABEL]: revision }),
        Resources: limits(settings.memoryMebibytes, SITE_CPUS),
        Networks: [
          { Target: SITES_NETWORK, Aliases: [siteAlias(fqdn)] },
          ...(record.kind === 'proxy' ? [{ Target: OUT_NETWORK }] : []),
        ],
      },
      // A version that does not come up leaves the ones before it running.
      UpdateConfig: { Parallelism: 1, Order: 'start-first', FailureAction: 'pause', Monitor: 2 * NANO },
      EndpointSpec: { Mode: 'dnsrr' },
    })
  return { revision, configs: carried, spec }
}

/** The edge, on every node that carries sites. */
export function edgeSpec(settings: Pick<SwarmSettings, 'image' | 'webPort'>) {
  const carried = configs(EDGE, {}, edgeFiles())
  const spec = (ids: ReadonlyMap<string, string>) => {
    const task = container(settings.image, carried, ids, {})
    return sealed({
      Name: EDGE,
      Labels: {},
      Mode: { Global: {} },
      TaskTemplate: {
        ...task,
        // Names that are not ours are asked of nobody.
        ContainerSpec: {
          ...task.ContainerSpec,
          DNSConfig: { Nameservers: ['127.0.0.1'], Options: ['ndots:1'] },
        },
        Resources: limits(EDGE_MEBIBYTES, 1),
        Networks: [{ Target: SITES_NETWORK }, { Target: OUT_NETWORK }],
      },
      UpdateConfig: { Parallelism: 1, Order: 'stop-first', FailureAction: 'pause', Monitor: 2 * NANO },
      EndpointSpec: {
        Mode: 'dnsrr',
        Ports: [
          { Protocol: 'tcp', TargetPort: INNER_PORT, PublishedPort: settings.webPort, PublishMode: 'host' },
        ],
      },
    })
  }
  return { configs: carried, spec }
}

/** Changes with what a visitor gets, and is the same again when that is the same again. */
const revisionOf = (fqdn: string, record: SiteRecord): string =>
  digest(JSON.stringify([describeSite({ fqdn, ...record }), record.versions[0]!.id]), 16)

function container(
  image: string,
  carried: readonly ConfigFile[],
  ids: ReadonlyMap<string, string>,
  labels: Readonly<Record<string, string>>,
) {
  return {
    ContainerSpec: {
      Image: image,
      Labels: labels,
      Command: ['/usr/sbin/nginx', '-c', NGINX_CONF, '-g', 'daemon off;'],
      User: USER,
      ReadOnly: true,
      CapabilityDrop: ['ALL'],
      StopGracePeriod: 5 * NANO,
      Mounts: [
        {
          Type: 'tmpfs',
          Target: '/tmp',
          TmpfsOptions: { SizeBytes: TMP_MEBIBYTES * MEBIBYTE, Mode: 0o1777 },
        },
      ],
      Configs: carried.map(({ name, path }) => ({
        ConfigID: ids.get(name) ?? '',
        ConfigName: name,
        File: { Name: path, UID: '0', GID: '0', Mode: 0o444 },
      })),
    },
    Placement: { Constraints: [`node.labels.${NODE_LABEL}==yes`] },
    RestartPolicy: { Condition: 'any', Delay: NANO },
    LogDriver: { Name: 'json-file', Options: { 'max-size': '5m', 'max-file': '3' } },
  }
}

const limits = (mebibytes: number, cpus: number) => ({
  Limits: { MemoryBytes: mebibytes * MEBIBYTE, NanoCPUs: cpus * NANO, Pids: PROCESSES },
})

/** Names the whole of what is told; the ids of files stand for their names and do not count. */
function sealed<Spec extends { readonly Labels: Readonly<Record<string, string>> }>(spec: Spec) {
  const plain = JSON.stringify(spec, (key, value: unknown) => (key === 'ConfigID' ? undefined : value))
  return { ...spec, Labels: { ...spec.Labels, [SPEC_LABEL]: digest(plain, 32) } }
}
