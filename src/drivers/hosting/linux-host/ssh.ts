import { createHash, timingSafeEqual } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import ssh2, { type Client, type ClientChannel } from 'ssh2'

import { Refused, type Text } from '../../../domain/refused.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import { NotAllowed, addressOf } from '../../outgoing.ts'

const CONNECT_TIMEOUT_MS = 15_000
const REFUSED_TRIES = 5
const REFUSED_PAUSE_MS = 250
/** A connection that nobody uses is given up after this; its keepalive holds the process until then. */
const IDLE_MS = 5_000
const OUTPUT_MAX_BYTES = 32 * 1024 * 1024

export type SshTarget = {
  readonly host: string
  readonly port: number
  /** Pinned key, one line; a host with another key is told nothing. */
  readonly hostKey: string
  readonly username: string
  readonly privateKey: string
}

export type Output = { readonly code: number | null; readonly stdout: Buffer; readonly stderr: string }

const unknown = (reason: string, text: Text, cause?: unknown) =>
  new Refused(reason, text, { status: 503, cause })

export const whereOf = ({ host, port }: { readonly host: string; readonly port: number }) => `${host}:${port}`

/** As `ssh-keygen -l` prints it. */
const fingerprint = (key: Buffer) =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

function isSameKey(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

type Open = { readonly client: Client; readonly socket: Socket }

/** The key a host shows, for a person to judge before anything is sent to it. */
export async function readShownKey(at: {
  readonly host: string
  readonly port: number
}): Promise<{ readonly line: string; readonly fingerprint: string }> {
  const host = await reached(at)
  const client = new ssh2.Client()
  return new Promise((resolve, reject) => {
    client.on('error', (error) =>
      reject(unknown('site-host-unreachable', siteHostText.notReached(whereOf(at)), error)),
    )
    client.connect({
      host,
      port: at.port,
      username: 'root',
      readyTimeout: CONNECT_TIMEOUT_MS,
      algorithms: { serverHostKey: ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512'] },
      hostVerifier: (key: Buffer) => {
        const name = key.subarray(4, 4 + key.readUInt32BE(0)).toString()
        resolve({ line: `${name} ${key.toString('base64')}`, fingerprint: fingerprint(key) })
        return false
      },
    })
  })
}

/** @throws Refused `outgoing-not-allowed`, `site-host-unreachable` */
async function reached(at: { readonly host: string; readonly port: number }): Promise<string> {
  return addressOf(at).catch((error: unknown) => {
    if (error instanceof NotAllowed) throw error
    throw unknown('site-host-unreachable', siteHostText.notReached(whereOf(at)), error)
  })
}

/** One kept connection to a host, opened when it is needed. It never keeps the process alive by itself. */
export class SshConnection {
  readonly #target: SshTarget
  #opening: Promise<Open> | null = null
  #users = 0
  #idle: NodeJS.Timeout | null = null

  constructor(target: SshTarget) {
    this.#target = target
  }

  /**
   * Runs a fixed command with this input, to its end.
   * @throws Refused 503 `site-host-unreachable`, `-key-differs`, `-key-refused`, `-too-slow`
   */
  async run(command: string, input: readonly Uint8Array[], timeoutMs: number): Promise<Output> {
    return this.use(({ client }) =>
      this.exec(client, command, (channel) => this.#exchange(channel, input, timeoutMs)),
    )
  }

  /** Lends the open connection for one piece of work. */
  async use<T>(work: (open: Open) => Promise<T>): Promise<T> {
    this.#users += 1
    if (this.#idle) clearTimeout(this.#idle)
    const open = await this.#open().catch((error: unknown) => {
      this.#users -= 1
      throw error
    })
    open.socket.ref()
    try {
      return await work(open)
    } finally {
      this.#users -= 1
      if (this.#users === 0) {
        open.socket.unref()
        this.#idle = setTimeout(() => this.close(), IDLE_MS).unref()
      }
    }
  }

  close(): void {
    const opening = this.#opening
    this.#opening = null
    void opening?.then(
      // Nobody uses it, and a host that died would never answer a farewell.
      ({ client }) => client.destroy(),
      () => undefined,
    )
  }

  #open(): Promise<Open> {
    if (this.#opening) return this.#opening
    const opening = this.#connectPatiently()
    this.#opening = opening
    // One that ends late, or a try that failed, must not take the next one for itself.
    const forget = (): void => {
      if (this.#opening === opening) this.#opening = null
    }
    opening.then(({ client }) => client.once('close', forget), forget)
    return opening
  }

  /** sshd closes its port for a moment whenever it reads its configuration again. */
  async #connectPatiently(): Promise<Open> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#connect()
      } catch (error) {
        const { code } = ((error as Refused).cause ?? {}) as { code?: unknown }
        if (code !== 'ECONNREFUSED' || tries === REFUSED_TRIES) throw error
      }
      await sleep(REFUSED_PAUSE_MS)
    }
  }

  async #connect(): Promise<Open> {
    const target = this.#target
    const host = await reached(target)
    const where = whereOf(target)
    const pinned = Buffer.from(target.hostKey.split(' ')[1]!, 'base64')
    const client = new ssh2.Client()
    // Every channel listens for the end of its connection, and there may be many at once.
    client.setMaxListeners(0)
    const socket = connect({ host, port: target.port })
    socket.setNoDelay(true)
    return new Promise((resolve, reject) => {
      let shown: Buffer | null = null
      const fail = (error: Error & { level?: string }) => {
        socket.destroy()
        if (shown && !isSameKey(shown, pinned)) {
          const text = siteHostText.keyDiffers(where, fingerprint(shown))
          return reject(unknown('site-host-key-differs', text, error))
        }
        if (error.level === 'client-authentication') {
          return reject(unknown('site-host-key-refused', siteHostText.keyRefused(where), error))
        }
        reject(unknown('site-host-unreachable', siteHostText.notReached(where), error))
      }
      client.once('ready', () => resolve({ client, socket }))
      client.on('error', fail)
      // Whoever is waiting on a channel is told by its own end.
      client.on('close', () => fail(new Error('the connection was closed')))
      client.connect({
        sock: socket,
        username: target.username,
        privateKey: target.privateKey,
        readyTimeout: CONNECT_TIMEOUT_MS,
        keepaliveInterval: 15_000,
        algorithms: { serverHostKey: [algorithmOf(target.hostKey)] },
        hostVerifier: (key: Buffer) => {
          shown = key
          return isSameKey(key, pinned)
        },
      })
    })
  }

  /**
   * Begins a fixed command. Who listens to the channel does so in the very call that brings it: a short command's
   * output and end may have come with it.
   */
  exec<T>(client: Client, command: string, listen: (channel: ClientChannel) => T | Promise<T>): Promise<T> {
    const refused = (cause: unknown) =>
      unknown('site-host-unreachable', siteHostText.notReached(whereOf(this.#target)), cause)
    return new Promise((resolve, reject) => {
      const lost = () => reject(refused(new Error('the connection was closed')))
      client.once('close', lost)
      client.exec(command, (error, channel) => {
        client.removeListener('close', lost)
        if (error) reject(refused(error))
        else resolve(listen(channel))
      })
    })
  }

  #exchange(channel: ClientChannel, input: readonly Uint8Array[], timeoutMs: number): Promise<Output> {
    const where = whereOf(this.#target)
    return new Promise((resolve, reject) => {
      const stdout: Buffer[] = []
      let [size, stderr, code, hasEnded] = [0, '', null as number | null, false]
      const timer = setTimeout(() => {
        reject(unknown('site-host-too-slow', siteHostText.tooSlow(where)))
        this.close()
        channel.destroy()
      }, timeoutMs)
      channel.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= OUTPUT_MAX_BYTES) stdout.push(chunk)
      })
      channel.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4_000)))
      channel.on('exit', (given: number | null) => {
        code = given
        hasEnded = true
      })
      channel.on('error', () => undefined)
      channel.on('close', () => {
        clearTimeout(timer)
        // Without a word of how it ended, the connection was lost.
        if (!hasEnded) return reject(unknown('site-host-unreachable', siteHostText.notReached(where)))
        resolve({ code, stdout: Buffer.concat(stdout), stderr })
      })
      for (const part of input) channel.write(part)
      channel.end()
    })
  }
}

/** RSA keys sign with SHA-2; the name in the key line stays the old one (RFC 8332 section 3). */
function algorithmOf(hostKey: string): 'ssh-ed25519' | 'ecdsa-sha2-nistp256' | 'rsa-sha2-512' {
  const name = hostKey.split(' ')[0]
  if (name === 'ssh-rsa') return 'rsa-sha2-512'
  return name === 'ecdsa-sha2-nistp256' ? name : 'ssh-ed25519'
}
