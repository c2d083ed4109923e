import { test, type TestContext } from 'node:test'

import type { ManagedHost } from '../../../src/drivers/hosting/driver.ts'
import { startHost } from '../../servers/sites/running-host.ts'
import { preparedHost } from '../../support/debian-host.ts'
import { tellHostingStory } from './story.ts'

const hosts: Readonly<Record<string, (t: TestContext) => Promise<{ readonly driver: ManagedHost }>>> = {
  embedded: (t) => startHost(t),
  'linux-host on nginx and OpenSSH': (t) => preparedHost(t, ['sshd', 'nginx']),
}

for (const [name, start] of Object.entries(hosts)) {
  test(`${name}: plan, apply, probe and undo`, async (t) => tellHostingStory(t, (await start(t)).driver))
}
