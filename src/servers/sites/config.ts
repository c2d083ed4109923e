import { readFile } from 'node:fs/promises'

import * as z from 'zod'

const port = z.number().int().min(0).max(65_535)
const MEBIBYTE = 1024 * 1024

/** Strict: an unknown key stops the start. Ports may be 0 for a free one; running.json tells which. */
const sitesConfig = z.strictObject({
  /** Where everything of the host lives; created when missing. */
  dataDir: z.string().startsWith('/'),
  /** Address for the web and SFTP ports; control is always on loopback. */
  listen: z.string().default('127.0.0.1'),
  webPort: port,
  sftpPort: port,
  controlPort: port.default(0),
  /** Holds the bearer secret of the control port; made with mode 0600 when missing. */
  controlSecretFile: z.string().startsWith('/'),
  /** Most bytes of live content per site. */
  quotaBytes: z
    .number()
    .int()
    .positive()
    .default(512 * MEBIBYTE),
})

export type SitesConfig = z.infer<typeof sitesConfig>
/** The configuration as a caller writes it, with the defaults left out. */
export type SitesConfigInput = z.input<typeof sitesConfig>

/** Reads and checks the configuration file; throws with every problem named. */
export async function readSitesConfig(path: string): Promise<SitesConfig> {
  const parsed = sitesConfig.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
