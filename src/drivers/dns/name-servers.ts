import * as z from 'zod'

export const portSchema = z.number().int().min(1).max(65_535)

/** where to reach the servers of NS records whose address or port is not the public one; `*` for all others */
export const nameServersSchema = z
  .array(z.strictObject({ name: z.string().min(1), host: z.string().min(1), port: portSchema.default(53) }))
  .default([])
