import { recipientOfEmail } from '../db/age-recipients.ts'
import { inScope } from '../db/database.ts'
import type { Credentials, SealedHandOver } from '../domain/fulfilment/seal.ts'
import { ageContent, closedHandOver, nonceLength, seal } from '../domain/fulfilment/seal.ts'
import { encryptFor } from '../drivers/age.ts'
import type { ManagedHost } from '../drivers/hosting/driver.ts'
import type { JobDeps } from './deps.ts'

/** How long the one-time page with the credentials stays open. */
const revealDays = 14
const msPerDay = 86_400_000

/**
 * Has the site host make credentials and seals them before anything else happens with them. When the contact gave
 * an age key they are encrypted to it first, so that not even the holder of the installation's key reads them.
 *
 * @param wish `token` names the wish: a repeated job rotates again, so that a lost answer leaves no second password;
 * `id` is the one of the one-time page; `contactEmail` tells for whom they are
 */
export async function sealedCredentials(
  deps: JobDeps,
  hosting: ManagedHost,
  wish: {
    readonly officeId: string
    readonly fqdn: string
    readonly token: string
    readonly id: string
    readonly contactEmail: string
  },
): Promise<SealedHandOver> {
  const { id, fqdn } = wish
  const recipient = await inScope(deps.db, { officeId: wish.officeId }, (tx) =>
    recipientOfEmail(tx, wish.contactEmail),
  )
  const { username, password, sftpPort, database } = await hosting.issueCredentials(fqdn, wish.token)
  const made: Credentials = { username, password, host: fqdn, port: sftpPort, database }
  const given = recipient === null ? made : { recipient, age: await encryptFor(recipient, ageContent(made)) }
  return {
    id,
    bytes: seal(deps.settings.sealingKey, deps.randomBytes(nonceLength), id, closedHandOver(given)),
    recipient,
    expiresAt: new Date(deps.now().getTime() + revealDays * msPerDay),
  }
}
