import * as z from 'zod'
import { accountKeyFrom } from '../certificates/account-key.ts'
import type { Text } from '../refused.ts'
import { stampModes } from '../letters/time-stamp.ts'
import { serverTexts as text } from '../text/office-servers.ts'
import * as field from './server-fields.ts'

/** What a server of an office is to Ranah: where names stand, where sites lie, who signs certificates, who letters. */
export const serverKinds = ['dns', 'host', 'ca', 'signature'] as const
export type ServerKind = (typeof serverKinds)[number]

/** One field of the form in which an administrator enters a server. */
export type ServerField = {
  readonly name: string
  readonly label: Text
  readonly hint?: Text
  readonly input: 'line' | 'number' | 'lines' | 'choice' | 'secret-line' | 'secret-lines'
  readonly options?: readonly string[]
  /** What an option is called where it does not say so itself. */
  readonly labels?: Readonly<Record<string, Text>>
  readonly optional?: boolean
}

/** How a kind of server is reached. `settings` may be read by whoever runs the office's servers, `secret` by nobody. */
export type ServerDriver = {
  readonly kind: ServerKind
  readonly title: Text
  readonly fields: readonly ServerField[]
  readonly settings: z.ZodType
  readonly secret: z.ZodType
  /** What is made for a new connection and kept with the secret. @param randomBytes from the caller */
  readonly makes?: (randomBytes: (length: number) => Buffer) => Readonly<Record<string, string>>
}

const nameServersField: ServerField = {
  name: 'nameServers',
  label: text.nameServers,
  hint: text.nameServersHint,
  input: 'lines',
  optional: true,
}

