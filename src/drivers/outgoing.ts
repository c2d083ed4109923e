import { lookup } from 'node:dns'
import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { Readable, Transform } from 'node:stream'
import { Refused } from '../domain/refused.ts'
import { outgoingNotAllowed } from '../domain/text/outgoing.ts'

/**
 * The one door for what is connected to because an office, a zone or an answer named it. A name is resolved once, its
 * addresses are judged, and one of those is what is connected to: what the name leads to a moment later counts nothing.
 */

/** Where this installation may go beside the public internet. */
export type Reach = {
  /** addresses and networks that the operator named, e.g. `10.20.0.0/16` */
  readonly networks: readonly string[]
  /** servers that Ranah itself started, as they are now: address and port, and no other port of that address */
  readonly places: () => readonly Place[]
}

export type Place = { readonly host: string; readonly port: number }

/** Longest wait for the addresses of a name. */
const LOOKUP_MS = 10_000
const DEFAULT_ANSWER_MS = 10_000
/** Octets of an answer that are read where nothing else is said: metadata and keys have some thousands. */
const DEFAULT_ANSWER_OCTETS = 256 * 1024

/** Nothing that a server on the internet has: this machine, this network, and what is not for anybody (RFC 6890). */
const notPublic = blockListOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  // ways through which IPv6 leads to an IPv4 address that nobody looked at: NAT64, Teredo, 6to4
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/9',
  'ff00::/8',
])

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

let current = { reach: { networks: [], places: () => [] } as Reach, networks: blockListOf([]) }

/** Said once by start.ts or main.ts, and to each thread that connects. Until then nothing but the public internet is reached. */
export function setReach(reach: Reach): void {
  current = { reach, networks: blockListOf(reach.networks) }
}

/** The same as plain data, for a thread of its own, which must be told. */
export const currentReach = () => ({ networks: current.reach.networks, places: current.reach.places() })

/** For what the operator does on the machine itself, naming the server on the command line. */
export const reachAnywhere = (): void => setReach({ networks: ['0.0.0.0/0', '::/0'], places: () => [] })

/** @returns whether an address is one that anybody on the internet may have */
export function isPublicAddress(address: string): boolean {
  return isIP(address) !== 0 && !address.includes('%') && !isIn(notPublic, address)
}

const isIn = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

function mayReach(address: string, port: number): boolean {
  if (isPublicAddress(address)) return true
  const [bare = ''] = address.split('%')
  if (isIn(current.networks, bare)) return true
  return current.reach.places().some((place) => place.host === address && place.port === port)
}

/** Why nothing was sent. */
export class NotAllowed extends Refused {
  constructor(host: string) {
    super('outgoing-not-allowed', outgoingNotAllowed(host), { status: 503 })
    this.name = 'NotAllowed'
  }
}

type Judge = (address: string, port: number) => boolean
type Lookup = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void
/** Which addresses may be reached, and how a name is resolved; as the operator said and as the system does. */
type Finding = { readonly may?: Judge | undefined; readonly find?: Lookup }

/**
 * The addresses of a place that may be reached.
 * @throws NotAllowed; the system's error when the name leads nowhere
 */
export async function addressesOf(
  { host, port }: Place,
  { may = mayReach, find = lookup }: Finding = {},
): Promise<readonly LookupAddress[]> {
  const family = isIP(host)
  const found = family === 0 ? await resolved(host, find) : [{ address: host, family }]
  const allowed = found.filter(({ address }) => isIP(address) !== 0 && may(address, port))
  if (allowed.length === 0) throw new NotAllowed(host)
  return allowed
}

function resolved(host: string, find: Lookup): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    const late = Object.assign(new Error(`${host} was not resolved in time`), { code: 'ETIMEDOUT' })
    const timer = setTimeout(() => reject(late), LOOKUP_MS)
    find(host, { all: true }, (error, found) => {
      clearTimeout(timer)
      if (error) reject(error)
      else resolve(found)
    })
  })
}

/** For sockets without TCP's way of trying several. @throws NotAllowed */
export async function addressOf(place: Place): Promise<string> {
  return (await addressesOf(place))[0]!.address
}

/**
 * What `connect` of node:net and node:tls, and `request` of node:http and node:https, take as `lookup`: it knows the
 * addresses that were judged and no others. For an address instead of a name it is not asked; that was judged too.
 * @throws NotAllowed
 */
export async function wayTo(place: Place, finding: Finding = {}): Promise<LookupFunction> {
  const addresses = await addressesOf(place, finding)
  return (_name, options, done) => {
    if (options.all) done(null, [...addresses])
    else done(null, addresses[0]!.address, addresses[0]!.family)
  }
}

export type FetchOptions = {
  readonly timeoutMs?: number
  readonly maxOctets?: number
}

/**
 * `fetch` through the door: http and https, no redirect followed, an answer that ends in time and in size.
 * @throws NotAllowed; TypeError with the cause when there is no answer, as `fetch` does; a TimeoutError
 */
export async function reachingFetch(
  address: string,
  init: RequestInit = {},
  options: FetchOptions & { readonly may?: Judge | undefined } = {},
): Promise<Response> {
  const request = new Request(address, init)
  const url = new URL(request.url)
  const body = init.body ? Buffer.from(await request.arrayBuffer()) : undefined
  const signal = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_ANSWER_MS)
  try {
    const way = await wayTo(placeOf(url), { may: options.may })
    const answer = await send(url, { request, body, signal, way })
    return responseOf(answer, options.maxOctets ?? DEFAULT_ANSWER_OCTETS)
  } catch (error) {
    if (error instanceof NotAllowed) throw error
    if (signal.aborted) throw signal.reason
    throw new TypeError('fetch failed', { cause: error })
  }
}

export function placeOf(url: URL): Place {
  const usual = url.protocol === 'https:' ? 443 : 80
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? usual : Number(url.port) }
}

type Sent = {
  readonly request: Request
  readonly body: Buffer | undefined
  readonly signal: AbortSignal
  readonly way: LookupFunction
}

function send(url: URL, { request, body, signal, way }: Sent): Promise<IncomingMessage> {
  const headers = { ...Object.fromEntries(request.headers), ...(body && { 'content-length': body.length }) }
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const sent = open(url, { method: request.method, headers, signal, agent: false, lookup: way }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
}

function responseOf(answer: IncomingMessage, maxOctets: number): Response {
  const status = answer.statusCode ?? 0
  if (status < 200 || status > 599) {
    answer.destroy()
    throw new Error(`an answer with the status ${status}`)
  }
  const headers = new Headers()
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value)
  const isEmpty = [204, 205, 304].includes(status)
  if (isEmpty) answer.resume()
  return new Response(isEmpty ? null : bodyOf(answer, maxOctets), { status, headers })
}

function bodyOf(answer: IncomingMessage, maxOctets: number): ReadableStream<Uint8Array> {
  let octets = 0
  const counted = new Transform({
    transform(part: Buffer, _encoding, done) {
      octets += part.length
      if (octets > maxOctets) done(new Error('the answer has no end'))
      else done(null, part)
    },
  })
  answer.on('error', (error) => counted.destroy(error))
  counted.on('close', () => answer.destroy())
  return Readable.toWeb(answer.pipe(counted)) as ReadableStream<Uint8Array>
}
