import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'

import { REVISION_PATH } from '../../../domain/hosting/swarm-config.ts'
import { Refused } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { wayTo } from '../../outgoing.ts'
import type { OpenCluster } from './cluster.ts'
import { type DockerNode, filters } from './docker.ts'
import { REVISION_LABEL } from './specs.ts'
import type { SwarmSettings } from './settings.ts'

/** Two containers are started one after the other, on a node that may be busy. */
const SETTLE_TIMEOUT_MS = 120_000
const POLL_MS = 200
const EDGE_TIMEOUT_MS = 5_000
const SAID_MAX_CHARACTERS = 4_000
const WHY_MAX_CHARACTERS = 160

const tasks = z.array(
  z.object({
    NodeID: z.string().nullish(),
    DesiredState: z.string(),
    Status: z.object({ State: z.string(), Err: z.string().nullish() }),
    Spec: z.object({
      ContainerSpec: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
    }),
  }),
)

export type Awaited = {
  readonly fqdn: string
  readonly serviceId: string
  /** What shall be served; null when nothing shall. */
  readonly revision: string | null
  readonly replicas: number
}

/**
 * Waits until the containers run as they were told and every edge that answers shows it. Containers on nodes that are
 * down do not count.
 * @throws Refused 503 `site-not-running`, `swarm-edge-silent`
 */
export async function untilServed(
  cluster: OpenCluster,
  { addresses, webPort }: Pick<SwarmSettings, 'addresses' | 'webPort'>,
  awaited: Awaited,
): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  for (;;) {
    const { isSo, why } = await lookAtTasks(cluster, awaited)
    if (isSo && (await edgesShow(addresses, webPort, awaited))) return
    if (performance.now() > deadline) {
      throw isSo
        ? new Refused('swarm-edge-silent', swarmText.edgeSilent(awaited.fqdn), { status: 503 })
        : new Refused('site-not-running', swarmText.notRunning(awaited.fqdn, why), { status: 503 })
    }
    await sleep(POLL_MS)
  }
}

/**
 * Waits until the Swarm has forgotten every task of a service that was told to have none. Removed while it still
 * forgets them, the service takes the whole engine of the leading manager with it: Docker 20.10 then reads a task
 * that is not there any more. Old tasks that the Swarm keeps are left alone, and so are those of nodes that are down.
 * @throws Refused 503 `site-not-running`
 */
export async function untilForgotten(
  { manager, readyIds }: OpenCluster,
  serviceId: string,
  fqdn: string,
): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  for (;;) {
    const all = await manager.read(tasks, '/tasks', filters({ service: [serviceId] }))
    const going = all.filter(
      ({ NodeID, DesiredState }) => DesiredState !== 'shutdown' && (!NodeID || readyIds.has(NodeID)),
    )
    if (going.length === 0) return
    if (performance.now() > deadline) {
      const why = short(going[0]!.Status.Err ?? '')
      throw new Refused('site-not-running', swarmText.notRunning(fqdn, why), { status: 503 })
    }
    await sleep(POLL_MS)
  }
}

/** Waits until the edge runs on each of these nodes. @throws Refused 503 `swarm-edge-not-running` */
export async function untilEdgesRun(
  manager: DockerNode,
  serviceId: string,
  nodeIds: readonly string[],
): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  for (;;) {
    const all = await manager.read(
      tasks,
      '/tasks',
      filters({ service: [serviceId], 'desired-state': ['running'] }),
    )
    const up = all.filter(({ Status }) => Status.State === 'running')
    if (nodeIds.every((id) => up.some(({ NodeID }) => NodeID === id))) return
    if (performance.now() > deadline) {
      const why = all.find(({ Status }) => Status.Err)?.Status.Err ?? ''
      throw new Refused('swarm-edge-not-running', swarmText.edgeNotRunning(short(why)), { status: 503 })
    }
    await sleep(POLL_MS)
  }
}

const short = (why: string): string => why.replace(/\s+/g, ' ').slice(0, WHY_MAX_CHARACTERS)

async function lookAtTasks(
  { manager, readyIds }: OpenCluster,
  { serviceId, revision, replicas }: Awaited,
): Promise<{ readonly isSo: boolean; readonly why: string }> {
  const all = await manager.read(tasks, '/tasks', filters({ service: [serviceId] }))
  const alive = all.filter(({ NodeID }) => NodeID && readyIds.has(NodeID))
  const running = alive.filter(({ Status }) => Status.State === 'running')
  const current = running.filter(
    ({ DesiredState, Spec }) =>
      DesiredState === 'running' && Spec.ContainerSpec.Labels?.[REVISION_LABEL] === revision,
  )
  const why = alive.find(({ Status }) => Status.Err)?.Status.Err ?? ''
  const wanted = revision === null ? 0 : replicas
  const isSo = current.length >= wanted && running.length === current.length
  return { isSo, why: short(why) }
}

/** Every edge that answers at all must agree, and at least one must. */
async function edgesShow(
  addresses: readonly string[],
  port: number,
  { fqdn, revision }: Awaited,
): Promise<boolean> {
  const said = await Promise.all(addresses.map((address) => askEdge(address, port, fqdn)))
  const heard = said.filter((answer) => answer !== null)
  return heard.length > 0 && heard.every((answer) => answer === (revision ?? 'nothing'))
}

/** @returns the revision an edge leads to, `nothing` for 404, another word for anything else; null when it is silent */
async function askEdge(address: string, port: number, fqdn: string): Promise<string | null> {
  const lookup = await wayTo({ host: address, port })
  return new Promise((resolve) => {
    const options = {
      host: address,
      port,
      path: REVISION_PATH,
      headers: { host: fqdn },
      lookup,
      agent: false,
      signal: AbortSignal.timeout(EDGE_TIMEOUT_MS),
    }
    const ask = request(options, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        if (text.length > SAID_MAX_CHARACTERS) answer.destroy(new Error('the answer is too long'))
      })
      answer.on('error', () => resolve('broken'))
      answer.on('end', () => {
        resolve(answer.statusCode === 200 ? text : answer.statusCode === 404 ? 'nothing' : 'broken')
      })
    })
    ask.on('error', () => resolve(null))
    ask.end()
  })
}
