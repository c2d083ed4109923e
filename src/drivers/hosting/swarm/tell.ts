import * as z from 'zod'

import { Refused } from '../../../domain/refused.ts'
import { type DockerNode, filters, LOAD_TIMEOUT_MS } from './docker.ts'
import { service, type Service, services, SITE_LABEL } from './record.ts'
import { type ConfigFile, SPEC_LABEL } from './specs.ts'

const named = z.array(z.object({ ID: z.string(), Spec: z.object({ Name: z.string() }) }))
const made = z.object({ ID: z.string() })
const images = z.array(z.object({ Id: z.string() }))
const UPDATE_TRIES = 5

type Wish = {
  readonly configs: readonly ConfigFile[]
  readonly spec: (ids: ReadonlyMap<string, string>) => {
    readonly Name: string
    readonly Labels: Readonly<Record<string, string>>
  }
}

/**
 * Makes a service so; one that was told the same before is left alone.
 * @param known the service as it was read; its version keeps a second writer from being overwritten
 * @returns the id of the service
 */
export async function tellService(
  manager: DockerNode,
  wish: Wish,
  known: Service | undefined,
): Promise<string> {
  const spec = wish.spec(await keepConfigs(manager, wish.configs))
  if (!known) {
    const { body } = await manager.call({
      method: 'POST',
      path: '/services/create',
      json: spec,
      accept: [201],
    })
    return manager.understood(made, body).ID
  }
  if (known.Spec.Labels?.[SPEC_LABEL] !== spec.Labels[SPEC_LABEL]) await replace(manager, known, spec)
  return known.ID
}

/**
 * The Swarm counts a version too when it notes how far an update of its own came, so one that is out of step is told
 * again as long as the service still is what was read.
 */
async function replace(manager: DockerNode, known: Service, spec: unknown): Promise<void> {
  let { Version } = known
  for (let tries = 1; ; tries++) {
    try {
      const query = { version: String(Version.Index) }
      const path = `/services/${known.ID}/update`
      await manager.call({ method: 'POST', path, query, json: spec, accept: [200] })
      return
    } catch (error) {
      const isOutOfStep = error instanceof Refused && error.reason === 'swarm-out-of-step'
      if (!isOutOfStep || tries === UPDATE_TRIES) throw error
      const now = await manager.read(service, `/services/${known.ID}`)
      if (JSON.stringify(now.Spec) !== JSON.stringify(known.Spec)) throw error
      ;({ Version } = now)
    }
  }
}

export async function findService(manager: DockerNode, name: string): Promise<Service | undefined> {
  const found = await manager.read(services, '/services', filters({ name: [name] }))
  return found.find(({ Spec }) => Spec.Name === name)
}

async function keepConfigs(
  manager: DockerNode,
  wanted: readonly ConfigFile[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  const known = await manager.read(named, '/configs', filters({ name: wanted.map(({ name }) => name) }))
  for (const { ID, Spec } of known) ids.set(Spec.Name, ID)
  for (const { name, text, labels } of wanted) {
    if (ids.has(name)) continue
    const json = { Name: name, Labels: labels, Data: Buffer.from(text).toString('base64') }
    const { body } = await manager.call({ method: 'POST', path: '/configs/create', json, accept: [201] })
    ids.set(name, manager.understood(made, body).ID)
  }
  return ids
}

/** Removes files that nobody reads any more. @param wanted which ones are judged, as a filter of the API */
export async function sweepConfigs(
  manager: DockerNode,
  wanted: Readonly<Record<string, readonly string[]>>,
  kept: readonly ConfigFile[],
): Promise<void> {
  const known = await manager.read(named, '/configs', filters(wanted))
  for (const { ID, Spec } of known) {
    if (kept.some(({ name }) => name === Spec.Name)) continue
    await manager.call({ method: 'DELETE', path: `/configs/${ID}`, accept: [204, 404] })
  }
}

const imagesOf = (docker: DockerNode, site: string) =>
  docker.read(images, '/images/json', filters({ label: [`${SITE_LABEL}=${site}`] }))

/** Copies the images of a site to every node that lacks one, because it was away when the site changed. */
export async function spreadImages(
  nodes: readonly DockerNode[],
  site: string,
  wanted: readonly string[],
): Promise<void> {
  if (wanted.length === 0) return
  const known = await Promise.all(nodes.map((docker) => imagesOf(docker, site)))
  for (const image of wanted) {
    const has = known.map((list) => list.some(({ Id }) => Id === image))
    const from = nodes[has.indexOf(true)]
    if (!from) continue
    for (const to of nodes.filter((_, index) => !has[index])) await from.copyImage(image, to, LOAD_TIMEOUT_MS)
  }
}

/** Removes the images of a site that none of its versions needs, from one node. */
export async function sweepImages(docker: DockerNode, site: string, kept: readonly string[]): Promise<void> {
  for (const { Id } of await imagesOf(docker, site)) {
    if (kept.includes(Id)) continue
    // 409: a container that has just been told to end still holds it; the next sweep takes it.
    const query = { force: '1' }
    await docker.call({ method: 'DELETE', path: `/images/${Id}`, query, accept: [200, 404, 409] })
  }
}
