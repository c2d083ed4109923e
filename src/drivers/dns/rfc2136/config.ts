import * as z from 'zod'
import { nameServersSchema, portSchema } from '../name-servers.ts'

/** How to reach a primary that takes signed updates (BIND, Knot, PowerDNS, the embedded server). */
export const rfc2136ConfigSchema = z.strictObject({
  /** address of the primary */
  host: z.string().min(1),
  port: portSchema.default(53),
  key: z.strictObject({
    name: z.string().min(1),
    algorithm: z.enum(['hmac-sha256', 'hmac-sha384', 'hmac-sha512']).default('hmac-sha256'),
    /** base64 */
    secret: z.base64().min(1),
  }),
  nameServers: nameServersSchema,
})

export type Rfc2136Config = z.infer<typeof rfc2136ConfigSchema>
