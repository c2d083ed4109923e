import { constants, type Stats } from 'node:fs'
import {
  type FileHandle,
  lstat,
  lutimes,
  mkdir,
  open,
  readdir,
  rename,
  rmdir,
  unlink,
} from 'node:fs/promises'

import { entryOf, openDirectory, withParent } from './beneath.ts'
import type { SiteStore } from './site-store.ts'
import { ENTRIES_MAX_PER_SITE, type UsageBook } from './usage.ts'

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants
const NAME_MAX_BYTES = 255
const DEPTH_MAX = 32

/** Why a file operation of a site's owner is refused; the codes are those a file system would use. */
export class FileRefused extends Error {
  readonly code: 'EACCES' | 'EDQUOT' | 'EEXIST' | 'EISDIR' | 'EINVAL' | 'ESTALE'

  constructor(code: FileRefused['code'], message: string) {
    super(message)
    this.name = 'FileRefused'
    this.code = code
  }
}

/** How to open a file: the flags of SSH_FXP_OPEN (draft-ietf-secsh-filexfer-02 section 6.3). */
export type OpenWish = {
  readonly read: boolean
  readonly write: boolean
  readonly append: boolean
  readonly create: boolean
  readonly truncate: boolean
  readonly exclusive: boolean
}

export type OpenFile = { readonly handle: FileHandle; readonly root: string; readonly wish: OpenWish }
export type Listed = { readonly name: string; readonly stats: Stats }

/**
 * The path of an SFTP client as names below the site's root. The client's `..` climb within the site and
 * stop at its root; the system never sees one.
 */
export function componentsOf(path: string): string[] {
  const components: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') components.pop()
    else components.push(part)
  }
  const isBad = (name: string) =>
    Buffer.byteLength(name) > NAME_MAX_BYTES || /[\u0000-\u001f\u007f\ufffd]/.test(name)
  if (components.length > DEPTH_MAX || components.some(isBad)) {
    throw new FileRefused('EINVAL', 'name not allowed')
  }
  return components
}

function flagsOf(wish: OpenWish): number {
  const access = wish.write ? (wish.read ? O_RDWR : O_WRONLY) : O_RDONLY
  const creates = wish.write && wish.create
  return (
    access |
    O_NOFOLLOW |
    O_NONBLOCK |
    (wish.append ? O_APPEND : 0) |
    (creates ? O_CREAT : 0) |
    (creates && wish.exclusive ? O_EXCL : 0)
  )
}

/** File operations of one site's owner on the live content: link-free, within the quota, one at a time. */
export class SiteFiles {
  readonly #store: SiteStore
  readonly #usage: UsageBook
  readonly #quotaBytes: number
  readonly #fqdn: string

  constructor(site: { store: SiteStore; usage: UsageBook; quotaBytes: number; fqdn: string }) {
    this.#store = site.store
    this.#usage = site.usage
    this.#quotaBytes = site.quotaBytes
    this.#fqdn = site.fqdn
  }

