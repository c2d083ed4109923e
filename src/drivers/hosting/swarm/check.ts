import * as z from 'zod'

import { Refused } from '../../../domain/refused.ts'
import { siteKindText } from '../../../domain/text/hosting.ts'
import { swarmText } from '../../../domain/text/swarm.ts'
import { clockFindings } from '../clock.ts'
import type { Finding } from '../driver.ts'
import { probeSite } from '../probe.ts'
import { whereOf } from '../linux-host/ssh.ts'
import { type Cluster, hasLabel, isReady, type Member, readNodes } from './cluster.ts'
import { type DockerNode, filters } from './docker.ts'
import { imagesOn, neededImages } from './prepare.ts'
import type { SwarmSettings } from './settings.ts'
import { EDGE } from './specs.ts'
import { findService } from './tell.ts'

/** A name that nobody has (RFC 6761 section 6.4): any answer shows that the edge is up. */
const NOBODY = 'check.ranah.invalid'

const running = z.array(z.object({ NodeID: z.string().nullish(), Status: z.object({ State: z.string() }) }))

/** What works and what does not, changing nothing. A node that the Swarm itself knows to be down is no fault. */
export async function checkSwarm(
  cluster: Cluster,
  settings: SwarmSettings,
  kinds: readonly (keyof typeof siteKindText)[],
): Promise<readonly Finding[]> {
  const { members, lost } = await cluster.muster()
  const findings: Finding[] = members.map(({ docker, name, version, isManager }) => ({
    ok: true,
    text: swarmText.found.node(docker.where, name, version, isManager),
  }))
  findings.push(...members.flatMap(({ docker, clock, asked }) => clockFindings(docker.where, clock, asked)))
  findings.push(...lost.map(({ why }) => ({ ok: false, text: why.text })))
  const manager = members.find(({ isManager }) => isManager)
  if (!manager) return [...findings, { ok: false, text: swarmText.noManager }]
  try {
    findings.push(...(await nodesOf(manager.docker, members)))
    const needed = await neededImages(manager.docker, settings.image)
    for (const { docker, name } of members) {
      const held = await imagesOn(docker)
      const lacking = needed.filter((image) => !held.has(image)).length
      if (lacking > 0) findings.push({ ok: false, text: swarmText.found.lacks(name, lacking) })
    }
    for (const address of settings.addresses) {
      const at = { address, port: settings.webPort }
      const { kind } = await probeSite(NOBODY, async () => at)
      const where = whereOf({ host: address, port: settings.webPort })
      findings.push({ ok: kind === 'seen', text: swarmText.found.web(where, kind === 'seen') })
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    findings.push({ ok: false, text: error.text })
  }
  const words = (locale: 'id' | 'en') => kinds.map((kind) => siteKindText[kind][locale]).join(', ')
  return [...findings, { ok: true, text: swarmText.found.offers({ id: words('id'), en: words('en') }) }]
}

async function nodesOf(manager: DockerNode, members: readonly Member[]): Promise<readonly Finding[]> {
  const nodes = await readNodes(manager)
  const carrying = nodes.filter(hasLabel)
  const up = carrying.filter(isReady)
  const edge = await findService(manager, EDGE)
  if (!edge || up.length === 0) return [{ ok: false, text: swarmText.notPrepared }]
  const wanted = filters({ service: [edge.ID], 'desired-state': ['running'] })
  const tasks = await manager.read(running, '/tasks', wanted)
  const served = up.filter(({ ID }) =>
    tasks.some(({ NodeID, Status }) => NodeID === ID && Status.State === 'running'),
  )
  const unknown = up.filter(({ ID }) => !members.some(({ nodeId }) => nodeId === ID))
  return [
    ...carrying
      .filter((node) => !isReady(node))
      .map((node) => ({ ok: true, text: swarmText.found.down(node.Description.Hostname) })),
    ...unknown.map((node) => ({ ok: false, text: swarmText.nodeNotReached(node.Description.Hostname) })),
    { ok: served.length === up.length, text: swarmText.found.edges(served.length, up.length) },
  ]
}
