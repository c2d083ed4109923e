import type { HostingDriver } from './driver.ts'
import { embeddedHosting, type EmbeddedHostingOptions } from './embedded/driver.ts'

/** Every kind of site host and how to speak to it; a new one is one folder and one line here. */
export const hostingDrivers = {
  embedded: (options: EmbeddedHostingOptions): HostingDriver => embeddedHosting(options),
} as const
