import * as z from 'zod'

import { Refused } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { SshConnection, whereOf } from '../linux-host/ssh.ts'
import type { Asked } from '../clock.ts'
import { DockerNode } from './docker.ts'
import type { SwarmSecret, SwarmSettings } from './settings.ts'

/** The account on each node that may speak to Docker and has no shell. */
const ACCOUNT = 'ranah'
/** Nodes with this label carry edges and sites; others of the same Swarm are left alone. */
export const NODE_LABEL = 'ranah-sites'

const info = z.object({
  Name: z.string(),
  ServerVersion: z.string(),
  SystemTime: z.string().optional(),
  Swarm: z.object({
    NodeID: z.string(),
    LocalNodeState: z.string(),
    ControlAvailable: z.boolean(),
    Cluster: z.object({ ID: z.string() }).nullish(),
  }),
})

const node = z.object({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }),
  Description: z.object({ Hostname: z.string() }),
  Status: z.object({ State: z.string() }),
})
export type SwarmNode = z.infer<typeof node>

/** A machine that answered. */
export type Member = {
  readonly docker: DockerNode
  readonly nodeId: string
  readonly name: string
  readonly version: string
  readonly isManager: boolean
  /** What its clock said, and when it was asked. */
  readonly clock: string | undefined
  readonly asked: Asked
}
export type Lost = { readonly where: string; readonly why: Refused }

/** What is needed to change something: a manager, and every node that is up. */
export type OpenCluster = {
  readonly manager: DockerNode
  readonly ready: readonly Member[]
  readonly readyIds: ReadonlySet<string>
}

export const hasLabel = ({ Spec }: SwarmNode): boolean => Spec.Labels?.[NODE_LABEL] === 'yes'
export const isReady = ({ Status }: SwarmNode): boolean => Status.State === 'ready'

export const readNodes = (manager: DockerNode): Promise<SwarmNode[]> => manager.read(z.array(node), '/nodes')

/** The machines of one Swarm. Nothing is connected before it is needed. */
export class Cluster {
  readonly #nodes: readonly DockerNode[]
  readonly #connections: readonly SshConnection[]

  constructor({ nodes }: Pick<SwarmSettings, 'nodes'>, { privateKey }: SwarmSecret) {
    this.#connections = nodes.map((at) => new SshConnection({ ...at, username: ACCOUNT, privateKey }))
    this.#nodes = nodes.map((at, index) => new DockerNode(this.#connections[index]!, whereOf(at)))
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }

  /** Asks every machine who it is. */
  async muster(): Promise<{ readonly members: readonly Member[]; readonly lost: readonly Lost[] }> {
    const asked = await Promise.allSettled(this.#nodes.map((docker) => introduce(docker)))
    const lost = asked.flatMap((outcome, index) =>
      outcome.status === 'rejected'
        ? [{ where: this.#nodes[index]!.where, why: refusedBy(outcome.reason) }]
        : [],
    )
    return {
      members: asked.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
      lost,
    }
  }

  /** The first manager that answers. @throws Refused 503 when none does */
  async manager(): Promise<DockerNode> {
    const asked = this.#nodes.map(async (docker) => {
      const member = await introduce(docker)
      if (!member.isManager) throw new Refused('swarm-no-manager', swarmText.noManager, { status: 503 })
      return member.docker
    })
    try {
      return await Promise.any(asked)
    } catch (error) {
      throw refusedBy(error instanceof AggregateError ? error.errors[0] : error)
    }
  }

  /** @throws Refused 503 when no manager answers, or a node that is up is not reached */
  async open(): Promise<OpenCluster> {
    const { members, lost } = await this.muster()
    const manager = members.find(({ isManager }) => isManager)
    if (!manager) throw lost[0]?.why ?? new Refused('swarm-no-manager', swarmText.noManager, { status: 503 })
    const up = (await readNodes(manager.docker)).filter((each) => isReady(each) && hasLabel(each))
    const ready = up.map((each) => {
      const member = members.find(({ nodeId }) => nodeId === each.ID)
      if (member) return member
      const text = swarmText.nodeNotReached(each.Description.Hostname)
      throw new Refused('swarm-node-not-reached', text, { status: 503, cause: lost[0]?.why })
    })
    if (ready.length === 0) throw new Refused('swarm-not-prepared', swarmText.notPrepared, { status: 503 })
    return { manager: manager.docker, ready, readyIds: new Set(up.map(({ ID }) => ID)) }
  }
}

async function introduce(docker: DockerNode): Promise<Member> {
  const from = Date.now()
  const { Name, ServerVersion, SystemTime, Swarm } = await docker.read(info, '/info')
  if (Swarm.LocalNodeState !== 'active')
    throw new Refused('swarm-inactive', swarmText.inactive(docker.where), { status: 503 })
  return {
    docker,
    nodeId: Swarm.NodeID,
    name: Name,
    version: ServerVersion,
    isManager: Swarm.ControlAvailable,
    clock: SystemTime,
    asked: { from, to: Date.now() },
  }
}

function refusedBy(error: unknown): Refused {
  if (error instanceof Refused) return error
  throw error
}
