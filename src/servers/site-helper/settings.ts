import { readFile } from 'node:fs/promises'
import * as z from 'zod'

import { databaseEngines } from '../../domain/hosting/site.ts'
import { places } from './places.ts'

const MEBIBYTE = 1024 * 1024
const port = z.number().int().min(1).max(65_535)

/** What `ranah host prepare` found and decided for this host. */
const hostSettings = z.strictObject({
  webPort: port.default(80),
  tlsPort: port.default(443),
  sftpPort: port.default(22),
  /** Version of PHP whose FPM serves the sites; null: no PHP here. */
  php: z
    .string()
    .regex(/^\d+\.\d+$/)
    .nullable(),
  databases: z.array(z.enum(databaseEngines)),
  quotaBytes: z
    .number()
    .int()
    .positive()
    .default(512 * MEBIBYTE),
})
export type HostSettings = z.infer<typeof hostSettings>

export async function readHostSettings(): Promise<HostSettings> {
  return hostSettings.parse(JSON.parse(await readFile(places.settings, 'utf8')))
}
