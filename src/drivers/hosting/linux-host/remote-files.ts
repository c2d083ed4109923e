import type { SFTPWrapper } from 'ssh2'

import type { SshConnection } from './ssh.ts'

type Done = (error?: Error | null) => void
const done = (start: (callback: Done) => unknown) =>
  new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))

/** SFTP status 2: there is no such file (draft-ietf-secsh-filexfer-02 section 7). */
const isMissing = (error: unknown) => (error as { code?: unknown }).code === 2

/** The files of a host, over SFTP as the one who signed in. */
export class RemoteFiles {
  readonly #sftp: SFTPWrapper

  private constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp
  }

  static async with<T>(connection: SshConnection, work: (files: RemoteFiles) => Promise<T>): Promise<T> {
    return connection.use(async ({ client }) => {
      const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
        client.sftp((error, opened) => (error ? reject(error) : resolve(opened))),
      )
      try {
        return await work(new RemoteFiles(sftp))
      } finally {
        sftp.end()
      }
    })
  }

  /** null when there is no such file */
  async read(path: string): Promise<string | null> {
    return new Promise((resolve, reject) =>
      this.#sftp.readFile(path, (error, content) => {
        if (!error) resolve(content.toString())
        else if (isMissing(error)) resolve(null)
        else reject(error)
      }),
    )
  }

  async list(path: string): Promise<readonly string[]> {
    return new Promise((resolve, reject) =>
      this.#sftp.readdir(path, (error, entries) => {
        if (!error) resolve(entries.map(({ filename }) => filename))
        else if (isMissing(error)) resolve([])
        else reject(error)
      }),
    )
  }

  /** Where a link leads; null when there is none. */
  async linkTarget(path: string): Promise<string | null> {
    return new Promise((resolve) =>
      this.#sftp.readlink(path, (error, target) => resolve(error ? null : target)),
    )
  }

  /** Replaces a file as a whole, its folder made when it is missing. */
  async replace(path: string, text: string, mode: number): Promise<void> {
    await this.makeFolder(path.slice(0, path.lastIndexOf('/')))
    const fresh = `${path}.ranah-new`
    await done((callback) => this.#sftp.writeFile(fresh, text, { mode }, callback))
    await done((callback) => this.#sftp.chmod(fresh, mode, callback))
    await done((callback) => this.#sftp.ext_openssh_rename(fresh, path, callback))
  }

  async makeFolder(path: string): Promise<void> {
    const parts = path.split('/').slice(1)
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = `/${parts.slice(0, depth).join('/')}`
      const mode = folder === '/root/.ssh' ? 0o700 : 0o755
      const isThere = await new Promise((resolve) => this.#sftp.stat(folder, (error) => resolve(!error)))
      if (!isThere) await done((callback) => this.#sftp.mkdir(folder, { mode }, callback))
    }
  }

  async link(path: string, target: string): Promise<void> {
    await done((callback) => this.#sftp.symlink(target, path, callback))
  }

  async remove(path: string): Promise<void> {
    await done((callback) => this.#sftp.unlink(path, callback))
  }
}
