import type { ServerDriverName } from '../domain/office/server-drivers.ts'
import { serverDrivers } from '../domain/office/server-drivers.ts'
import { openDnsDriver } from './dns/drivers.ts'
import type { DnsDriver } from './dns/driver.ts'

/** A server of an office with its secret in clear: exists only while a driver is opened. */
export type OpenServer = {
  readonly driver: ServerDriverName
  readonly settings: unknown
  readonly secret: unknown
}

/** The driver of a name server; nothing is connected yet. */
export function openNameServer({ driver, settings, secret }: OpenServer): DnsDriver {
  switch (driver) {
    case 'rfc2136': {
      const { host, port, keyName, algorithm, nameServers } = serverDrivers.rfc2136.settings.parse(settings)
      const { keySecret } = serverDrivers.rfc2136.secret.parse(secret)
      const key = { name: keyName, algorithm, secret: keySecret }
      return openDnsDriver('rfc2136', { host, port, key, nameServers })
    }
    case 'powerdns':
      return openDnsDriver('powerdns', {
        ...serverDrivers.powerdns.settings.parse(settings),
        ...serverDrivers.powerdns.secret.parse(secret),
      })
  }
}
