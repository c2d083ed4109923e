import { X509Certificate } from 'node:crypto'
import * as z from 'zod'
import { parseIpv4, parseIpv6, printIpv4, printIpv6 } from '../dns/addresses.ts'
import type { Text } from '../refused.ts'
import { serverFieldTexts as text } from '../text/office-servers.ts'

/*
 * What may be entered about a server. A form sends text and the API may send numbers and lists; both end as the
 * same settings. Every refusal says what is expected.
 */

export const tsigAlgorithms = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/
const SSH_KEY =
  /^(?:ssh-ed25519|ecdsa-sha2-nistp(?:256|384|521)|rsa-sha2-(?:256|512)|ssh-rsa) [A-Za-z0-9+/]{40,2000}={0,2}$/
const PRIVATE_KEY =
  /^-----BEGIN (?:OPENSSH |EC |RSA )?PRIVATE KEY-----\n[A-Za-z0-9+/=\n:, -]+\n-----END (?:OPENSSH |EC |RSA )?PRIVATE KEY-----\n?$/
const LIST_MAX = 32

/** A string that `accept` turns into a value, or the sentence that says what is expected. */
function entered<T>(accept: (value: string) => T | undefined, expected: Text, max = 253) {
  return z
    .string()
    .trim()
    .max(max)
    .transform((value, context): T => {
      const accepted = accept(value)
      if (accepted !== undefined) return accepted
      context.issues.push({ code: 'custom', params: { text: expected }, input: value, message: expected.en })
      return z.NEVER
    })
}

/** The canonical text of an address; undefined when it is none. */
export function addressOf(value: string): string | undefined {
  try {
    return value.includes(':') ? printIpv6(parseIpv6(value)) : printIpv4(parseIpv4(value))
  } catch {
    return undefined
  }
}

const hostOf = (value: string): string | undefined => {
  const name = value.toLowerCase().replace(/\.$/, '')
  return addressOf(name) ?? (HOST_NAME.test(name) && !/^[\d.]+$/.test(name) ? name : undefined)
}

export const host = entered(hostOf, text.host)
export const port = z.coerce.number().int().min(1).max(65_535)
export const keyName = entered((value) => {
  const name = value.toLowerCase().replace(/\.$/, '')
  return /^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/.test(name) ? name : undefined
}, text.keyName)
export const keySecret = entered(
  (value) => (z.base64().safeParse(value).success && value.length >= 24 ? value : undefined),
  text.keySecret,
  400,
)
export const httpUrl = entered((value) => {
  const url = URL.parse(value)
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && /^https?:$/.test(url.protocol) ? url.href.replace(/\/$/, '') : undefined
}, text.url)
/** One line of visible signs: an API key is whatever the other side made it. */
export const opaqueLine = entered(
  (value) => (/^[\x21-\x7e]+$/.test(value) ? value : undefined),
  text.opaque,
  500,
)

export const hostKey = entered(
  (value) => {
    const [type, key] = value.split(/\s+/)
    const plain = `${type} ${key}`
    return SSH_KEY.test(plain) ? plain : undefined
  },
  text.hostKey,
  3000,
)
export const privateKey = entered(
  (value) => {
    const key = `${value.replaceAll('\r\n', '\n').trim()}\n`
    return PRIVATE_KEY.test(key) ? key : undefined
  },
  text.privateKey,
  10_000,
)

