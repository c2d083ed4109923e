import type { ManagedHost, OfficeKeptHost, UploadHost } from './driver.ts'
import { embeddedHosting, type EmbeddedHostingOptions } from './embedded/driver.ts'
import { linuxHosting } from './linux-host/driver.ts'
import type { LinuxHostSecret, LinuxHostSettings } from './linux-host/settings.ts'
import { manualHosting, type ManualHostSettings } from './manual/driver.ts'
import { swarmHosting } from './swarm/driver.ts'
import type { SwarmSecret, SwarmSettings } from './swarm/settings.ts'

/** Every kind of site host and how to speak to it; a new one is one folder and one line here. */
export const hostingDrivers = {
  embedded: (options: EmbeddedHostingOptions): ManagedHost => embeddedHosting(options),
  'linux-host': (settings: LinuxHostSettings, secret: LinuxHostSecret): ManagedHost =>
    linuxHosting(settings, secret),
  manual: (settings: ManualHostSettings): OfficeKeptHost => manualHosting(settings),
  swarm: (settings: SwarmSettings, secret: SwarmSecret): UploadHost => swarmHosting(settings, secret),
} as const
