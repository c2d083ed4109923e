import {
  chmod,
  chown,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { join } from 'node:path'

import { maintenancePage, missingPage, startingPage } from '../../domain/hosting/host-pages.ts'
import { putInPlace, replaceFile, sideBySide, syncDirectory } from '../sites/durable.ts'
import {
  diskLimit,
  dropGroup,
  isGroupMarker,
  isOverLimit,
  makeLimitedFolder,
  removeFolder,
  stagingPath,
} from './disk-limit.ts'
import { places, proofsDir, siteDir, versionDir } from './places.ts'
import type { SiteRecord } from './record.ts'
import { accountOf, webAccount } from './unix-user.ts'

/** Readable by the owner and, through its group, by the web server; to nobody else. New files inherit the group. */
const CONTENT_FOLDER = 0o2750
const CONTENT_FILE = 0o640

/** Lies among the owner's files for a moment, because a file cannot be moved into a limited folder from outside. */
const HALF_WRITTEN = '.ranah-next'

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Removes what runs before this one left behind: killed ones, and those of this very process. */
export async function clearStaging(): Promise<void> {
  for (const name of await readdir(places.staging).catch(() => [])) {
    const isMine = name.startsWith(`${process.pid}-`)
    if (!isMine && (await exists(`/proc/${name.split('-')[0]}`))) continue
    const path = join(places.staging, name)
    await (isGroupMarker(path) ? dropGroup(path) : removeFolder(path))
  }
}

/** Gives staged content to the owner of the site. */
export async function handOver(id: string, path: string): Promise<void> {
  const [{ uid }, { gid }] = await Promise.all([accountOf(id), webAccount()])
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const inner = join(folder, entry.name)
      if (entry.isDirectory()) await walk(inner)
      else {
        await lchown(inner, uid, gid)
        await chmod(inner, CONTENT_FILE)
      }
    }
    await chown(folder, uid, gid)
    await chmod(folder, CONTENT_FOLDER)
  }
  await walk(path)
}

/** Makes the folder of a live site agree with its record. */
export async function settleContent(fqdn: string, site: SiteRecord): Promise<void> {
  const folder = siteDir(site.id)
  const account = await accountOf(site.id)
  const web = await webAccount()
  // sshd wants every part of a chroot to be root's and writable by nobody else.
  await ownFolder(folder, 0o755, 0, 0)
  await ownFolder(join(folder, 'versions'), 0o711, 0, 0)
  await ownFolder(join(folder, 'pages'), 0o750, 0, web.gid)
  await ownFolder(proofsDir(site.id), 0o750, 0, web.gid)
  await ownLimitedFolder(join(folder, 'logs'), 0o750, 0, account.gid)
  await ownLimitedFolder(join(folder, 'tmp'), 0o700, account.uid, account.gid)
  // PHP writes it as the owner, in a folder where the owner cannot put anything else.
  await (await open(join(folder, 'logs', 'php.log'), 'a', 0o640)).close()
  await own(join(folder, 'logs', 'php.log'), 0o640, account.uid, account.gid)
  const description = { ...site, fqdn }
  const live = site.versions[0]!
  // Each is synced; together they wait for the disk once.
  await sideBySide([
    replacePage(join(folder, 'pages', '404.html'), missingPage(description)),
    replacePage(join(folder, 'pages', 'maintenance.html'), maintenancePage(description)),
    settleProofs(site),
    live.origin === 'starting-page'
      ? layStartingPage(site, live.id, startingPage(description))
      : Promise.resolve(),
  ])
  await switchLink(join(folder, 'www'), `versions/${live.id}`)
  for (const name of await readdir(join(folder, 'versions'))) {
    if (site.versions.some(({ id }) => id === name)) continue
    await removeFolder(join(folder, 'versions', name))
  }
}

/** Exactly the proofs of the record are shown. */
async function settleProofs({ id, tls }: SiteRecord): Promise<void> {
  for (const name of await readdir(proofsDir(id))) {
    if (!tls.proofs.some(({ token }) => token === name)) await rm(join(proofsDir(id), name))
  }
  for (const { token, content } of tls.proofs) await replacePage(join(proofsDir(id), token), content)
}

