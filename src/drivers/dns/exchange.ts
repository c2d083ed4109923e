import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, isIPv6, type Socket } from 'node:net'
import { FormatError } from '../../domain/dns/format-error.ts'
import { decodeMessage, encodeMessage, type Message } from '../../domain/dns/message.ts'
import { foldCase } from '../../domain/dns/names.ts'
import { signMessage, verifyMessage, type TsigKey } from '../../domain/dns/tsig.ts'
import { RCODE } from '../../domain/dns/types.ts'
import { NotAllowed, addressOf } from '../outgoing.ts'

/** One question, one trusted answer, over UDP or TCP. What does not belong to the question is never believed. */

export type Endpoint = { readonly host: string; readonly port: number }

/** Each UDP try waits this long. */
const UDP_TRIES_MS = [800, 1_500, 3_000]
const TCP_CONNECT_MS = 3_000
/** Longest wait for the answer to one message, and between two messages of a transfer. */
const TCP_ANSWER_MS = 8_000

/** No answer that can be trusted arrived: whether the request was carried out is unknown. */
export class NoAnswer extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'NoAnswer'
  }
}

type Asked = { readonly message: Message; readonly key: TsigKey | null; readonly mac: Buffer | undefined }

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Writes a request, signed when there is a key. */
export function writeRequest(message: Message, key: TsigKey | null): { octets: Buffer; asked: Asked } {
  const plain = encodeMessage(message)
  if (!key) return { octets: plain, asked: { message, key, mac: undefined } }
  const { octets, mac } = signMessage(plain, key, { nowSeconds: nowSeconds() })
  return { octets, asked: { message, key, mac } }
}

function isSameQuestion(asked: Message, answer: Message): boolean {
  // A server that could not read the question may leave it out, but then it has nothing to tell either.
  if (answer.questions.length === 0) return answer.rcode !== RCODE.NOERROR && answer.answers.length === 0
  const [a, b] = [asked.questions[0], answer.questions[0]]
  if (!a || !b || answer.questions.length !== 1) return false
  return foldCase(a.name) === foldCase(b.name) && a.type === b.type && a.class === b.class
}

/** The answer, when the octets are one to this request, with a right signature where the request was signed. */
export function readAnswer(octets: Buffer, asked: Asked): Message | undefined {
  let answer: Message
  try {
    answer = decodeMessage(octets)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
  const { message, key } = asked
  const belongs = answer.isResponse && answer.id === message.id && answer.opcode === message.opcode
  if (!belongs || !isSameQuestion(message, answer)) return undefined
  return !key || isTrusted(octets, answer, key, asked.mac) ? answer : undefined
}

function isTrusted(octets: Buffer, answer: Message, key: TsigKey, priorMac: Buffer | undefined): boolean {
  if (isBareRefusal(answer)) return true
  if (!answer.tsig) return false
  const verdict = verifyMessage(octets, answer.tsig, [key], { nowSeconds: nowSeconds(), priorMac })
  return verdict.ok || (answer.tsig.error === RCODE.BADTIME && verdict.error === RCODE.BADTIME)
}

/**
 * "I do not know your key" cannot be signed (RFC 8945 section 5.3.2), and Knot and PowerDNS do not sign "I do not
 * have that zone" either. A forger gains no more by it than by cutting the line: nothing is taken for done.
 */
function isBareRefusal({ rcode, answers, tsig }: Message): boolean {
  if (rcode !== RCODE.NOTAUTH && rcode !== RCODE.REFUSED) return false
  return answers.length === 0 && (tsig === null || (tsig.mac.length === 0 && tsig.error !== 0))
}

function udpTry(
  endpoint: Endpoint,
  octets: Buffer,
  asked: Asked,
  timeoutMs: number,
): Promise<Message | undefined> {
  const socket = createSocket(isIPv6(endpoint.host) ? 'udp6' : 'udp4')
  return new Promise((resolve) => {
    let isDone = false
    const finish = (answer: Message | undefined): void => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      socket.close()
      resolve(answer)
    }
    const timer = setTimeout(() => finish(undefined), timeoutMs)
    socket.on('error', () => finish(undefined))
    // Anything that is not the answer is passed over: a forger must not be able to end the wait.
    socket.on('message', (received) => {
      const answer = readAnswer(received, asked)
      if (answer) finish(answer)
    })
    // A connected socket hears this one peer only, from a port that the system picks at random.
    socket.connect(endpoint.port, endpoint.host, (error?: Error) => {
      if (error) finish(undefined)
      else if (!isDone) socket.send(octets, () => {})
    })
  })
}

/**
 * Asks over UDP, again when nothing comes, and over TCP when the answer was cut off.
 * @param question made anew for each try, with the id given
 * @throws NoAnswer; Refused `outgoing-not-allowed`
 */