/** Every kind of server that an office may connect; how each is spoken to stands in src/drivers. */
export const serverDrivers = {
  rfc2136: {
    kind: 'dns',
    title: text.rfc2136,
    fields: [
      { name: 'host', label: text.host, hint: text.dnsHostHint, input: 'line' },
      { name: 'port', label: text.port, hint: text.standsFor(53), input: 'number' },
      { name: 'keyName', label: text.keyName, hint: text.keyNameHint, input: 'line' },
      { name: 'algorithm', label: text.algorithm, input: 'choice', options: field.tsigAlgorithms },
      { name: 'keySecret', label: text.keySecret, hint: text.keySecretHint, input: 'secret-line' },
      nameServersField,
    ],
    settings: z.strictObject({
      host: field.host,
      port: field.port.default(53),
      keyName: field.keyName,
      algorithm: z.enum(field.tsigAlgorithms).default('hmac-sha256'),
      nameServers: field.nameServers,
    }),
    secret: z.strictObject({ keySecret: field.keySecret }),
  },
  powerdns: {
    kind: 'dns',
    title: text.powerdns,
    fields: [
      { name: 'url', label: text.apiUrl, hint: text.apiUrlHint, input: 'line' },
      { name: 'host', label: text.host, hint: text.powerdnsHostHint, input: 'line' },
      { name: 'port', label: text.port, hint: text.standsFor(53), input: 'number' },
      { name: 'apiKey', label: text.apiKey, input: 'secret-line' },
      nameServersField,
    ],
    settings: z.strictObject({
      url: field.httpUrl,
      host: field.host,
      port: field.port.default(53),
      nameServers: field.nameServers,
    }),
    secret: z.strictObject({ apiKey: field.opaqueLine }),
  },
  'linux-host': {
    kind: 'host',
    title: text.linuxHost,
    fields: [
      { name: 'host', label: text.host, hint: text.hostHint, input: 'line' },
      { name: 'port', label: text.sshPort, hint: text.standsFor(22), input: 'number' },
      { name: 'hostKey', label: text.hostKey, hint: text.hostKeyHint, input: 'line' },
      { name: 'privateKey', label: text.privateKey, hint: text.privateKeyHint, input: 'secret-lines' },
      { name: 'addresses', label: text.addresses, hint: text.addressesHint, input: 'lines' },
      { name: 'webPort', label: text.webPort, hint: text.standsFor(80), input: 'number' },
      { name: 'tlsPort', label: text.tlsPort, hint: text.standsFor(443), input: 'number' },
      { name: 'sftpPort', label: text.sftpPort, hint: text.standsFor(22), input: 'number' },
      { name: 'root', label: text.caRoot, hint: text.siteRootHint, input: 'lines', optional: true },
    ],
    settings: z.strictObject({
      host: field.host,
      port: field.port.default(22),
      hostKey: field.hostKey,
      addresses: field.addresses,
      webPort: field.port.default(80),
      tlsPort: field.port.default(443),
      sftpPort: field.port.default(22),
      root: field.certificatePem.optional(),
    }),
    secret: z.strictObject({ privateKey: field.privateKey }),
  },
  swarm: {
    kind: 'host',
    title: text.swarm,
    fields: [
      { name: 'nodes', label: text.nodes, hint: text.nodesHint, input: 'lines' },
      { name: 'privateKey', label: text.privateKey, hint: text.swarmKeyHint, input: 'secret-lines' },
      { name: 'image', label: text.image, hint: text.imageHint, input: 'line' },
      { name: 'addresses', label: text.addresses, hint: text.addressesHint, input: 'lines' },
      { name: 'webPort', label: text.webPort, hint: text.standsFor(80), input: 'number' },
      { name: 'replicas', label: text.replicas, hint: text.standsFor(2), input: 'number' },
      { name: 'memoryMebibytes', label: text.memory, hint: text.standsFor(64), input: 'number' },
    ],
    settings: z.strictObject({
      nodes: field.swarmNodes,
      image: field.imageId,
      addresses: field.addresses,
      webPort: field.port.default(80),
      replicas: field.replicas.default(2),
      memoryMebibytes: field.mebibytes.default(64),
    }),
    secret: z.strictObject({ privateKey: field.privateKey }),
  },
  acme: {
    kind: 'ca',
    title: text.acme,
    fields: [
      { name: 'directory', label: text.directory, hint: text.directoryHint, input: 'line' },
      {
        name: 'challenge',
        label: text.challenge,
        hint: text.challengeHint,
        input: 'choice',
        options: field.challenges,
      },
      { name: 'contact', label: text.caContact, hint: text.caContactHint, input: 'line', optional: true },
      { name: 'bindingId', label: text.bindingId, hint: text.bindingHint, input: 'line', optional: true },
      { name: 'bindingKey', label: text.bindingKey, input: 'secret-line', optional: true },
      { name: 'root', label: text.caRoot, hint: text.caRootHint, input: 'lines', optional: true },
    ],
    settings: z.strictObject({
      directory: field.httpsUrl,
      challenge: z.enum(field.challenges).default('dns-01'),
      contact: z.email().optional(),
      bindingId: field.opaqueLine.optional(),
      root: field.certificatePem.optional(),
    }),
    secret: z.strictObject({ bindingKey: field.opaqueLine.optional() }),
    makes: (randomBytes) => ({ accountKey: accountKeyFrom(randomBytes) }),
  },
  'manual-dns': {
    kind: 'dns',
    title: text.manualDns,
    fields: [{ name: 'nameServers', label: text.askedServers, hint: text.askedServersHint, input: 'lines' }],
    settings: z.strictObject({ nameServers: field.someNameServers }),
    secret: z.strictObject({}),
  },
  'manual-host': {
    kind: 'host',
    title: text.manualHost,
    fields: [
      { name: 'addresses', label: text.addresses, hint: text.addressesHint, input: 'lines' },
      { name: 'webPort', label: text.webPort, hint: text.standsFor(80), input: 'number' },
      { name: 'place', label: text.place, hint: text.placeHint, input: 'line' },
    ],
    settings: z.strictObject({
      addresses: field.addresses,
      webPort: field.port.default(80),
      place: field.place,
    }),
    secret: z.strictObject({}),
  },
  p12: {
    kind: 'signature',
    title: text.p12,
    fields: [
      { name: 'file', label: text.p12File, hint: text.p12FileHint, input: 'line' },
      { name: 'stampUrl', label: text.stampUrl, hint: text.stampUrlHint, input: 'line', optional: true },
      { name: 'stampRoot', label: text.stampRoot, hint: text.stampRootHint, input: 'lines', optional: true },
      {
        name: 'stampMode',
        label: text.stampMode,
        hint: text.stampModeHint,
        input: 'choice',
        options: stampModes,
        labels: text.stampModes,
      },
      {
        name: 'stampPolicy',
        label: text.stampPolicy,
        hint: text.stampPolicyHint,
        input: 'line',
        optional: true,
      },
      { name: 'stampUser', label: text.stampUser, hint: text.stampUserHint, input: 'line', optional: true },
      { name: 'stampPassword', label: text.stampPassword, input: 'secret-line', optional: true },
    ],
    settings: z
      .strictObject({
        file: field.keyFile,
        stampUrl: field.httpUrl.optional(),
        stampRoot: field.trustedPem.optional(),
        stampMode: z.enum(stampModes).default('required'),
        stampPolicy: field.objectIdentifier.optional(),
        stampUser: field.opaqueLine.optional(),
      })
      .check(
        field.together('stampUrl', 'stampRoot', text.stampRootMissing),
        field.together('stampRoot', 'stampUrl', text.stampUrlMissing),
        field.together('stampUser', 'stampUrl', text.stampUrlMissing),
        field.overHttps('stampUser', 'stampUrl', text.stampUserOpen),
      ),
    secret: z.strictObject({ stampPassword: field.opaqueLine.optional() }),
  },
  bsre: {
    kind: 'signature',
    title: text.bsre,
    fields: [
      { name: 'url', label: text.bsreUrl, hint: text.bsreUrlHint, input: 'line' },
      { name: 'username', label: text.bsreUser, input: 'line' },
      { name: 'password', label: text.bsrePassword, hint: text.bsrePasswordHint, input: 'secret-line' },
    ],
    settings: z.strictObject({ url: field.httpUrl, username: field.opaqueLine }),
    secret: z.strictObject({ password: field.opaqueLine }),
  },
} as const satisfies Readonly<Record<string, ServerDriver>>

