import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/*
 * Walking into a site never follows a link, whoever planted it and whenever: each component is opened
 * relative to the open directory before it (through /proc/self/fd, Node's only way to openat) with
 * O_NOFOLLOW, so no rename or swap between a check and its use can lead out.
 */

/** The path of an entry of an open directory; the name must be a single checked component. */
export function entryOf(directory: FileHandle, name: string): string {
  return `/proc/self/fd/${directory.fd}/${name}`
}

/**
 * Opens a directory below `root`, link-free; the caller closes it.
 * @param root our own path, trusted
 * @param components checked names, without `.` and `..`
 * @throws ENOENT, ENOTDIR or ELOOP as the system says
 */
export async function openDirectory(root: string, components: readonly string[]): Promise<FileHandle> {
  let current = await open(root, O_RDONLY | O_DIRECTORY)
  for (const component of components) {
    const parent = current
    try {
      current = await open(entryOf(parent, component), O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    } finally {
      await parent.close()
    }
  }
  return current
}

/** Runs a task with the open directory that holds the last component, and closes it afterwards. */
export async function withParent<T>(
  root: string,
  components: readonly string[],
  task: (parent: FileHandle, name: string) => Promise<T>,
): Promise<T> {
  const parent = await openDirectory(root, components.slice(0, -1))
  try {
    return await task(parent, components.at(-1) ?? '.')
  } finally {
    await parent.close()
  }
}

/** Opens what stands at a path, file or directory, for reading; a link is refused with ELOOP. */
export function openBeneath(root: string, components: readonly string[]): Promise<FileHandle> {
  if (components.length === 0) return openDirectory(root, [])
  return withParent(root, components, (parent, name) =>
    open(entryOf(parent, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
  )
}
