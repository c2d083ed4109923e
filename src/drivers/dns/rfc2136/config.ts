import { z } from 'zod'

const portSchema = z.number().int().min(1).max(65_535)

/** How to reach a primary that takes signed updates (BIND, Knot, the embedded server). */
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
  /** where to reach the servers of NS records whose address or port is not the public one; `*` for all others */
  nameServers: z
    .array(z.strictObject({ name: z.string().min(1), host: z.string().min(1), port: portSchema.default(53) }))
    .default([]),
})

export type Rfc2136Config = z.infer<typeof rfc2136ConfigSchema>
