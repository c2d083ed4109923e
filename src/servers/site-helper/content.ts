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
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import { maintenancePage, missingPage, startingPage } from '../../domain/hosting/host-pages.ts'
import { moveDirectory, replaceFile, syncDirectory } from '../sites/durable.ts'
import { places, proofsDir, siteDir, versionDir } from './places.ts'
import type { SiteRecord } from './record.ts'
import { accountOf, webAccount } from './unix-user.ts'

/** Readable by the owner and, through its group, by the web server; to nobody else. New files inherit the group. */
const CONTENT_FOLDER = 0o2750
const CONTENT_FILE = 0o640

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** A fresh name in the staging area; it says whose it is, so that only what a dead process left is cleared. */
export function stagingPath(): string {
  return join(places.staging, `${process.pid}-${randomBytes(8).toString('hex')}`)
}

/** Removes what killed runs left behind. */
export async function clearStaging(): Promise<void> {
  for (const name of await readdir(places.staging).catch(() => [])) {
    const isMine = name.startsWith(`${process.pid}-`)
    if (isMine || (await exists(`/proc/${name.split('-')[0]}`))) continue
    await rm(join(places.staging, name), { recursive: true, force: true })
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
  await ownFolder(join(folder, 'logs'), 0o750, 0, account.gid)
  await ownFolder(join(folder, 'tmp'), 0o700, account.uid, account.gid)
  // PHP writes it as the owner, in a folder where the owner cannot put anything else.
  await (await open(join(folder, 'logs', 'php.log'), 'a', 0o640)).close()
  await chown(join(folder, 'logs', 'php.log'), account.uid, account.gid)
  const description = { ...site, fqdn }
  await replacePage(join(folder, 'pages', '404.html'), missingPage(description))
  await replacePage(join(folder, 'pages', 'maintenance.html'), maintenancePage(description))
  await settleProofs(site)
  const live = site.versions[0]!
  if (live.origin === 'starting-page') await layStartingPage(site, live.id, startingPage(description))
  await switchLink(join(folder, 'www'), `versions/${live.id}`)
  for (const name of await readdir(join(folder, 'versions'))) {
    if (site.versions.some(({ id }) => id === name)) continue
    await rm(join(folder, 'versions', name), { recursive: true, force: true })
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
  if (await exists(versionDir(site.id, version))) return
  const staged = stagingPath()
  await mkdir(staged)
  await replaceFile(join(staged, 'index.html'), html)
  await handOver(site.id, staged)
  await moveDirectory(staged, versionDir(site.id, version))
}

/** A starting page nobody has touched speaks with the new description; own content is left alone. */
export async function refreshStartingPage(
  fqdn: string,
  before: SiteRecord,
  after: SiteRecord,
): Promise<void> {
  const live = before.versions[0]!
  if (live.origin !== 'starting-page') return
  const file = join(versionDir(before.id, live.id), 'index.html')
  const shown = await readFile(file, 'utf8').catch(() => null)
  if (shown !== startingPage({ ...before, fqdn })) return
  const staged = stagingPath()
  await mkdir(staged)
  await replaceFile(join(staged, 'index.html'), startingPage({ ...after, fqdn }))
  await handOver(before.id, staged)
  await rename(join(staged, 'index.html'), file)
  await rm(staged, { recursive: true })
}

async function ownFolder(path: string, mode: number, uid: number, gid: number): Promise<void> {
  await mkdir(path, { recursive: true, mode })
  await chown(path, uid, gid)
  await chmod(path, mode)
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
  await rm(siteDir(id), { recursive: true, force: true })
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
