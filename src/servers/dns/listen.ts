import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, isIPv6, type Server, type Socket } from 'node:net'

/** The two transports of a name server (RFC 1035 section 4.2, RFC 7766), bounded in every direction. */

/** Answers one message with none, one or several. */
export type Handle = (octets: Buffer, transport: 'udp' | 'tcp') => AsyncIterable<Buffer>

/** A TCP connection without traffic is closed after this time. */
const TCP_IDLE_MS = 15_000
/** A peer that does not read its answers is dropped after this time. */
const TCP_DRAIN_MS = 30_000
const MAX_TCP_CONNECTIONS = 200
/** Messages of one connection in work at once; further ones wait in the socket. */
const MAX_TCP_IN_WORK = 200
/** UDP messages in work at once; further ones are dropped, as a full socket would. */
const MAX_UDP_IN_WORK = 5_000
/** Addresses whose rate is followed at once. */
const MAX_TRACKED_ADDRESSES = 10_000
/** Ports tried until one is free for both transports. */
const MAX_PORT_TRIES = 20
const UDP_BUFFER_OCTETS = 1_048_576

/** A budget per address and second; when it is used up the address is not answered until the next second. */
class RateLimit {
  readonly #perSecond: number
  #second = 0
  #used = new Map<string, number>()

  constructor(perSecond: number) {
    this.#perSecond = perSecond
  }

  allows(address: string, nowSeconds: number): boolean {
    if (nowSeconds !== this.#second || this.#used.size > MAX_TRACKED_ADDRESSES) {
      this.#second = nowSeconds
      this.#used = new Map()
    }
    const used = (this.#used.get(address) ?? 0) + 1
    this.#used.set(address, used)
    return used <= this.#perSecond
  }
}

function serveUdp(socket: UdpSocket, handle: Handle, perSecond: number, nowSeconds: () => number): void {
  const limit = new RateLimit(perSecond)
  let inWork = 0
  // Errors of single datagrams (a peer whose port is closed) concern nobody else.
  socket.on('error', () => {})
  socket.on('message', (octets, peer) => {
    if (inWork >= MAX_UDP_IN_WORK || !limit.allows(peer.address, nowSeconds())) return
    inWork += 1
    void (async () => {
      try {
        for await (const answer of handle(octets, 'udp'))
          socket.send(answer, peer.port, peer.address, () => {})
      } finally {
        inWork -= 1
      }
    })()
  })
}

/** Cuts a stream into messages, each behind its length. At most one message and one read are held. */
class Frames {
  #rest: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = []
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (this.#rest.length - at >= 2) {
      const end = at + 2 + this.#rest.readUInt16BE(at)
      if (end > this.#rest.length) break
      messages.push(this.#rest.subarray(at + 2, end))
      at = end
    }
    this.#rest = this.#rest.subarray(at)
    return messages
  }
}

function frame(octets: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(octets.length)
  return Buffer.concat([length, octets])
}

/** Waits until the peer has read enough; a peer that never does is dropped. */
function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      socket.off('drain', finish)
      socket.off('close', finish)
      resolve()
    }
    const timer = setTimeout(() => socket.destroy(), TCP_DRAIN_MS)
    socket.on('drain', finish)
    socket.on('close', finish)
  })
}

function serveTcp(socket: Socket, handle: Handle): void {
  const frames = new Frames()
  let inWork = 0
  let hasEnded = false
  socket.setNoDelay(true)
  socket.setTimeout(TCP_IDLE_MS, () => inWork === 0 && socket.destroy())
  socket.on('error', () => socket.destroy())
  const work = async (octets: Buffer): Promise<void> => {
    try {
      for await (const answer of handle(octets, 'tcp')) {
        if (socket.destroyed) return
        socket.write(frame(answer))
        await drained(socket)
      }
    } finally {
      inWork -= 1
      if (inWork < MAX_TCP_IN_WORK && socket.isPaused()) socket.resume()
      if (hasEnded && inWork === 0) socket.end()
    }
  }
  socket.on('data', (chunk: Buffer) => {
    for (const octets of frames.push(chunk)) {
      inWork += 1
      void work(octets)
    }
    if (inWork >= MAX_TCP_IN_WORK) socket.pause()
  })
  socket.on('end', () => {
    hasEnded = true
    if (inWork === 0) socket.end()
  })
}

function bindTcp(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function bindUdp(host: string, port: number): Promise<UdpSocket> {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', recvBufferSize: UDP_BUFFER_OCTETS })
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.close()
      reject(error)
    }
    socket.once('error', fail)
    socket.bind({ address: host, port }, () => {
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

export type Listening = { readonly port: number; readonly close: () => void }

/**
 * Listens on one port for UDP and TCP.
 * @param port 0 for one that is free for both
 * @throws the error of the system when the port cannot be had
 */
export async function listen(
  options: { host: string; port: number; queriesPerSecondPerAddress: number; nowSeconds: () => number },
  handle: Handle,
): Promise<Listening> {
  const { host } = options
  for (let attempt = 1; ; attempt += 1) {
    const sockets = new Set<Socket>()
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      serveTcp(socket, handle)
    })
    server.maxConnections = MAX_TCP_CONNECTIONS
    const port = await bindTcp(server, host, options.port)
    try {
      const udp = await bindUdp(host, port)
      serveUdp(udp, handle, options.queriesPerSecondPerAddress, options.nowSeconds)
      const close = (): void => {
        server.close()
        for (const socket of sockets) socket.destroy()
        udp.close()
      }
      return { port, close }
    } catch (error) {
      server.close()
      if (options.port !== 0 || !isPortTaken(error) || attempt >= MAX_PORT_TRIES) throw error
    }
  }
}
