import * as z from 'zod'
import { nameServersSchema, portSchema } from '../name-servers.ts'

/** How to reach a PowerDNS server: its HTTP API to read and write, its DNS port to probe. */
export const powerDnsConfigSchema = z.strictObject({
  /** of the API, without the path, e.g. `http://192.0.2.53:8081` */
  url: z.url({ protocol: /^https?$/ }),
  apiKey: z.string().min(1),
  /** as PowerDNS names itself in its addresses */
  serverId: z.string().min(1).default('localhost'),
  /** address of the DNS service itself */
  host: z.string().min(1),
  port: portSchema.default(53),
  nameServers: nameServersSchema,
})

export type PowerDnsConfig = z.infer<typeof powerDnsConfigSchema>
