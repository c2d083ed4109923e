import { Resolver } from 'node:dns/promises'
import type { Message } from '../../domain/dns/message.ts'
import { canonicalName } from '../../domain/dns/names.ts'
import { canonicalRrset, type Rrset } from '../../domain/dns/records.ts'
import { RCODE, rcodeName } from '../../domain/dns/types.ts'
import { NotAllowed } from '../outgoing.ts'
import type { NameServer, ProbeQuestion, ServerReport } from './driver.ts'
import { NoAnswer, ask, type Endpoint } from './exchange.ts'
import { questionFor, toRrsets } from './rrsets.ts'

/** Asks every authoritative server of a zone from outside, unsigned, as the public does. */

export type ProbeOptions = {
  /** the primary: it is asked for the NS records, and probed too */
  readonly primary: Endpoint
  /** where to reach the servers that NS records name; the name `*` stands for every one not listed */
  readonly nameServers: readonly NameServer[]
}

const RESOLVE_TIMEOUT_MS = 2_000
const RESOLVE_TRIES = 2
/** Servers of one zone that are asked; more in an NS set are a mistake or an attack. */
const MAX_SERVERS = 32
const DNS_PORT = 53

async function setFrom(endpoint: Endpoint, name: string, type: string): Promise<readonly string[]> {
  const answer = await ask(endpoint, questionFor(name, type))
  return toRrsets(answer.answers).find((set) => set.name === name && set.type === type)?.values ?? []
}

/** Addresses of a server: from the zone where it lies in it, else as the system resolves it. */
async function addressesOf(primary: Endpoint, name: string): Promise<string[]> {
  const own = await Promise.all(['A', 'AAAA'].map((type) => setFrom(primary, name, type).catch(() => [])))
  if (own.flat().length > 0) return own.flat()
  const resolver = new Resolver({ timeout: RESOLVE_TIMEOUT_MS, tries: RESOLVE_TRIES })
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
}

type Located = { readonly server: NameServer; readonly isLost: boolean }

async function locate(options: ProbeOptions, name: string): Promise<Located[]> {
  const known = options.nameServers.filter((server) => canonicalNameOrStar(server.name) === name)
  const mapped = known.length > 0 ? known : options.nameServers.filter((server) => server.name === '*')
  if (mapped.length > 0)
    return mapped.map(({ host, port }) => ({ server: { name, host, port }, isLost: false }))
  const addresses = await addressesOf(options.primary, name)
  if (addresses.length === 0) return [{ server: { name, host: '', port: DNS_PORT }, isLost: true }]
  return addresses.map((host) => ({ server: { name, host, port: DNS_PORT }, isLost: false }))
}

function canonicalNameOrStar(name: string): string {
  return name === '*' ? '*' : canonicalName(name)
}

/** Every server to ask: those of the NS records, those configured, and the primary; each address once. */
async function serversOf(options: ProbeOptions, zone: string): Promise<Located[]> {
  const targets = await setFrom(options.primary, zone, 'NS').catch(() => [])
  const names = targets.slice(0, MAX_SERVERS).map(canonicalName)
  const fromZone = (await Promise.all(names.map((name) => locate(options, name)))).flat()
  const configured = options.nameServers.filter((server) => server.name !== '*')
  const primary = { name: 'primary', ...options.primary }
  const all = [...fromZone, ...[...configured, primary].map((server) => ({ server, isLost: false }))]
  const seen = new Set<string>()
  return all.filter(({ server }) => {
    const key = server.host === '' ? server.name : `${server.host} ${server.port}`
    return !seen.has(key) && seen.add(key)
  })
}

/** What an answer says about a set. A delegation is told in a referral, without authority. */
function setInAnswer(
  answer: Message,
  expected: Rrset,
  zone: string,
): { set: Rrset | undefined; isOwn: boolean } {
  const isIt = (set: Rrset): boolean => set.name === expected.name && set.type === expected.type
  const isCut = expected.type === 'NS' && expected.name !== zone && !answer.authoritative
  const set = toRrsets(isCut ? answer.authority : answer.answers).find(isIt)
  return { set, isOwn: answer.authoritative || (isCut && set !== undefined) }
}

function judge(answer: Message, expected: Rrset, zone: string): Omit<ServerReport, 'server' | 'question'> {
  const rcode = rcodeName(answer.rcode)
  const { set, isOwn } = setInAnswer(answer, expected, zone)
  const answers = set?.values ?? []
  const ttl = set?.ttl ?? null
  const isFailure = answer.rcode !== RCODE.NOERROR && answer.rcode !== RCODE.NXDOMAIN
  if (isFailure) return { answers: [], ttl: null, verdict: 'no-answer', detail: rcode }
  if (!isOwn) return { answers, ttl, verdict: 'differs', detail: 'not authoritative' }
  const isSame = JSON.stringify(answers) === JSON.stringify(expected.values)
  return { answers, ttl, verdict: isSame ? 'agrees' : 'differs', detail: rcode }
}

async function report(located: Located, expected: Rrset, zone: string): Promise<ServerReport> {
  const { server } = located
  const question = { name: expected.name, type: expected.type }
  const silent = (detail: string): ServerReport => ({
    server,
    question,
    answers: [],
    ttl: null,
    verdict: 'no-answer',
    detail,
  })
  if (located.isLost) return silent('no address')
  try {
    return {
      server,
      question,
      ...judge(await ask(server, questionFor(expected.name, expected.type)), expected, zone),
    }
  } catch (error) {
    if (error instanceof NoAnswer) return silent(error.message)
    // somebody may write any address into a zone; a server that we were given stands in its settings
    if (error instanceof NotAllowed) return silent('address not allowed')
    throw error
  }
}

/** One report per server and expected set. */
export async function probeZone(
  options: ProbeOptions,
  { zone, expected }: ProbeQuestion,
): Promise<ServerReport[]> {
  const origin = canonicalName(zone)
  const servers = await serversOf(options, origin)
  const sets = expected.map(canonicalRrset)
  const reports = await Promise.all(
    servers.map((server) => Promise.all(sets.map((set) => report(server, set, origin)))),
  )
  return reports.flat()
}