export type ServerDriverName = keyof typeof serverDrivers

/** The driver of that name, as every driver is described. */
export const serverDriver = (name: ServerDriverName): ServerDriver => serverDrivers[name]

export const serverDriverNames = Object.keys(serverDrivers) as [ServerDriverName, ...ServerDriverName[]]

/** Under which context the secret of a server is sealed, so that it opens for no other row. */
export const serverSecretContext = (id: string): string => `server:${id}`

/** What was seen when a connection was tried: each finding a plain sentence. */
export type ServerCheck = { readonly ok: boolean; readonly findings: readonly CheckFinding[] }
export type CheckFinding = { readonly ok: boolean; readonly text: Text }

const challengeSettings = z.looseObject({ challenge: z.enum(field.challenges) })

/**
 * How an authority is shown that a name is the office's. On a name server that is worked by hand nobody can write a
 * proof and take it away within minutes, so the site shows it there, whatever the authority's settings say.
 *
 * @param nameServer of the zone; null: the embedded one
 */
export function challengeOf(
  authority: { readonly settings: unknown },
  nameServer: ServerDriverName | null,
): (typeof field.challenges)[number] {
  return nameServer === 'manual-dns' ? 'http-01' : challengeSettings.parse(authority.settings).challenge
}

type KnownServer = { readonly driver: ServerDriverName; readonly settings: unknown }

/**
 * How the owner of a site gets at its files: by SFTP with credentials that Ranah hands over, by uploading archives
 * only, or in whatever way the office has.
 */
export type FileAccess = 'sftp' | 'upload' | 'office'

/** @param driver null: the embedded host */
export function fileAccessOf(driver: ServerDriverName | null): FileAccess {
  if (driver === 'manual-host') return 'office'
  return driver === 'swarm' ? 'upload' : 'sftp'
}

/** Whether Ranah installs certificates on such a host; elsewhere they are the office's own matter. */
export const installsCertificates = (driver: ServerDriverName): boolean => driver === 'linux-host'

/** Whether a signature that was lost on the way exists nowhere: the key is a file of the office, no service keeps a copy. */
export const isRepeatable = (driver: ServerDriverName): boolean => driver === 'p12'

/** The public addresses under which the sites of a host are reached. */
export function addressesOfHost({ driver, settings }: KnownServer): readonly string[] {
  const known =
    driver === 'manual-host' || driver === 'swarm' ? serverDrivers[driver] : serverDrivers['linux-host']
  return known.settings.parse(settings).addresses
}

/** The port at which the files of a host's sites are reached; null where there is no SFTP of ours. */
export function sftpPortOf({ driver, settings }: KnownServer): number | null {
  if (fileAccessOf(driver) !== 'sftp') return null
  return serverDrivers['linux-host'].settings.parse(settings).sftpPort
}
