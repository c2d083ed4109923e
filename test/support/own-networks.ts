/** The servers of the tests stand on loopback and in namespaces of their own; whoever speaks to one imports this. */
import { setReach } from '../../src/drivers/outgoing.ts'

export const ownNetworks = [
  '127.0.0.0/8',
  '::1',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
]

setReach({ networks: ownNetworks, places: () => [] })
