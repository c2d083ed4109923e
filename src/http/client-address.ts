import { BlockList, isIP } from 'node:net'

/** More hops than this are not looked at. */
const maxHops = 20

/**
 * The address that a request came from. X-Forwarded-For is read from its end and only as far as each sender
 * is a trusted proxy: everything before that is the client's own claim.
 *
 * @param peer remote address of the connection
 * @param trusted addresses or CIDR ranges of proxies
 */
export function clientAddress(
  peer: string | undefined,
  forwarded: string | undefined,
  trusted: readonly string[],
): string {
  let address = plain(peer ?? 'unknown')
  if (trusted.length === 0 || !forwarded) return address
  const list = blockList(trusted)
  const hops = forwarded.split(',').slice(-maxHops).reverse()
  for (const hop of hops) {
    if (!contains(list, address)) return address
    const next = plain(hop.trim())
    if (isIP(next) === 0) return address
    address = next
  }
  return address
}

/**
 * The network that shares limits with an address: itself for IPv4, its /64 for IPv6, where one subscriber
 * holds at least that many addresses (RFC 6177).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** IPv4 that arrives on a dual-stack socket is written as IPv4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** @returns whether an address lies in one of these addresses and CIDR ranges */
export const isWithinNetworks = (networks: readonly string[], address: string): boolean =>
  contains(blockList(networks), address)

function contains(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4')
}