  /** Resolved anew for each operation, so that after a ZIP went live the next one sees the new content. */
  #root(): string {
    return this.#store.liveDir(this.#store.require(this.#fqdn))
  }

  #changing<T>(task: (root: string) => Promise<T>): Promise<T> {
    return this.#store.exclusively(this.#fqdn, () => task(this.#root()))
  }

  async #refuseBeyondQuota(root: string, bytes: number, entries: number): Promise<void> {
    const used = await this.#usage.of(root)
    if (bytes > 0 && used.bytes + bytes > this.#quotaBytes) {
      throw new FileRefused('EDQUOT', 'the site is full: remove files first')
    }
    if (entries > 0 && used.entries + entries > ENTRIES_MAX_PER_SITE) {
      throw new FileRefused('EDQUOT', 'the site has too many files: remove some first')
    }
  }

  /** As lstat: a link is reported, never followed. */
  stat(components: readonly string[]): Promise<Stats> {
    return withParent(this.#root(), components, (parent, name) => lstat(entryOf(parent, name)))
  }

  async list(components: readonly string[]): Promise<Listed[]> {
    const directory = await openDirectory(this.#root(), components)
    try {
      const listed: Listed[] = []
      for (const name of await readdir(entryOf(directory, '.'))) {
        const stats = await lstat(entryOf(directory, name)).catch(() => null)
        if (stats) listed.push({ name, stats })
      }
      return listed
    } finally {
      await directory.close()
    }
  }

  open(components: readonly string[], wish: OpenWish): Promise<OpenFile> {
    if (components.length === 0) throw new FileRefused('EISDIR', 'is a directory')
    return this.#changing((root) =>
      withParent(root, components, async (parent, name) => {
        const path = entryOf(parent, name)
        const isNew = wish.write && wish.create && (await lstat(path).catch(() => null)) === null
        if (isNew) await this.#refuseBeyondQuota(root, 0, 1)
        const handle = await open(path, flagsOf(wish), 0o644)
        try {
          await this.#prepareOpened(root, handle, wish, isNew)
          return { handle, root, wish }
        } catch (error) {
          await handle.close()
          throw error
        }
      }),
    )
  }

  async #prepareOpened(root: string, handle: FileHandle, wish: OpenWish, isNew: boolean): Promise<void> {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new FileRefused('EISDIR', 'not a plain file')
    await this.#usage.of(root)
    if (isNew) this.#usage.book(root, 0, 1)
    if (wish.write && wish.truncate && stats.size > 0) {
      await handle.truncate(0)
      this.#usage.book(root, -stats.size, 0)
    }
  }

  /** Up to `length` bytes; empty at the end of the file. */
  async read({ handle, wish }: OpenFile, offset: number, length: number): Promise<Buffer> {
    if (!wish.read) throw new FileRefused('EACCES', 'not opened for reading')
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }

  write(file: OpenFile, offset: number, data: Buffer): Promise<void> {
    return this.#changing(async (root) => {
      const before = await this.#writable(file, root)
      const start = file.wish.append ? before.size : offset
      await this.#refuseBeyondQuota(root, start + data.length - before.size, 0)
      try {
        await writeAll(file.handle, data, start)
      } finally {
        this.#usage.book(root, (await file.handle.stat()).size - before.size, 0)
      }
    })
  }

  async #writable(file: OpenFile, root: string): Promise<Stats> {
    if (!file.wish.write) throw new FileRefused('EACCES', 'not opened for writing')
    const stats = await file.handle.stat()
    // Writing on would change a version that visitors no longer see, and nobody would notice.
    if (file.root !== root || stats.nlink === 0) {
      throw new FileRefused('ESTALE', 'the file was removed or the site replaced: open it again')
    }
    return stats
  }

  resize(file: OpenFile, size: number): Promise<void> {
    return this.#changing(async (root) => {
      const { size: before } = await this.#writable(file, root)
      await this.#refuseBeyondQuota(root, size - before, 0)
      await file.handle.truncate(size)
      this.#usage.book(root, size - before, 0)
    })
  }

  setTimes(components: readonly string[], accessed: Date, modified: Date): Promise<void> {
    return this.#changing((root) =>
      withParent(root, components, (parent, name) => lutimes(entryOf(parent, name), accessed, modified)),
    )
  }

  /** Makes written bytes durable before the client is told that the file is closed. */
  async close({ handle, wish }: OpenFile): Promise<void> {
    try {
      if (wish.write) await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  makeFolder(components: readonly string[]): Promise<void> {
    return this.#changing(async (root) => {
      if (components.length === 0) throw new FileRefused('EEXIST', 'exists already')
      await this.#refuseBeyondQuota(root, 0, 1)
      await withParent(root, components, (parent, name) => mkdir(entryOf(parent, name), 0o755))
      this.#usage.book(root, 0, 1)
    })
  }

  removeFolder(components: readonly string[]): Promise<void> {
    return this.#changing(async (root) => {
      if (components.length === 0) throw new FileRefused('EACCES', 'the root of the site stays')
      await this.#usage.of(root)
      await withParent(root, components, (parent, name) => rmdir(entryOf(parent, name)))
      this.#usage.book(root, 0, -1)
    })
  }

  removeFile(components: readonly string[]): Promise<void> {
    return this.#changing(async (root) => {
      await this.#usage.of(root)
      await withParent(root, components, async (parent, name) => {
        const path = entryOf(parent, name)
        const stats = await lstat(path)
        if (stats.isDirectory()) throw new FileRefused('EISDIR', 'is a directory')
        await unlink(path)
        this.#usage.book(root, stats.isFile() ? -stats.size : 0, -1)
      })
    })
  }

  /** Never overwrites (draft-ietf-secsh-filexfer-02 section 6.5). */
  rename(from: readonly string[], to: readonly string[]): Promise<void> {
    if (from.length === 0 || to.length === 0) throw new FileRefused('EACCES', 'the root of the site stays')
    return this.#changing((root) =>
      withParent(root, from, (fromParent, fromName) =>
        withParent(root, to, async (toParent, toName) => {
          const target = entryOf(toParent, toName)
          if (await lstat(target).catch(() => null)) throw new FileRefused('EEXIST', 'exists already')
          await rename(entryOf(fromParent, fromName), target)
        }),
      ),
    )
  }
}

async function writeAll(handle: FileHandle, data: Buffer, start: number): Promise<void> {
  let written = 0
  while (written < data.length) {
    const { bytesWritten } = await handle.write(data, written, data.length - written, start + written)
    written += bytesWritten
  }
}
