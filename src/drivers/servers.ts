import { join } from 'node:path'
import * as z from 'zod'
import type { ServerDriverName } from '../domain/office/server-drivers.ts'
import { serverDrivers } from '../domain/office/server-drivers.ts'
import type { CertificateDriver } from './certificates/driver.ts'
import { openCertificateDriver } from './certificates/drivers.ts'
import type { DnsDriverKind } from './dns/drivers.ts'
import type { HostingDriver } from './hosting/driver.ts'
import { hostingDrivers } from './hosting/drivers.ts'
import type { SignatureDriver } from './signature/driver.ts'
import type { StampDeps } from './signature/time-stamp/authority.ts'
import { signatureDrivers } from './signature/drivers.ts'

/** A server of an office with its secret in clear: exists only while a driver is opened. */
export type OpenServer = {
  readonly driver: ServerDriverName
  readonly settings: unknown
  readonly secret: unknown
}

/** The driver of a certificate authority; nothing is connected yet. */
export function openAuthority({ settings, secret }: OpenServer): CertificateDriver {
  const { directory, contact, bindingId, root } = serverDrivers.acme.settings.parse(settings)
  const { accountKey, bindingKey } = serverDrivers.acme.secret
    .extend({ accountKey: z.string() })
    .parse(secret)
  const binding = bindingId && bindingKey ? { keyId: bindingId, hmacKey: bindingKey } : undefined
  return openCertificateDriver('acme', { directory, accountKey, contact, binding, root })
}

/** What a name server's driver is opened with: plain data, which a thread of its own can be given. */
export type NameServerPlace = { readonly kind: DnsDriverKind; readonly config: unknown }

export function nameServerPlace({ driver, settings, secret }: OpenServer): NameServerPlace {
  switch (driver) {
    case 'rfc2136': {
      const { host, port, keyName, algorithm, nameServers } = serverDrivers.rfc2136.settings.parse(settings)
      const { keySecret } = serverDrivers.rfc2136.secret.parse(secret)
      const key = { name: keyName, algorithm, secret: keySecret }
      return { kind: 'rfc2136', config: { host, port, key, nameServers } }
    }
    case 'powerdns':
      return {
        kind: 'powerdns',
        config: {
          ...serverDrivers.powerdns.settings.parse(settings),
          ...serverDrivers.powerdns.secret.parse(secret),
        },
      }
    case 'manual-dns':
      return { kind: 'manual', config: serverDrivers['manual-dns'].settings.parse(settings) }
    case 'linux-host':
    case 'swarm':
    case 'manual-host':
    case 'acme':
    case 'p12':
    case 'bsre':
      throw new Error(`${driver} is no name server`)
  }
}

/** The driver of a site host; nothing is connected yet. */
export function openSiteHost({ driver, settings, secret }: OpenServer): HostingDriver {
  if (driver === 'manual-host')
    return hostingDrivers.manual(serverDrivers['manual-host'].settings.parse(settings))
  if (driver === 'swarm')
    return hostingDrivers.swarm(
      serverDrivers.swarm.settings.parse(settings),
      serverDrivers.swarm.secret.parse(secret),
    )
  if (driver !== 'linux-host') throw new Error(`${driver} is no site host`)
  const { host, port, hostKey, webPort, tlsPort, root } = serverDrivers['linux-host'].settings.parse(settings)
  return hostingDrivers['linux-host'](
    { host, port, hostKey, webPort, tlsPort, root },
    serverDrivers['linux-host'].secret.parse(secret),
  )
}

/**
 * The way to a signature; nothing is opened yet.
 * @param keyDirectory the folder of the office's own key files
 */
export function openSignature(
  { driver, settings, secret }: OpenServer,
  keyDirectory: string,
  deps: StampDeps,
): SignatureDriver {
  if (driver === 'p12') {
    const { file, ...named } = serverDrivers.p12.settings.parse(settings)
    const { stampUrl: url, stampRoot: root, stampPolicy: policy, stampUser: user, stampMode } = named
    const { stampPassword: password } = serverDrivers.p12.secret.parse(secret)
    const stamps = url && root && { url, root, policy, user, password, required: stampMode === 'required' }
    return signatureDrivers.p12({ path: join(keyDirectory, file), stamps: stamps || undefined }, deps)
  }
  if (driver !== 'bsre') throw new Error(`${driver} signs no letters`)
  const { url, username } = serverDrivers.bsre.settings.parse(settings)
  return signatureDrivers.bsre({ url, username, ...serverDrivers.bsre.secret.parse(secret) })
}
