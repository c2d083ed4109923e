import type { AddressInfo, Server } from 'node:net'

/** Starts listening and returns the port, which the system chose when 0 was asked for. */
export function listenOn(
  server: Pick<Server, 'listen' | 'once' | 'off' | 'address'>,
  port: number,
  address: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
