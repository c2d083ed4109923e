import type { Stats } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'

import {
  componentsOf,
  FileRefused,
  type Listed,
  type OpenFile,
  type OpenWish,
  type SiteFiles,
} from './site-files.ts'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

const HANDLES_MAX = 128
/** Requests a client may have under way; well-behaved ones keep 64. */
const PENDING_MAX = 1_024
/** One answer to a read; clients ask again for the rest. */
const READ_MAX_BYTES = 64 * 1024
const NAMES_PER_ANSWER = 100
/** A client that takes no answers for this long is let go. */
const UNREAD_MAX_MS = 60_000
const UNREAD_POLL_MS = 20

type Opened = { kind: 'file'; file: OpenFile } | { kind: 'folder'; left: Listed[] }

/** Status codes for what the system or our own rules said. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ENOENT: STATUS_CODE.NO_SUCH_FILE,
  ENOTDIR: STATUS_CODE.NO_SUCH_FILE,
  EACCES: STATUS_CODE.PERMISSION_DENIED,
  EPERM: STATUS_CODE.PERMISSION_DENIED,
  ELOOP: STATUS_CODE.PERMISSION_DENIED,
}

/** Words for the client; never the system's own, which name paths of the host. */
const WORDS_OF: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such folder',
  EEXIST: 'exists already',
  ENOTEMPTY: 'the folder is not empty',
  EISDIR: 'is a folder',
  ELOOP: 'links are not allowed',
  ENOSPC: 'the disk of the host is full',
}

const S_IFDIR_0755 = 0o040_755
const S_IFREG_0644 = 0o100_644

function attributesOf(stats: Stats): Attributes {
  const mode = stats.isDirectory() ? S_IFDIR_0755 : stats.isFile() ? S_IFREG_0644 : stats.mode
  const seconds = (ms: number) => Math.max(0, Math.floor(ms / 1000))
  return {
    mode,
    uid: 0,
    gid: 0,
    size: stats.size,
    atime: seconds(stats.atimeMs),
    mtime: seconds(stats.mtimeMs),
  }
}

/** One line as `ls -l` prints it, which is what clients show. */
function longNameOf({ name, stats }: Listed): string {
  const type = stats.isDirectory() ? 'drwxr-xr-x' : stats.isFile() ? '-rw-r--r--' : '?---------'
  const date = stats.mtime.toISOString().slice(0, 16).replace('T', ' ')
  return `${type} 1 situs situs ${String(stats.size).padStart(12)} ${date} ${name}`
}

function wishOf(flags: number): OpenWish {
  const has = (bit: number) => (flags & bit) !== 0
  return {
    read: has(OPEN_MODE.READ),
    write: has(OPEN_MODE.WRITE) || has(OPEN_MODE.APPEND),
    append: has(OPEN_MODE.APPEND),
    create: has(OPEN_MODE.CREAT),
    truncate: has(OPEN_MODE.TRUNC),
    exclusive: has(OPEN_MODE.EXCL),
  }
}

/** One SFTP session (protocol version 3): answers requests in their order, one at a time. */
export class SftpSession {
  readonly #sftp: SFTPWrapper
  readonly #files: SiteFiles
  readonly #isAllowed: () => boolean
  readonly #end: () => void
  readonly #opened = new Map<number, Opened>()
  #nextHandle = 1
  #pending = 0
  #tail: Promise<void> = Promise.resolve()

