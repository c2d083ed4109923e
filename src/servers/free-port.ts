import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Whether a TCP port can be bound now. */
export function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function isFreeForUdp(host: string, port: number): Promise<boolean> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  return new Promise((resolve) => {
    socket.once('error', () => socket.close(() => resolve(false)))
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(true)))
  })
}

/**
 * Below the ports that the kernel gives to outgoing connections (Linux: from 32768), which would otherwise
 * take a port between our look and the server's bind, or while a server restarts.
 */
const lowestPort = 10_240
const highestPort = 32_767
const maxTries = 200

/** A port that TCP and UDP can bind now; somebody else may still take it, so the caller retries when binding fails. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const port = randomInt(lowestPort, highestPort + 1)
    if ((await isFree(host, port)) && (await isFreeForUdp(host, port))) return port
  }
  throw new Error(`no free port on ${host} after ${maxTries} tries`)
}
