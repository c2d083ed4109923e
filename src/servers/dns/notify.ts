import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { FormatError } from '../../domain/dns/format-error.ts'
import { decodeMessage, encodeMessage, messageOf } from '../../domain/dns/message.ts'
import { CLASS, OPCODE, TYPE } from '../../domain/dns/types.ts'
import type { Zone } from './zone.ts'

/** Changes within this time make one NOTIFY. */
const NOTIFY_DELAY_MS = 50
/** How long each try waits for its answer (RFC 1996 section 3.6 asks for some 60 s; loopback needs less). */
const NOTIFY_TRIES_MS = [500, 1_000, 2_000, 5_000, 15_000, 30_000]

type Target = { readonly host: string; readonly port: number }

/** Sends one NOTIFY until it is answered. @returns whether it was */
async function notifyOnce(octets: Buffer, target: Target, timeoutMs: number): Promise<boolean> {
  const socket = createSocket(isIPv6(target.host) ? 'udp6' : 'udp4')
  socket.unref()
  const id = octets.readUInt16BE(0)
  return new Promise((resolve) => {
    let isDone = false
    const finish = (isAnswered: boolean): void => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      socket.close()
      resolve(isAnswered)
    }
    const timer = setTimeout(() => finish(false), timeoutMs)
    timer.unref()
    socket.on('error', () => finish(false))
    socket.on('message', (answer) => isAnswer(answer, id) && finish(true))
    socket.connect(target.port, target.host, (error?: Error) => {
      if (error) finish(false)
      else if (!isDone) socket.send(octets, () => {})
    })
  })
}

function isAnswer(octets: Buffer, id: number): boolean {
  try {
    const message = decodeMessage(octets)
    return message.isResponse && message.id === id && message.opcode === OPCODE.NOTIFY
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

/** Tells secondaries about changed zones (RFC 1996), gathering changes and trying again until each has answered. */
export class Notifier {
  readonly #targets: readonly Target[]
  readonly #zones: ReadonlyMap<string, Zone>
  readonly #timers = new Map<string, NodeJS.Timeout>()
  /** the newest round per zone and target; an older one stops trying */
  readonly #rounds = new Map<string, number>()
  #isStopped = false

  constructor(targets: readonly Target[], zones: ReadonlyMap<string, Zone>) {
    this.#targets = targets
    this.#zones = zones
  }

  changed(zone: string): void {
    if (this.#targets.length === 0 || this.#timers.has(zone) || this.#isStopped) return
    const timer = setTimeout(() => {
      this.#timers.delete(zone)
      for (const target of this.#targets) void this.#tell(zone, target)
    }, NOTIFY_DELAY_MS)
    this.#timers.set(zone, timer)
  }

  stop(): void {
    this.#isStopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
  }

  async #tell(origin: string, target: Target): Promise<void> {
    const key = `${origin} ${target.host} ${target.port}`
    const round = (this.#rounds.get(key) ?? 0) + 1
    this.#rounds.set(key, round)
    for (const timeoutMs of NOTIFY_TRIES_MS) {
      const zone = this.#zones.get(origin)
      if (!zone || this.#isStopped || this.#rounds.get(key) !== round) return
      const started = performance.now()
      if (await notifyOnce(notifyMessage(zone), target, timeoutMs)) return
      // A closed port answers at once; the next try waits its time all the same.
      await pause(timeoutMs - (performance.now() - started))
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)).unref())
}

function notifyMessage(zone: Zone): Buffer {
  return encodeMessage(
    messageOf({
      id: randomInt(65_536),
      opcode: OPCODE.NOTIFY,
      authoritative: true,
      questions: [{ name: zone.origin, type: TYPE.SOA, class: CLASS.IN }],
      answers: [zone.soaRecord()],
    }),
  )
}
