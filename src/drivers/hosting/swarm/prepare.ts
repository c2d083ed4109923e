import * as z from 'zod'

import { Refused, type Text } from '../../../domain/refused.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { type Cluster, hasLabel, type Member, NODE_LABEL, readNodes, type SwarmNode } from './cluster.ts'
import { type DockerNode, filters, LOAD_TIMEOUT_MS } from './docker.ts'
import { readAllSites } from './record.ts'
import { untilEdgesRun } from './settle.ts'
import type { SwarmSettings } from './settings.ts'
import { EDGE, edgeSpec, OUT_NETWORK, SITES_NETWORK, SPEC_LABEL } from './specs.ts'
import { findService, sweepConfigs, tellService } from './tell.ts'

/** One change to the Swarm: what a person reads first, and how it is done. */
export type SwarmChange = { readonly text: Text; readonly make: () => Promise<void> }

/** What would be changed, and what a person should know beside it. */
type SwarmPlan = { readonly changes: readonly SwarmChange[]; readonly notes: readonly Text[] }

/** Managers decide by majority: of fewer than these none may be lost. */
const SAFE_MANAGERS = 3

const networks = z.array(z.object({ Name: z.string() }))

/**
 * Every change that makes an existing Swarm carry sites; none when it does. Also copies what a node lacks that was
 * added or was away. Looks only.
 * @throws Refused 503 when a machine is not reached or is of another Swarm, 409 when none has the image
 */
export async function planSwarm(
  cluster: Cluster,
  settings: Pick<SwarmSettings, 'image' | 'webPort'>,
): Promise<SwarmPlan> {
  const { members, lost } = await cluster.muster()
  if (lost[0]) throw lost[0].why
  const manager = members.find(({ isManager }) => isManager)?.docker
  if (!manager) throw new Refused('swarm-no-manager', swarmText.noManager, { status: 503 })
  const nodes = await readNodes(manager)
  const stranger = members.find(({ nodeId }) => !nodes.some(({ ID }) => ID === nodeId))
  if (stranger) throw new Refused('swarm-other', swarmText.otherSwarm(stranger.docker.where), { status: 409 })
  const changes = [
    ...(await imageChanges(manager, members, settings.image)),
    ...(await networkChanges(manager)),
    ...nodes.filter((node) => members.some(({ nodeId }) => nodeId === node.ID)).flatMap(labelChange(manager)),
    ...(await edgeChange(manager, settings, members)),
  ]
  const managers = members.filter(({ isManager }) => isManager).length
  return { changes, notes: managers < SAFE_MANAGERS ? [swarmText.fewManagers(managers)] : [] }
}

/**
 * Copies what a node lacks that was away: the base and the content of every site. Machines that are not reached are
 * left for the next time.
 * @throws Refused 503 when no manager answers, 409 when an image is on none of the machines
 */
export async function bringImages(cluster: Cluster, base: string): Promise<void> {
  const { members } = await cluster.muster()
  const manager = members.find(({ isManager }) => isManager)?.docker
  if (!manager) throw new Refused('swarm-no-manager', swarmText.noManager, { status: 503 })
  const carrying = (await readNodes(manager)).filter(hasLabel)
  const nodes = members.filter(({ nodeId }) => carrying.some(({ ID }) => ID === nodeId))
  for (const change of await imageChanges(manager, nodes, base)) await change.make()
}

async function imageChanges(
  manager: DockerNode,
  members: readonly Member[],
  base: string,
): Promise<readonly SwarmChange[]> {
  const needed = await neededImages(manager, base)
  const held = await Promise.all(members.map(({ docker }) => imagesOn(docker)))
  return needed.flatMap((image) => {
    const from = members[held.findIndex((images) => images.has(image))]
    if (!from) throw new Refused('swarm-image-missing', swarmText.imageMissing(image), { status: 409 })
    return members
      .filter((_, index) => !held[index]!.has(image))
      .map((to) => ({
        text: swarmText.change.image(to.name, image),
        make: () => from.docker.copyImage(image, to.docker, LOAD_TIMEOUT_MS),
      }))
  })
}

/** The base and every image that holds content of a site, removed ones included. */
export async function neededImages(manager: DockerNode, base: string): Promise<readonly string[]> {
  const sites = await readAllSites(manager)
  const content = sites.flatMap(({ versions }) => versions.flatMap(({ image }) => image ?? []))
  return [...new Set([base, ...content])]
}

const images = z.array(z.object({ Id: z.string() }))
export const imagesOn = async (docker: DockerNode): Promise<ReadonlySet<string>> =>
  new Set((await docker.read(images, '/images/json')).map(({ Id }) => Id))

async function networkChanges(manager: DockerNode): Promise<readonly SwarmChange[]> {
  const known = await manager.read(networks, '/networks', filters({ name: [SITES_NETWORK, OUT_NETWORK] }))
  return [SITES_NETWORK, OUT_NETWORK]
    .filter((name) => !known.some(({ Name }) => Name === name))
    .map((name) => ({
      text: swarmText.change.network(name),
      make: async () => {
        const json = { Name: name, CheckDuplicate: true, Driver: 'overlay', Internal: name === SITES_NETWORK }
        await manager.call({ method: 'POST', path: '/networks/create', json, accept: [201] })
      },
    }))
}

const labelChange =
  (manager: DockerNode) =>
  (node: SwarmNode): readonly SwarmChange[] => {
    if (hasLabel(node)) return []
    const make = async () => {
      // Read again: the Swarm counts a version too when it hears from a node.
      const { Spec, Version } = (await readNodes(manager)).find(({ ID }) => ID === node.ID) ?? node
      const json = { ...Spec, Labels: { ...Spec.Labels, [NODE_LABEL]: 'yes' } }
      const query = { version: String(Version.Index) }
      await manager.call({ method: 'POST', path: `/nodes/${node.ID}/update`, query, json, accept: [200] })
    }
    return [{ text: swarmText.change.label(node.Description.Hostname), make }]
  }

async function edgeChange(
  manager: DockerNode,
  settings: Pick<SwarmSettings, 'image' | 'webPort'>,
  members: readonly Member[],
): Promise<readonly SwarmChange[]> {
  const wish = edgeSpec(settings)
  const known = await findService(manager, EDGE)
  // Told by what is in it and not by the ids of its files, which are only known when they are there.
  if (known?.Spec.Labels?.[SPEC_LABEL] === wish.spec(new Map()).Labels[SPEC_LABEL]) return []
  const make = async () => {
    const id = await tellService(manager, wish, known)
    await untilEdgesRun(
      manager,
      id,
      members.map(({ nodeId }) => nodeId),
    )
    await sweepConfigs(manager, { name: [`${EDGE}-`] }, wish.configs)
  }
  return [{ text: swarmText.change.edge(settings.webPort), make }]
}
