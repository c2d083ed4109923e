import { createServer } from 'node:net'

/** Whether a TCP port can be bound now. */
export async function isFree(host: string, port: number): Promise<boolean> {
  return (await bindOnce(host, port)) !== undefined
}

/** A TCP port that is free now; somebody else may still take it, so the caller retries when binding fails. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const port = await bindOnce(host, 0)
  if (port === undefined) throw new Error(`no free TCP port on ${host}`)
  return port
}

function bindOnce(host: string, port: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : undefined))
    })
  })
}