  /**
   * @param isAllowed asked before every request, so that a rotated password ends even a session that
   * cannot be reached any more
   * @param end closes the connection
   */
  constructor(sftp: SFTPWrapper, files: SiteFiles, isAllowed: () => boolean, end: () => void) {
    this.#sftp = sftp
    this.#files = files
    this.#isAllowed = isAllowed
    this.#end = end
    this.#listenForFiles()
    this.#listenForNames()
    sftp.on('close', () => void this.#closeAll())
    // The client has said its last word; it waits for the channel to be closed from our side too.
    sftp.on('end', () => void this.#finish())
  }

  #listenForFiles(): void {
    const sftp = this.#sftp
    sftp.on('OPEN', (id, path, flags) => this.#answer(id, () => this.#open(id, path, flags)))
    sftp.on('READ', (id, handle, offset, length) =>
      this.#answer(id, async () => {
        const file = this.#file(handle)
        const data = await this.#files.read(file, safeOffset(offset), Math.min(length, READ_MAX_BYTES))
        if (data.length === 0) sftp.status(id, STATUS_CODE.EOF)
        else sftp.data(id, data)
      }),
    )
    sftp.on('WRITE', (id, handle, offset, data) =>
      this.#done(id, () => this.#files.write(this.#file(handle), safeOffset(offset), data)),
    )
    sftp.on('FSTAT', (id, handle) =>
      this.#answer(id, async () => sftp.attrs(id, attributesOf(await this.#file(handle).handle.stat()))),
    )
    sftp.on('FSETSTAT', (id, handle, attrs) => this.#done(id, () => this.#setHandle(handle, attrs)))
    sftp.on('CLOSE', (id, handle) => this.#done(id, () => this.#close(handle)))
  }

  #listenForNames(): void {
    const sftp = this.#sftp
    const stat = (id: number, path: string) =>
      this.#answer(id, async () => sftp.attrs(id, attributesOf(await this.#files.stat(componentsOf(path)))))
    sftp.on('STAT', stat)
    sftp.on('LSTAT', stat)
    sftp.on('OPENDIR', (id, path) =>
      this.#answer(id, async () => {
        this.#refuseManyHandles()
        const left = await this.#files.list(componentsOf(path))
        sftp.handle(id, this.#remember({ kind: 'folder', left }))
      }),
    )
    sftp.on('READDIR', (id, handle) => this.#answer(id, async () => this.#readFolder(id, handle)))
    sftp.on('SETSTAT', (id, path, attrs) => this.#done(id, () => this.#setPath(path, attrs)))
    sftp.on('REMOVE', (id, path) => this.#done(id, () => this.#files.removeFile(componentsOf(path))))
    sftp.on('RMDIR', (id, path) => this.#done(id, () => this.#files.removeFolder(componentsOf(path))))
    sftp.on('MKDIR', (id, path) => this.#done(id, () => this.#files.makeFolder(componentsOf(path))))
    sftp.on('RENAME', (id, from, to) =>
      this.#done(id, () => this.#files.rename(componentsOf(from), componentsOf(to))),
    )
    sftp.on('REALPATH', (id, path) =>
      this.#answer(id, async () => {
        const filename = `/${componentsOf(path).join('/')}`
        sftp.name(id, [{ filename, longname: filename, attrs: {} as Attributes }])
      }),
    )
    const refuse = (id: number) =>
      this.#done(id, async () => {
        throw new FileRefused('EACCES', 'links are not allowed')
      })
    sftp.on('SYMLINK', refuse)
    sftp.on('READLINK', refuse)
    sftp.on('EXTENDED', (id) => this.#answer(id, async () => sftp.status(id, STATUS_CODE.OP_UNSUPPORTED)))
  }

  /** Queues a request; whatever fails in it is answered with a status. */
  #answer(id: number, task: () => Promise<unknown>): void {
    this.#pending += 1
    if (this.#pending > PENDING_MAX) return this.#end()
    this.#tail = this.#run(this.#tail, id, task)
  }

  async #run(earlier: Promise<void>, id: number, task: () => Promise<unknown>): Promise<void> {
    await earlier
    try {
      if (!this.#isAllowed()) throw new FileRefused('EACCES', 'the access has been changed')
      await this.#roomToAnswer()
      await task()
    } catch (error) {
      this.#refuse(id, error)
    } finally {
      this.#pending -= 1
    }
  }

  #done(id: number, task: () => Promise<unknown>): void {
    this.#answer(id, async () => {
      await task()
      this.#sftp.status(id, STATUS_CODE.OK)
    })
  }

  #refuse(id: number, error: unknown): void {
    const code = (error as { code?: unknown }).code
    const known = typeof code === 'string' ? code : ''
    const words = error instanceof FileRefused ? error.message : (WORDS_OF[known] ?? 'not possible')
    this.#sftp.status(id, STATUS_OF[known] ?? STATUS_CODE.FAILURE, words)
  }

  /** Waits while the client has not taken earlier answers (RFC 4254 section 5.2), to bound our memory. */
  async #roomToAnswer(): Promise<void> {
    const { outgoing } = this.#sftp as unknown as { outgoing: { window: number; state: string } }
    for (let waitedMs = 0; outgoing.window === 0 && outgoing.state === 'open'; waitedMs += UNREAD_POLL_MS) {
      if (waitedMs >= UNREAD_MAX_MS) return this.#end()
      await sleep(UNREAD_POLL_MS)
    }
  }

  #refuseManyHandles(): void {
    if (this.#opened.size >= HANDLES_MAX) throw new FileRefused('EINVAL', 'too many open files')
  }

  #remember(opened: Opened): Buffer {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(this.#nextHandle)
    this.#opened.set(this.#nextHandle++, opened)
    return handle
  }

  #find(handle: Buffer): Opened {
    const opened = handle.length === 4 ? this.#opened.get(handle.readUInt32BE()) : undefined
    if (!opened) throw new FileRefused('EINVAL', 'not an open file')
    return opened
  }

  #file(handle: Buffer): OpenFile {
    const opened = this.#find(handle)
    if (opened.kind !== 'file') throw new FileRefused('EISDIR', 'is a folder')
    return opened.file
  }

  async #open(id: number, path: string, flags: number): Promise<void> {
    this.#refuseManyHandles()
    const file = await this.#files.open(componentsOf(path), wishOf(flags))
    this.#sftp.handle(id, this.#remember({ kind: 'file', file }))
  }

  #readFolder(id: number, handle: Buffer): void {
    const opened = this.#find(handle)
    if (opened.kind !== 'folder') throw new FileRefused('EINVAL', 'not a folder')
    const some = opened.left.splice(0, NAMES_PER_ANSWER)
    if (some.length === 0) {
      this.#sftp.status(id, STATUS_CODE.EOF)
      return
    }
    const names = some.map((listed) => ({
      filename: listed.name,
      longname: longNameOf(listed),
      attrs: attributesOf(listed.stats),
    }))
    this.#sftp.name(id, names)
  }

  async #close(handle: Buffer): Promise<void> {
    const opened = this.#find(handle)
    this.#opened.delete(handle.readUInt32BE())
    if (opened.kind === 'file') await this.#files.close(opened.file)
  }

  /** Sizes and times are the owner's; modes and owners are the host's and stay as they are, silently. */
  async #setHandle(handle: Buffer, attrs: Partial<Attributes>): Promise<void> {
    const file = this.#file(handle)
    if (attrs.size !== undefined) await this.#files.resize(file, safeOffset(attrs.size))
    const { atime, mtime } = attrs
    if (atime !== undefined && mtime !== undefined) await file.handle.utimes(atime, mtime)
  }

  async #setPath(path: string, attrs: Partial<Attributes>): Promise<void> {
    const components = componentsOf(path)
    await this.#files.stat(components)
    if (attrs.size !== undefined) await this.#resizePath(components, safeOffset(attrs.size))
    const { atime, mtime } = attrs
    if (atime !== undefined && mtime !== undefined) {
      await this.#files.setTimes(components, new Date(atime * 1000), new Date(mtime * 1000))
    }
  }

  async #resizePath(components: string[], size: number): Promise<void> {
    const wish = { read: false, write: true, append: false, create: false, truncate: false, exclusive: false }
    const file = await this.#files.open(components, wish)
    try {
      await this.#files.resize(file, size)
    } finally {
      await this.#files.close(file)
    }
  }

  async #finish(): Promise<void> {
    await this.#closeAll()
    this.#sftp.end()
  }

  /** After the last request, so that no file is closed under one that is still being written. */
  async #closeAll(): Promise<void> {
    await this.#tail
    const files = [...this.#opened.values()]
    this.#opened.clear()
    for (const opened of files) if (opened.kind === 'file') await this.#files.close(opened.file)
  }
}

function safeOffset(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new FileRefused('EINVAL', 'not a position in a file')
}
