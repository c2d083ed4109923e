/** The parts of package-lock.json (version 3) that matter here. */
export type LockFile = { packages: Record<string, LockEntry> }
export type LockEntry = {
  version?: string
  resolved?: string
  dev?: boolean
  optional?: boolean
  os?: readonly string[]
  cpu?: readonly string[]
  libc?: readonly string[]
  optionalDependencies?: Readonly<Record<string, string>>
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/** Optional dependencies that the lock file lacks, as `name@version`. */
export function missingPackages(lock: LockFile): readonly string[] {
  return findMissing(lock).map(({ name, version }) => `${name}@${version}`)
}

/** Adds what is missing, in npm's own order. @returns what was added, as `name@version` */
export function completeLock(lock: LockFile): readonly string[] {
  const missing = findMissing(lock)
  for (const { name, version, dev } of missing) {
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev ? { dev } : {}),
      optional: true,
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  return missing.map(({ name, version }) => `${name}@${version}`)
}

function findMissing(lock: LockFile): readonly { name: string; version: string; dev: boolean }[] {
  const known = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)))
  return Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev = false }) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !known.has(name))
      .map(([name, version]) => ({ name, version, dev })),
  )
}

/** Platform packages carry their platform in their name: `binding-linux-arm64-musl`. */
function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/)
  const os = words.find((word) => systems.includes(word))
  const cpu = words.find((word) => processors.includes(word))
  if (!os || !cpu) throw new Error(`${name} does not name its platform: add it to package-lock.json by hand`)
  return {
    os: [os],
    cpu: [cpu],
    ...(os === 'linux'
      ? { libc: [words.includes('musl') || words.includes('musleabihf') ? 'musl' : 'glibc'] }
      : {}),
  }
}
