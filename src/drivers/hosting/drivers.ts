import type { HostingDriver } from './driver.ts'
import { embeddedHosting, type EmbeddedHostingOptions } from './embedded/driver.ts'
import { linuxHosting } from './linux-host/driver.ts'
import type { LinuxHostSecret, LinuxHostSettings } from './linux-host/settings.ts'

/** Every kind of site host and how to speak to it; a new one is one folder and one line here. */
export const hostingDrivers = {
  embedded: (options: EmbeddedHostingOptions): HostingDriver => embeddedHosting(options),
  'linux-host': (settings: LinuxHostSettings, secret: LinuxHostSecret): HostingDriver =>
    linuxHosting(settings, secret),
} as const
