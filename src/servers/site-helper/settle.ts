import { makeMissingKey, removeKeys, withoutUsedUp } from './certificate.ts'
import { removeContent, settleContent } from './content.ts'
import { dropDatabase, ensureDatabase, lockDatabase, unlockDatabase } from './database.ts'
import { unixUserOf } from './places.ts'
import { type NameRecord, saveRecord, type SiteRecord } from './record.ts'
import { ensureUser, findAccount, lockPassword, removeUser, takePassword } from './unix-user.ts'

/** Makes users, folders and databases agree with the record of a name. May be repeated after any crash. */
export async function settleName(record: NameRecord): Promise<void> {
  for (const site of record.sites) await settleSite(record.fqdn, site)
}

async function settleSite(fqdn: string, site: SiteRecord): Promise<void> {
  if (site.state === 'live') {
    await ensureUser(site.id)
    await settleContent(fqdn, site)
    if (site.tls.asked) await makeMissingKey(site.tls.asked)
    if (site.database) await ensureDatabase(site.database, site.id)
    if (site.access) await openAccess(site)
    else await closeAccess(site)
  } else if (site.state === 'archived') await lockAccess(site)
}

/** The sign-in that was given out works, also after a removal was taken back. */
async function openAccess(site: SiteRecord): Promise<void> {
  await lockPassword(site.id, false)
  if (site.database) await unlockDatabase(site.database, site.id)
}

/** Nobody signs in while the site is away; the password is kept for its return. */
async function lockAccess(site: SiteRecord): Promise<void> {
  if (!(await findAccount(unixUserOf(site.id)))) return
  await lockPassword(site.id, true)
  if (site.database) await lockDatabase(site.database, site.id)
}

/** Nobody has been given a sign-in, or it was taken back for good; files and data stay as they are. */
async function closeAccess(site: SiteRecord): Promise<void> {
  await takePassword(site.id)
  if (site.database) await lockDatabase(site.database, site.id)
}

/** What follows once the configuration no longer speaks of the site: then nothing of it is in use. */
export async function concludeName(record: NameRecord): Promise<NameRecord> {
  for (const site of record.sites) {
    if (site.state !== 'gone') continue
    if (site.database) await dropDatabase(site.database, site.id)
    await removeUser(site.id)
    await removeContent(site.id)
  }
  const sites = record.sites.filter(({ state }) => state !== 'gone').map(withoutUsedUp)
  for (const site of record.sites) await removeKeys(site.id, sites)
  const concluded = { ...record, pending: false, sites }
  await saveRecord(concluded)
  return concluded
}
