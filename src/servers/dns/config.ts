import * as z from 'zod'
import { canonicalName } from '../../domain/dns/names.ts'

/** The configuration file of the embedded name server: JSON, strict. Zones may be `*` for every zone. */

const nameSchema = z.string().min(1).max(255).transform(canonicalName)
const zoneListSchema = z.array(z.union([z.literal('*'), nameSchema])).default([])
const portSchema = z.number().int().min(0).max(65_535)

const keySchema = z.strictObject({
  name: nameSchema,
  algorithm: z.enum(['hmac-sha256', 'hmac-sha384', 'hmac-sha512']),
  /** base64 */
  secret: z.base64().min(24),
  /** zones that updates signed with this key may change */
  update: zoneListSchema,
  /** zones that may be transferred with this key */
  transfer: zoneListSchema,
  /** whether an update signed with this key may bring a zone to life (see docs/decisions) */
  createZones: z.boolean().default(false),
})

const secondarySchema = z.strictObject({ host: z.string().min(1), port: portSchema.default(53) })

export const dnsServerConfigSchema = z.strictObject({
  dataDir: z.string().min(1),
  /** address to listen on */
  listen: z.string().min(1).default('127.0.0.1'),
  /** one port for UDP and TCP; 0 takes a free one */
  port: portSchema.default(5300),
  keys: z.array(keySchema).default([]),
  /** told by NOTIFY about every change */
  secondaries: z.array(secondarySchema).default([]),
  /** answers one address may ask for per second over UDP */
  queriesPerSecondPerAddress: z.number().int().min(1).default(20_000),
  /** octets of journal after which everything is written anew as a snapshot */
  maxJournalOctets: z.number().int().min(4_096).default(8_388_608),
})

/** As read from the file, defaults filled in. */
export type DnsServerConfig = z.infer<typeof dnsServerConfigSchema>
/** As written by whoever starts the server. */
export type DnsServerConfigInput = z.input<typeof dnsServerConfigSchema>
export type DnsServerKey = DnsServerConfig['keys'][number]

/** @param verb what the key wants to do with the zone */
export function isKeyAllowed(key: DnsServerKey, verb: 'update' | 'transfer', zone: string): boolean {
  return key[verb].some((allowed) => allowed === '*' || allowed === zone)
}
