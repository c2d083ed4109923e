import { closedCredentials, nonceLength, seal } from '../domain/fulfilment/seal.ts'
import type { ManagedHost } from '../drivers/hosting/driver.ts'
import type { JobDeps } from './deps.ts'

/** How long the one-time page with the credentials stays open. */
const revealDays = 14
const msPerDay = 86_400_000

/**
 * Has the site host make credentials and seals them before anything else happens with them.
 * @param token names the wish; a repeated job rotates again, so that a lost answer leaves no second password
 * @param id of the one-time page
 */
export async function sealedCredentials(
  deps: JobDeps,
  hosting: ManagedHost,
  fqdn: string,
  token: string,
  id: string,
): Promise<{ readonly id: string; readonly bytes: Buffer; readonly expiresAt: Date }> {
  const { username, password, sftpPort, database } = await hosting.issueCredentials(fqdn, token)
  const secret = closedCredentials({ username, password, host: fqdn, port: sftpPort, database })
  return {
    id,
    bytes: seal(deps.settings.sealingKey, deps.randomBytes(nonceLength), id, secret),
    expiresAt: new Date(deps.now().getTime() + revealDays * msPerDay),
  }
}
