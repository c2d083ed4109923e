import { serverDrivers } from '../../../domain/office/server-drivers.ts'
import { Refused } from '../../../domain/refused.ts'
import { prepareText } from '../../../domain/text/host-prepare.ts'
import { Cluster } from './cluster.ts'
import { planSwarm } from './prepare.ts'

const { settings, secret } = serverDrivers.swarm
const wish = settings.pick({ nodes: true, image: true, webPort: true }).extend(secret.shape)

export type SwarmPreparation = Awaited<ReturnType<typeof planSwarm>> & { readonly close: () => void }

/** Looks what would make a Swarm carry sites. @param given as an administrator enters it */
export async function openSwarmPreparation(given: unknown): Promise<SwarmPreparation> {
  const parsed = wish.safeParse(given)
  if (!parsed.success) {
    throw new Refused('not-understood', prepareText.invalid(parsed.error.issues[0]?.path.join('.') ?? '-'))
  }
  const { privateKey, ...swarm } = parsed.data
  const cluster = new Cluster(swarm, { privateKey })
  try {
    return { ...(await planSwarm(cluster, swarm)), close: () => cluster.close() }
  } catch (error) {
    cluster.close()
    throw error
  }
}
