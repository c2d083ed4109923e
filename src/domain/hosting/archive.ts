import { Refused } from '../refused.ts'
import { archiveText } from '../text/archive.ts'

const MEBIBYTE = 1024 * 1024

/** The archive as it is sent. */
export const ARCHIVE_MAX_BYTES = 256 * MEBIBYTE
/** One unpacked file. */
export const ARCHIVE_FILE_MAX_BYTES = 256 * MEBIBYTE
export const ARCHIVE_MAX_ENTRIES = 20_000
export const ARCHIVE_PATH_MAX_BYTES = 1024
export const ARCHIVE_NAME_MAX_BYTES = 255
export const ARCHIVE_MAX_DEPTH = 32
/** Real pages shrink up to about 30 times; deflate itself reaches 1032. */
const ARCHIVE_MAX_RATIO = 100
/** Below this size a high ratio does no harm (a file of blanks). */
const ARCHIVE_RATIO_FREE_BYTES = 10 * MEBIBYTE

/** Fixed part of a local file header (APPNOTE 4.3.7), the least that stands before the data of an entry. */
const LOCAL_HEADER_BYTES = 30
/** File type bits of a Unix mode, and the types among them that may be unpacked. */
const UNIX_TYPE_MASK = 0o170_000
const UNIX_FILE = 0o100_000
const UNIX_FOLDER = 0o040_000
const UNIX_LINK = 0o120_000

/** One line of an archive's central directory. */
export type ArchiveEntry = {
  /** As decoded; a folder ends with a slash. */
  readonly path: string
  readonly nameBytes: number
  readonly packedBytes: number
  readonly bytes: number
  /** Upper 16 bits of the external attributes: a Unix mode, or 0 when made elsewhere. */
  readonly unixMode: number
  readonly encrypted: boolean
  /** 0 stored, 8 deflated (APPNOTE 4.4.5). */
  readonly method: number
  /** Where its local header begins. */
  readonly offset: number
}

export type ArchivePlan = {
  /** Files to unpack: index of the entry and where it goes below the site's root. */
  readonly files: readonly {
    readonly index: number
    readonly path: readonly string[]
    readonly bytes: number
  }[]
  readonly folders: readonly (readonly string[])[]
  readonly bytes: number
  /** A single folder around everything that was taken off, e.g. `situs-kami`. */
  readonly strippedFolder: string | null
  readonly hasIndex: boolean
}

/** What desktop systems put into archives unasked; left out without a word. */
function isDesktopLitter(path: readonly string[]): boolean {
  const name = path.at(-1)!
  return path[0] === '__MACOSX' || name === '.DS_Store' || name === 'Thumbs.db' || name === 'desktop.ini'
}

function pathOf(entry: ArchiveEntry): readonly string[] {
  const { path } = entry
  const refuse = (text: (path: string) => { id: string; en: string }) =>
    new Refused('archive-path', text(shown(path)))
  if (path.includes('\\')) throw refuse(archiveText.backslash)
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) throw refuse(archiveText.absolute)
  if (/[\u0000-\u001f\u007f\ufffd]/.test(path)) throw refuse(archiveText.badName)
  const parts = path.replace(/\/$/, '').split('/')
  if (parts.includes('..')) throw refuse(archiveText.climbs)
  // `.. ` is a name here, and on other systems the folder above
  if (parts.includes('') || parts.some((part) => /^[. ]+$/.test(part))) throw refuse(archiveText.badName)
  const tooLong = parts.some((part) => Buffer.byteLength(part) > ARCHIVE_NAME_MAX_BYTES)
  if (tooLong || Buffer.byteLength(path) > ARCHIVE_PATH_MAX_BYTES || parts.length > ARCHIVE_MAX_DEPTH) {
    throw refuse(archiveText.longName)
  }
  return parts
}

/** A hostile name, fit to be repeated in a sentence. */
function shown(path: string): string {
  return path.replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?').slice(0, 120)
}

function refuseKind(entry: ArchiveEntry): void {
  const type = entry.unixMode & UNIX_TYPE_MASK
  const name = shown(entry.path)
  if (type === UNIX_LINK) throw new Refused('archive-link', archiveText.link(name))
  const isFolder = entry.path.endsWith('/')
  if (type !== 0 && type !== (isFolder ? UNIX_FOLDER : UNIX_FILE)) {
    throw new Refused('archive-special-file', archiveText.specialFile(name))
  }
  if (isFolder && entry.bytes > 0) throw new Refused('archive-malformed', archiveText.malformed)
  if (entry.encrypted) throw new Refused('archive-encrypted', archiveText.encrypted(name))
  if (entry.method !== 0 && entry.method !== 8) {
    throw new Refused('archive-method', archiveText.method(name))
  }
}

