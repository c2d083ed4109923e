/** A process that applies one plan, to be killed in the middle of it. It reads what it needs from its input. */
import { text } from 'node:stream/consumers'

import type { HostingPlan } from '../../../src/domain/hosting/plan.ts'
import { swarmHosting } from '../../../src/drivers/hosting/swarm/driver.ts'
import type { SwarmSecret, SwarmSettings } from '../../../src/drivers/hosting/swarm/settings.ts'
import '../own-networks.ts'

const given = JSON.parse(await text(process.stdin)) as {
  readonly settings: SwarmSettings
  readonly secret: SwarmSecret
  readonly plan: HostingPlan
}
process.stdout.write('begun\n')
await swarmHosting(given.settings, given.secret).apply(given.plan)
process.exit(0)
