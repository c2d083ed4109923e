import { createHash } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

import { sideBySide, syncAll, syncDirectory } from '../sites/durable.ts'
import { switchLink } from './content.ts'
import { places } from './places.ts'

/** Path below the generation (`nginx/NAME.conf`, `php/NAME.conf`) to its text. */
export type Files = ReadonlyMap<string, string>

const PREFIX = 'generation-'
const FOLDERS = ['nginx', 'php']

export function digestOf(files: Files, below = ''): string {
  const hash = createHash('sha256')
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.startsWith(below)) hash.update(`${path}\0${text}\0`)
  }
  return hash.digest('hex').slice(0, 24)
}

/** The configuration in force; empty before the first. */
export async function readCurrent(): Promise<Files> {
  const files = new Map<string, string>()
  for (const folder of FOLDERS) {
    for (const name of await readdir(join(places.current, folder)).catch(() => [])) {
      files.set(join(folder, name), await readFile(join(places.current, folder, name), 'utf8'))
    }
  }
  return files
}

/** Lays a whole configuration beside the one in force; what did not change is the same file. @returns its folder */
export async function layGeneration(name: string, files: Files, current: Files): Promise<string> {
  const target = join(places.generations, PREFIX + name)
  const staged = `${target}.new`
  await rm(staged, { recursive: true, force: true })
  for (const folder of FOLDERS) await mkdir(join(staged, folder), { recursive: true, mode: 0o755 })
  const changed = [...files].filter(([path, text]) => current.get(path) !== text)
  for (const [path, text] of files)
    if (current.get(path) === text) await link(join(places.current, path), join(staged, path))
  await sideBySide(changed.map(([path, text]) => write(join(staged, path), text)))
  await syncAll([...FOLDERS.map((folder) => join(staged, folder)), staged])
  if ((await currentName()) === basename(target)) return staged
  await rm(target, { recursive: true, force: true })
  await rename(staged, target)
  await syncDirectory(places.generations)
  return target
}

async function write(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o644)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const currentName = () => readlink(places.current).catch(() => null)

/** Puts a generation in force and keeps the one before as the last good one. */
export async function enforce(folder: string): Promise<void> {
  const before = await currentName()
  await switchLink(places.current, basename(folder))
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(PREFIX) || name === before || name === basename(folder)) continue
    await rm(join(places.generations, name), { recursive: true, force: true })
  }
}

/** nginx's own folder, with this generation in place of the one in force: relative names then lead to it. */
export async function layNginxCheck(folder: string): Promise<string> {
  await rm(places.nginxCheck, { recursive: true, force: true })
  await mkdir(places.nginxCheck, { recursive: true, mode: 0o755 })
  for (const name of await readdir(places.nginx)) {
    if (name === 'ranah') continue
    await symlink(join(places.nginx, name), join(places.nginxCheck, name))
  }
  await symlink(join(folder, 'nginx'), join(places.nginxCheck, 'ranah'))
  return join(places.nginxCheck, 'nginx.conf')
}