/** How a certificate authority is shown that a name is the office's (RFC 8555 section 8). */
export const challenges = ['dns-01', 'http-01'] as const
export const httpsUrl = entered((value) => {
  const url = URL.parse(value)
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined
}, text.httpsUrl)
/** One certificate or several, in PEM. */
export const certificatePem = entered(
  (value) =>
    /^(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/.test(value)
      ? value
      : undefined,
  text.certificatePem,
  20_000,
)

/** Certificates that are trusted: each must be one that can be read. */
export const trustedPem = certificatePem.refine(
  (pem) =>
    (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).every(isCertificate),
  { params: { text: text.certificatePem } },
)

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

/** Numbers with dots, e.g. `1.3.6.1.4.1.99999.1` */
export const objectIdentifier = entered(
  (value) =>
    /^[0-2](?:\.(?:0|[1-9]\d{0,14})){1,30}$/.test(value) &&
    (value.startsWith('2') || /^\d\.[123]?\d(?:\.|$)/.test(value))
      ? value
      : undefined,
  text.objectIdentifier,
)

type Fields<Name extends string> = Readonly<Partial<Record<Name, string | undefined>>>
type Payload<Name extends string> = { value: Fields<Name>; issues: z.core.$ZodRawIssue[] }

/** A field that says nothing without another one. The other one is told. */
export const together =
  <One extends string, Other extends string>(one: One, other: Other, missing: Text) =>
  ({ value, issues }: Payload<One | Other>): void => {
    if (value[one] !== undefined && value[other] === undefined)
      issues.push({ code: 'custom', path: [other], params: { text: missing }, input: value })
  }

/** A name or password that must not go over the network in clear. */
export const overHttps =
  <One extends string, Url extends string>(one: One, url: Url, open: Text) =>
  ({ value, issues }: Payload<One | Url>): void => {
    if (value[one] !== undefined && value[url]?.startsWith('http:'))
      issues.push({ code: 'custom', path: [one], params: { text: open }, input: value })
  }

/** Lines of a text area, or a list. */
const lines = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
        : value,
    z.array(item).max(LIST_MAX),
  )

export const addresses = lines(entered(addressOf, text.address)).refine((all) => all.length > 0)

const writtenServer = z
  .strictObject({ name: z.string(), host: z.string(), port: z.int().optional() })
  .transform(({ name, host: where, port: at }) => [name, where, at].join(' '))
const nameServer = z.union([z.string(), writtenServer]).pipe(
  entered((line) => {
    const [name = '', where = '', at = '53'] = line.split(/\s+/)
    const address = addressOf(where)
    const number = port.safeParse(at)
    const isName = name === '*' || HOST_NAME.test(name.toLowerCase())
    return isName && address && number.success
      ? { name: name.toLowerCase(), host: address, port: number.data }
      : undefined
  }, text.nameServer),
)
/** Where the servers of NS records are reached when that is not their public address; `*` stands for all others. */
export const nameServers = lines(nameServer).default([])
/** Servers that are asked; at least one must be named. */
export const someNameServers = lines(nameServer).refine((all) => all.length > 0)

const writtenNode = z
  .strictObject({ host: z.string(), port: z.int(), hostKey: z.string() })
  .transform((node) => [node.host, node.port, node.hostKey].join(' '))
const swarmNode = z.union([z.string(), writtenNode]).pipe(
  entered(
    (line) => {
      const [, where = '', at = '22', key = ''] = /^(\S+)(?:\s+(\d+))?\s+(\S+\s+\S+)/.exec(line) ?? []
      const [address, number, pinned] = [hostOf(where), port.safeParse(at), hostKey.safeParse(key)]
      return address && number.success && pinned.success
        ? { host: address, port: number.data, hostKey: pinned.data }
        : undefined
    },
    text.swarmNode,
    3300,
  ),
)
/** The machines of a Docker Swarm: address, SSH port where it is another than 22, and the public host key. */
export const swarmNodes = lines(swarmNode).refine((all) => all.length > 0)

/** An image by what is in it; a name could come to mean another one. */
export const imageId = entered(
  (value) => (/^sha256:[0-9a-f]{64}$/.test(value) ? value : undefined),
  text.imageId,
)
export const replicas = z.coerce.number().int().min(1).max(20)
export const mebibytes = z.coerce.number().int().min(16).max(65_536)

/** Where people put the files of a site: a path, a panel, an account. */
export const place = z.string().trim().min(1).max(300)

/** A file in the office's own folder for keys: a plain name, no path. */
export const keyFile = entered(
  (value) => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.(?:p12|pfx)$/.test(value) ? value : undefined),
  text.keyFile,
)
