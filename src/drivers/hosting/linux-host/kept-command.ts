import type { Client, ClientChannel } from 'ssh2'

import { Refused } from '../../../domain/refused.ts'
import { siteHostText } from '../../../domain/text/site-host.ts'
import type { SshConnection } from './ssh.ts'

const OUTPUT_MAX_BYTES = 32 * 1024 * 1024
/** Then another one is begun: what it has looked up on its host is not to grow old. */
const KEPT_MS = 60_000

type Kept = { readonly client: Client; readonly channel: ClientChannel; readonly until: number }

/** A line that is being answered. */
type Asked = { readonly take: (chunk: Buffer) => void; readonly end: (hasEnded: boolean) => void }

/**
 * A command on a host that answers each line with one line and stays for the next, as long as its connection does:
 * most of a short answer's time is the start of the program. One line at a time.
 */
export class KeptCommand {
  readonly #connection: SshConnection
  readonly #command: string
  readonly #where: string
  #kept: Kept | null = null
  #asked: Asked | null = null

  constructor(connection: SshConnection, command: string, where: string) {
    this.#connection = connection
    this.#command = command
    this.#where = where
  }

  /**
   * @returns the line without its end, or what there was of it when the command ended
   * @throws Refused 503 as `SshConnection.run`: whether the line was carried out is unknown
   */
  ask(line: string, timeoutMs: number): Promise<string> {
    return this.#connection.use(async ({ client }) => {
      const answer = this.#answer(timeoutMs)
      try {
        const channel = this.#keptOn(client) ?? (await this.#begin(client))
        channel.write(`${line}\n`)
      } catch (error) {
        this.#asked?.end(false)
        await answer.catch(() => undefined)
        throw error
      }
      return answer
    })
  }

  #keptOn(client: Client): ClientChannel | undefined {
    const kept = this.#kept
    if (kept?.client === client && performance.now() < kept.until) return kept.channel
    this.#kept = null
    kept?.channel.end()
    return undefined
  }

  async #begin(client: Client): Promise<ClientChannel> {
    return this.#connection.exec(client, this.#command, (channel) => {
      const kept = { client, channel, until: performance.now() + KEPT_MS }
      this.#kept = kept
      const isMine = (): boolean => this.#kept === kept
      let hasEnded = false
      channel.on('data', (chunk: Buffer) => void (isMine() && this.#asked?.take(chunk)))
      channel.stderr.resume()
      channel.on('exit', () => (hasEnded = true))
      channel.on('error', () => undefined)
      channel.on('close', () => {
        if (!isMine()) return
        this.#kept = null
        this.#asked?.end(hasEnded)
      })
      return channel
    })
  }

  #answer(timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let size = 0
      const settle = (how: () => void): void => {
        clearTimeout(timer)
        this.#asked = null
        how()
      }
      const timer = setTimeout(() => {
        settle(() => reject(this.#unknown('site-host-too-slow', siteHostText.tooSlow(this.#where))))
        this.#connection.close()
      }, timeoutMs)
      this.#asked = {
        take: (chunk) => {
          const end = chunk.indexOf(0x0a)
          const part = end < 0 ? chunk : chunk.subarray(0, end)
          size += part.length
          if (size <= OUTPUT_MAX_BYTES) chunks.push(part)
          if (end >= 0) settle(() => resolve(Buffer.concat(chunks).toString()))
        },
        // Without a word of how the command ended, the connection was lost.
        end: (hasEnded) =>
          settle(() =>
            hasEnded
              ? resolve(Buffer.concat(chunks).toString())
              : reject(this.#unknown('site-host-unreachable', siteHostText.notReached(this.#where))),
          ),
      }
    })
  }

  #unknown(reason: string, text: Refused['text']): Refused {
    return new Refused(reason, text, { status: 503 })
  }
}
