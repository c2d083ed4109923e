import * as z from 'zod'
import { portSchema } from '../name-servers.ts'

/** Servers that Ranah may only ask; the first stands for the zone, all of them are asked for the proof. */
export const manualDnsConfigSchema = z.strictObject({
  nameServers: z
    .array(z.strictObject({ name: z.string().min(1), host: z.string().min(1), port: portSchema.default(53) }))
    .min(1),
})

export type ManualDnsConfig = z.infer<typeof manualDnsConfigSchema>