function refuseSizes(entries: readonly ArchiveEntry[], maxBytes: number): void {
  if (entries.length > ARCHIVE_MAX_ENTRIES) {
    throw new Refused('archive-too-many', archiveText.tooMany(ARCHIVE_MAX_ENTRIES), { status: 413 })
  }
  let bytes = 0
  let packed = 0
  for (const entry of entries) {
    if (entry.bytes > ARCHIVE_FILE_MAX_BYTES) {
      const text = archiveText.fileTooLarge(shown(entry.path), ARCHIVE_FILE_MAX_BYTES / MEBIBYTE)
      throw new Refused('archive-too-large', text, { status: 413 })
    }
    bytes += entry.bytes
    packed += entry.packedBytes
  }
  if (bytes > maxBytes) {
    const text = archiveText.tooLarge(Math.ceil(bytes / MEBIBYTE), Math.floor(maxBytes / MEBIBYTE))
    throw new Refused('archive-too-large', text, { status: 413 })
  }
  if (bytes > ARCHIVE_RATIO_FREE_BYTES && bytes > packed * ARCHIVE_MAX_RATIO) {
    throw new Refused('archive-bomb', archiveText.bomb, { status: 413 })
  }
}

/** Entries whose data overlap unpack the same bytes many times over: the bomb that needs no nesting. */
function refuseOverlaps(entries: readonly ArchiveEntry[]): void {
  const byOffset = [...entries].sort((a, b) => a.offset - b.offset)
  let end = 0
  for (const { offset, nameBytes, packedBytes } of byOffset) {
    if (offset < end) throw new Refused('archive-overlap', archiveText.overlap)
    end = offset + LOCAL_HEADER_BYTES + nameBytes + packedBytes
  }
}

/** Names that are one and the same to a case-blind or composing file system (RFC 5198 section 3). */
const folded = (path: readonly string[]) => path.join('/').normalize('NFC').toLowerCase()

function refuseCollisions(paths: readonly (readonly string[])[], isFolder: (index: number) => boolean): void {
  const seen = new Map<string, { exact: string; folder: boolean }>()
  const add = (path: readonly string[], folder: boolean, implied: boolean) => {
    const exact = path.join('/')
    const other = seen.get(folded(path))
    const isSameFolder = other?.folder === true && folder && other.exact === exact
    if (other && !(isSameFolder && implied)) {
      throw new Refused('archive-duplicate', archiveText.duplicate(shown(other.exact), shown(exact)))
    }
    if (!other) seen.set(folded(path), { exact, folder })
  }
  // Folders named on their own come first, so that one named twice is told from one merely passed through.
  paths.forEach((path, index) => isFolder(index) && add(path, true, false))
  paths.forEach((path, index) => !isFolder(index) && add(path, false, false))
  for (const path of paths) {
    for (let depth = 1; depth < path.length; depth++) add(path.slice(0, depth), true, true)
  }
}

/**
 * A folder around the whole site is taken off only when everything lies in it and it holds the
 * `index.html`: then nothing else can have been meant.
 */
function folderToStrip(
  paths: readonly (readonly string[])[],
  files: readonly (readonly string[])[],
): string | null {
  const first = paths[0]?.[0]
  if (first === undefined || first === '.well-known') return null
  if (!paths.every((path) => path[0] === first)) return null
  return files.some((path) => path.length === 2 && path[1] === 'index.html') ? first : null
}

/**
 * Decides from the central directory alone whether an archive may be unpacked as a site, and into what.
 * @param maxBytes most bytes the unpacked site may have
 * @throws Refused `archive-path`, `-link`, `-special-file`, `-encrypted`, `-method`, `-too-many`,
 * `-too-large`, `-bomb`, `-overlap`, `-duplicate`, `-malformed` or `-empty`
 */
export function planArchive(entries: readonly ArchiveEntry[], maxBytes: number): ArchivePlan {
  refuseSizes(entries, maxBytes)
  const parsed = entries.map((entry, index) => {
    refuseKind(entry)
    return { index, entry, path: pathOf(entry), folder: entry.path.endsWith('/') }
  })
  refuseOverlaps(entries)
  refuseCollisions(
    parsed.map(({ path }) => path),
    (index) => parsed[index]!.folder,
  )
  const kept = parsed.filter(({ path }) => !isDesktopLitter(path))
  const files = kept.filter(({ folder }) => !folder)
  if (files.length === 0) throw new Refused('archive-empty', archiveText.empty)
  const strippedFolder = folderToStrip(
    kept.map(({ path }) => path),
    files.map(({ path }) => path),
  )
  const below = (path: readonly string[]) => (strippedFolder === null ? path : path.slice(1))
  return {
    files: files.map(({ index, path, entry }) => ({ index, path: below(path), bytes: entry.bytes })),
    folders: kept
      .filter(({ folder, path }) => folder && below(path).length > 0)
      .map(({ path }) => below(path)),
    bytes: files.reduce((sum, { entry }) => sum + entry.bytes, 0),
    strippedFolder,
    hasIndex: files.some(({ path }) => below(path).join('/') === 'index.html'),
  }
}
