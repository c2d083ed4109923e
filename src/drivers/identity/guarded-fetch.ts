import { lookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

const answerMs = 10_000
/** Octets of an answer that are read: metadata and keys have some thousands. */
const maxAnswerOctets = 256 * 1024

/** Nothing that a provider on the internet has: this machine, this network, and what is not for anybody (RFC 6890). */
const notPublic = new BlockList()
for (const [network, bits, family] of [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const)
  notPublic.addSubnet(network, bits, family)

/** @returns whether an address is one that anybody on the internet may have */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && !notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Why a request was not made. */
export class NotAllowed extends Error {}

/**
 * A `fetch` that reaches what the operator allowed by its origin, and otherwise only https on the public internet. The
 * address that was judged is the one that is connected to; redirects are not followed.
 *
 * @param allowed origins, e.g. `https://sso.contohkab.go.id`
 */
export function guardedFetch(
  allowed: readonly string[],
): (url: string, init?: RequestInit) => Promise<Response> {
  return async (address, init = {}) => {
    const url = new URL(address)
    const isAllowed = allowed.includes(url.origin)
    if (!isAllowed && url.protocol !== 'https:') throw new NotAllowed(`${url.origin} is not https`)
    const bare = url.hostname.replace(/^\[|\]$/g, '')
    if (!isAllowed && isIP(bare) !== 0 && !isPublicAddress(bare))
      throw new NotAllowed(`${url.origin} is not on the internet`)
    return exchange(url, init, isAllowed ? undefined : publicOnly)
  }
}

/** Looks a name up and lets only public addresses through. */
const publicOnly: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '')
    const public_ = found.filter(({ address }) => isPublicAddress(address))
    if (public_.length === 0) return done(new NotAllowed(`${name} is not on the internet`), '')
    if (options.all) return done(null, public_)
    return done(null, public_[0]!.address, public_[0]!.family)
  })
}

async function exchange(url: URL, init: RequestInit, find: LookupFunction | undefined): Promise<Response> {
  const request = new Request(url, init)
  const body = init.body ? Buffer.from(await request.arrayBuffer()) : undefined
  const headers = { ...Object.fromEntries(request.headers), ...(body && { 'content-length': body.length }) }
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest
  const signal = AbortSignal.timeout(answerMs)
  return new Promise((resolve, reject) => {
    const options = {
      method: request.method,
      headers,
      signal,
      agent: false as const,
      ...(find && { lookup: find }),
    }
    const sent = open(url, options, (answer) => {
      const parts: Buffer[] = []
      let length = 0
      answer.on('data', (part: Buffer) => {
        length += part.length
        if (length > maxAnswerOctets) answer.destroy(new Error('the answer has no end'))
        else parts.push(part)
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const status = answer.statusCode ?? 500
        const type = answer.headers['content-type'] ?? ''
        const isEmpty = status === 204 || status === 304
        resolve(
          new Response(isEmpty ? null : Buffer.concat(parts), { status, headers: { 'content-type': type } }),
        )
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