/** A starting page that was never written, whole and in one move. */
async function layStartingPage(site: SiteRecord, version: string, html: string): Promise<void> {
  const folder = versionDir(site.id, version)
  if (await exists(folder)) return rm(join(folder, HALF_WRITTEN), { force: true })
  const staged = stagingPath()
  await makeLimitedFolder(staged)
  await replaceFile(join(staged, 'index.html'), html)
  await handOver(site.id, staged)
  await putInPlace(staged, folder)
}

/** Whether nothing lies in a site but its starting page, as it was laid there. */
export async function isAsLaid(fqdn: string, site: SiteRecord): Promise<boolean> {
  const live = site.versions[0]!
  if (live.origin !== 'starting-page') return false
  const folder = versionDir(site.id, live.id)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name !== HALF_WRITTEN)
  if (names.length === 0) return true
  if (names.join() !== 'index.html') return false
  return (await readFile(join(folder, 'index.html'), 'utf8')) === startingPage({ ...site, fqdn })
}

/** A starting page nobody has touched speaks with the new description; own content is left alone. */
export async function refreshStartingPage(
  fqdn: string,
  before: SiteRecord,
  after: SiteRecord,
): Promise<void> {
  const live = before.versions[0]!
  if (live.origin !== 'starting-page') return
  const folder = versionDir(before.id, live.id)
  const shown = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
  if (shown !== startingPage({ ...before, fqdn })) return
  try {
    await replaceAsOwner(folder, 'index.html', startingPage({ ...after, fqdn }), before.id)
  } catch (error) {
    // A site that is full keeps the page it has; everything else about it changes.
    if (!isOverLimit(error)) throw error
  }
}

/**
 * Replaces a file among the owner's own, who may change anything beside it meanwhile: nothing is done by name but
 * the making of a new file and its last move.
 */
async function replaceAsOwner(folder: string, name: string, content: string, id: string): Promise<void> {
  const [{ uid }, { gid }] = await Promise.all([accountOf(id), webAccount()])
  const fresh = join(folder, HALF_WRITTEN)
  await rm(fresh, { force: true })
  const handle = await open(fresh, 'wx', CONTENT_FILE)
  try {
    await handle.writeFile(content)
    await handle.chown(uid, gid)
    await handle.chmod(CONTENT_FILE)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, join(folder, name))
  await syncDirectory(folder)
}

async function ownFolder(path: string, mode: number, uid: number, gid: number): Promise<void> {
  await mkdir(path, { recursive: true, mode })
  await own(path, mode, uid, gid)
}

/** A folder in which the owner's programs write: whole and within its limit before it has its name. */
async function ownLimitedFolder(path: string, mode: number, uid: number, gid: number): Promise<void> {
  if ((await diskLimit()) !== 'enforced' || (await exists(path))) return ownFolder(path, mode, uid, gid)
  const staged = stagingPath()
  await makeLimitedFolder(staged)
  await own(staged, mode, uid, gid)
  await rename(staged, path)
}

/** Changes only what differs: in a folder that is full even its owner cannot be written down again. */
async function own(path: string, mode: number, uid: number, gid: number): Promise<void> {
  const now = await stat(path)
  if (now.uid !== uid || now.gid !== gid) await chown(path, uid, gid)
  if ((now.mode & 0o7777) !== mode) await chmod(path, mode)
}

async function replacePage(path: string, html: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === html) return
  await replaceFile(path, html)
  await chown(path, 0, (await webAccount()).gid)
  await chmod(path, CONTENT_FILE)
}

/** Points a link elsewhere in one step: a visitor sees the old or the new content, never none. */
export async function switchLink(link: string, target: string): Promise<void> {
  if ((await readlink(link).catch(() => null)) === target) return
  const fresh = `${link}.next`
  await rm(fresh, { force: true })
  await symlink(target, fresh)
  await rename(fresh, link)
  await syncDirectory(join(link, '..'))
}

export async function removeContent(id: string): Promise<void> {
  const folder = siteDir(id)
  const versions = await readdir(join(folder, 'versions')).catch(() => [])
  const limited = [...versions.map((name) => join('versions', name)), 'tmp', 'logs']
  for (const name of limited) await removeFolder(join(folder, name))
  await rm(folder, { recursive: true, force: true })
}

export async function usedBytes(id: string): Promise<number> {
  let bytes = 0
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const inner = join(folder, entry.name)
      if (entry.isDirectory()) await walk(inner)
      else bytes += (await stat(inner).catch(() => null))?.size ?? 0
    }
  }
  await walk(join(siteDir(id), 'versions'))
  return bytes
}
