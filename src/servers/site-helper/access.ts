import { Refused } from '../../domain/refused.ts'
import { hostingText } from '../../domain/text/hosting.ts'
import type { VerbAnswer } from '../../domain/hosting/control.ts'
import { newPassword, spentAfter } from '../sites/credentials.ts'
import { requireSite } from './changes.ts'
import { databaseAddress, setDatabasePassword } from './database.ts'
import { databaseOf, unixUserOf } from './places.ts'
import { type NameRecord, saveRecord, withSite } from './record.ts'
import { settleName } from './settle.ts'
import { setPassword } from './unix-user.ts'

type Issued = Omit<VerbAnswer<'issue-credentials'>, 'sftpPort' | 'hostKey'>

/**
 * New passwords for a site and its database; the earlier ones stop working and their sessions end. A repeated token
 * issues again, so that a lost answer is of no use; one that was replaced or revoked meanwhile is refused.
 */
export async function issueCredentials(record: NameRecord, token: string, now: Date): Promise<Issued> {
  const site = requireSite(record)
  if (site.spentTokens.includes(token)) {
    throw new Refused('credentials-superseded', hostingText.superseded(record.fqdn), { status: 409 })
  }
  const generation = site.generation + 1
  const access = { issuedAt: now.toISOString(), generation, token }
  const issued = { ...site, access, generation, spentTokens: spentAfter(site, token) }
  const changed = { ...withSite(record, issued), pending: true }
  await saveRecord(changed)
  await settleName(changed)
  const username = unixUserOf(site.id)
  const password = newPassword()
  await setPassword(site.id, password)
  const database = site.database && (await issueDatabase(site.database, site.id))
  await saveRecord({ ...changed, pending: record.pending })
  return { username, password, generation, ...(database && { database }) }
}

async function issueDatabase(engine: 'mariadb' | 'postgresql', id: string) {
  const password = newPassword()
  await setDatabasePassword(engine, id, password)
  const name = databaseOf(id)
  return { engine, ...databaseAddress(engine), name, username: name, password }
}

/** Takes the sign-in of a site away. The site's own program keeps its database, or it would go dark. */
export async function revokeCredentials(record: NameRecord): Promise<'revoked' | 'unchanged'> {
  const site = requireSite(record)
  const revoked = site.access
    ? withSite(record, { ...site, access: null, spentTokens: spentAfter(site, null) })
    : record
  if (site.access) await saveRecord({ ...revoked, pending: true })
  await settleName(revoked)
  if (site.access) await saveRecord({ ...revoked, pending: record.pending })
  return site.access ? 'revoked' : 'unchanged'
}
