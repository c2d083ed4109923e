import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TsigKey } from '../../domain/dns/tsig.ts'
import type { Daemon } from './daemon.ts'

/** What a name server from Debian is started with. The same directory again is the same server again. */
export type NameServerSettings = {
  /** its configuration, zones and journals; kept over a restart */
  readonly directory: string
  /** on 127.0.0.1, UDP and TCP */
  readonly port: number
  readonly keys: readonly KeyRights[]
  /** master files of the zones; written once, later the server's own state counts */
  readonly zones: Readonly<Record<string, string>>
}

export type KeyRights = {
  readonly key: TsigKey
  readonly update: boolean
  readonly transfer: boolean
}

export type NameServer = Daemon & {
  readonly kind: 'BIND' | 'Knot' | 'PowerDNS'
  /** as the program says it */
  readonly version: string
  readonly port: number
}

const answerWaitMs = 250

/** Whether anything answers there: a refusal will do. */
export async function answersDns(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  try {
    socket.on('error', () => {})
    const query = Buffer.from('0001000000010000000000000000060001', 'hex')
    const answered = once(socket, 'message', { signal: AbortSignal.timeout(answerWaitMs) })
    socket.send(query, port, '127.0.0.1')
    await answered
    return true
  } catch {
    return false
  } finally {
    socket.close()
  }
}

/** Writes a file unless it is there. @returns whether it was written */
export async function writeOnce(file: string, content: string): Promise<boolean> {
  if (await isThere(file)) return false
  await writeFile(file, content)
  return true
}

export async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Where the master file of a zone lies. */
export function zoneFile(directory: string, zone: string): string {
  return join(directory, `${zone}.zone`)
}