export async function ask(
  endpoint: Endpoint,
  question: (id: number) => Message,
  key: TsigKey | null = null,
): Promise<Message> {
  const reached = { host: await addressFor(endpoint), port: endpoint.port }
  for (const timeoutMs of UDP_TRIES_MS) {
    const { octets, asked } = writeRequest(question(randomInt(65_536)), key)
    const answer = await udpTry(reached, octets, asked, timeoutMs)
    if (answer?.truncated) return overTcp(reached, (session) => session.ask(question, key))
    if (answer) return answer
  }
  throw new NoAnswer('timeout')
}

/** @throws NoAnswer for a name that leads nowhere; Refused `outgoing-not-allowed` */
async function addressFor(endpoint: Endpoint): Promise<string> {
  return addressOf(endpoint).catch((error: unknown) => {
    if (error instanceof NotAllowed || !(error instanceof Error)) throw error
    throw new NoAnswer(error.message, error)
  })
}

/** Opens a connection, uses it, and closes it whatever happens. @throws NoAnswer when it cannot be opened */
export async function overTcp<T>(endpoint: Endpoint, use: (session: TcpSession) => Promise<T>): Promise<T> {
  const session = await TcpSession.open(endpoint)
  try {
    return await use(session)
  } finally {
    session.close()
  }
}

type Waiter = { readonly accept: (octets: Buffer) => void; readonly fail: (error: NoAnswer) => void }

/** A connection that carries several requests at once, told apart by ids from a counter. */
export class TcpSession {
  readonly #socket: Socket
  readonly #waiters = new Map<number, Waiter>()
  #nextId = randomInt(65_536)
  #rest: Buffer = Buffer.alloc(0)

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.#failAll(error.message))
    socket.on('close', () => this.#failAll('the connection was closed'))
  }

  static async open(endpoint: Endpoint): Promise<TcpSession> {
    const host = await addressFor(endpoint)
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port: endpoint.port })
      const timer = setTimeout(() => socket.destroy(new Error('connect timeout')), TCP_CONNECT_MS)
      const fail = (error: Error): void => {
        clearTimeout(timer)
        reject(new NoAnswer(error.message, error))
      }
      socket.once('error', fail)
      socket.once('connect', () => {
        clearTimeout(timer)
        socket.off('error', fail)
        resolve(new TcpSession(socket))
      })
    })
  }

  #receive(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    while (this.#rest.length >= 2) {
      const end = 2 + this.#rest.readUInt16BE(0)
      if (this.#rest.length < end) return
      const octets = this.#rest.subarray(2, end)
      this.#rest = this.#rest.subarray(end)
      if (octets.length >= 12) this.#waiters.get(octets.readUInt16BE(0))?.accept(octets)
    }
  }

  #failAll(reason: string): void {
    for (const waiter of this.#waiters.values()) waiter.fail(new NoAnswer(reason))
  }

  #freeId(): number {
    do this.#nextId = (this.#nextId + 1) & 0xffff
    while (this.#waiters.has(this.#nextId))
    return this.#nextId
  }

  #send(octets: Buffer): void {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(octets.length)
    this.#socket.write(Buffer.concat([length, octets]))
  }

  /** @throws NoAnswer */
  ask(question: (id: number) => Message, key: TsigKey | null, timeoutMs = TCP_ANSWER_MS): Promise<Message> {
    const accept = (octets: Buffer, asked: Asked): Message => {
      const answer = readAnswer(octets, asked)
      if (!answer) throw new NoAnswer('the answer does not belong to the question, or its signature is wrong')
      return answer
    }
    return this.converse(question, key, accept, timeoutMs)
  }

  /**
   * Sends one request and hands every message with its id to `accept`, until that returns something.
   * The wait starts anew with each message; the caller bounds their number.
   * @throws NoAnswer, and whatever `accept` throws
   */
  converse<T>(
    question: (id: number) => Message,
    key: TsigKey | null,
    accept: (octets: Buffer, asked: Asked) => T | undefined,
    timeoutMs = TCP_ANSWER_MS,
  ): Promise<T> {
    const id = this.#freeId()
    const { octets, asked } = writeRequest(question(id), key)
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer)
        this.#waiters.delete(id)
        settle()
      }
      const fail = (error: unknown): void => finish(() => reject(error))
      const timer = setTimeout(() => fail(new NoAnswer('timeout')), timeoutMs)
      const take = (received: Buffer): void => {
        try {
          const result = accept(received, asked)
          if (result === undefined) timer.refresh()
          else finish(() => resolve(result))
        } catch (error) {
          fail(error)
        }
      }
      this.#waiters.set(id, { accept: take, fail })
      this.#send(octets)
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}
