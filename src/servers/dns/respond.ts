import { FormatError } from '../../domain/dns/format-error.ts'
import { decodeMessage, encodeMessage, messageOf, type Message } from '../../domain/dns/message.ts'
import { ancestorsOf, canonicalName, parentOf } from '../../domain/dns/names.ts'
import { appendTsigError, signMessage, verifyMessage, type Verification } from '../../domain/dns/tsig.ts'
import { CLASS, OPCODE, RCODE, TYPE } from '../../domain/dns/types.ts'
import { isKeyAllowed, type DnsServerConfig, type DnsServerKey } from './config.ts'
import { lookUp, type Answer } from './lookup.ts'
import { transferMessages } from './transfer.ts'
import { bringsZone } from './update-zone.ts'
import type { UpdateQueue } from './updates.ts'
import type { Zone } from './zone.ts'

/** Largest UDP answer, in octets: passes every network without fragments (DNS flag day 2020). */
const MAX_UDP_OCTETS = 1232
/** Largest UDP answer to a sender without EDNS (RFC 1035 section 4.2.1). */
const PLAIN_UDP_OCTETS = 512
/** Room kept for the TSIG record of an answer: names of key and algorithm, MAC and the fixed part. */
const TSIG_OCTETS = 350

export type Responder = {
  readonly config: DnsServerConfig
  readonly zones: ReadonlyMap<string, Zone>
  readonly updates: UpdateQueue
  /** seconds since 1970 */
  readonly nowSeconds: () => number
}

/** A request with what its signature proved. */
type Request = {
  readonly message: Message
  readonly transport: 'udp' | 'tcp'
  readonly key: DnsServerKey | null
  readonly mac: Buffer | undefined
}

const HEADER_ONLY_FIELDS = { isResponse: true } as const

/** The answer to octets that are no message: the header alone, and only when it can be told what they answer. */
function formatErrorResponse(octets: Buffer): Buffer {
  return encodeMessage(
    messageOf({
      ...HEADER_ONLY_FIELDS,
      id: octets.readUInt16BE(0),
      opcode: (octets[2]! >> 3) & 15,
      rcode: RCODE.FORMERR,
    }),
  )
}

/**
 * Answers one message.
 * @returns the octets to send, several for a transfer; none for what deserves no answer
 */
export async function* respond(
  server: Responder,
  octets: Buffer,
  transport: 'udp' | 'tcp',
): AsyncGenerator<Buffer> {
  // Responses are never answered: two servers would talk to each other for ever.
  if (octets.length < 12 || (octets[2]! & 0x80) !== 0) return
  let message: Message
  try {
    message = decodeMessage(octets)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    yield formatErrorResponse(octets)
    return
  }
  const verdict = message.tsig
    ? verifyMessage(octets, message.tsig, server.config.keys, { nowSeconds: server.nowSeconds() })
    : null
  if (verdict && !verdict.ok) {
    yield badSignature(server, message, verdict)
    return
  }
  const key = server.config.keys.find((each) => each === verdict?.key) ?? null
  yield* answer(server, { message, transport, key, mac: verdict?.mac })
}

function badSignature(server: Responder, message: Message, verdict: Verification & { ok: false }): Buffer {
  const octets = encodeMessage(responseTo(message, { rcode: RCODE.NOTAUTH }))
  if (!verdict.key) return appendTsigError(octets, message.tsig!, verdict.error)
  const options = { nowSeconds: server.nowSeconds(), priorMac: verdict.mac, error: verdict.error }
  return signMessage(octets, verdict.key, options).octets
}

function responseTo(request: Message, fields: Partial<Message>): Message {
  return messageOf({
    id: request.id,
    isResponse: true,
    opcode: request.opcode,
    recursionDesired: request.opcode === OPCODE.QUERY && request.recursionDesired,
    questions: request.questions,
    edns: request.edns ? { udpSize: MAX_UDP_OCTETS, version: 0, dnssecOk: request.edns.dnssecOk } : null,
    ...fields,
  })
}

async function* answer(server: Responder, request: Request): AsyncGenerator<Buffer> {
  const { message } = request
  const code = refusalOf(message)
  if (code !== RCODE.NOERROR) {
    yield finish(server, request, responseTo(message, { rcode: code }))
  } else if (message.opcode === OPCODE.UPDATE) {
    yield finish(server, request, responseTo(message, { rcode: await update(server, request) }))
  } else if ([TYPE.AXFR, TYPE.IXFR].some((type) => type === message.questions[0]!.type)) {
    yield* transfer(server, request)
  } else {
    yield sign(server, request, query(server, request))
  }
}

/** What is refused whatever it asks. */
function refusalOf(message: Message): number {
  if (message.opcode !== OPCODE.QUERY && message.opcode !== OPCODE.UPDATE) return RCODE.NOTIMP
  if (message.edns && message.edns.version !== 0) return RCODE.BADVERS
  if (message.questions.length !== 1) return RCODE.FORMERR
  if (message.questions[0]!.class !== CLASS.IN) return RCODE.REFUSED
  return RCODE.NOERROR
}

/** The zone a name falls in: the one with the longest name. DS belongs to the zone above. */
function zoneFor(server: Responder, name: string, type: number): Zone | undefined {
  const start = type === TYPE.DS && server.zones.has(parentZone(server, name)) ? parentOf(name) : name
  const origin = ancestorsOf(start).find((at) => server.zones.has(at))
  return origin === undefined ? undefined : server.zones.get(origin)
}

function parentZone(server: Responder, name: string): string {
  return ancestorsOf(parentOf(name)).find((at) => server.zones.has(at)) ?? ''
}

function query(server: Responder, { message, transport }: Request): Buffer {
  const question = message.questions[0]!
  const name = canonicalName(question.name)
  const found = lookUp((each) => zoneFor(server, each, question.type), name, question.type)
  if (!found) return encodeMessage(responseTo(message, { rcode: RCODE.REFUSED }))
  // ANY over UDP is what amplification attacks ask; over TCP the address is proven (RFC 8482 section 4.4).
  if (question.type === TYPE.ANY && transport === 'udp') {
    return encodeMessage(responseTo(message, { truncated: true }))
  }
  return fit(message, found, transport)
}

/** The answer in the room there is: first without what is only helpful, then cut off so that TCP is tried. */
function fit(request: Message, found: Answer, transport: 'udp' | 'tcp'): Buffer {
  const { rcode, authoritative, answers, authority, additional } = found
  const limit = limitOf(request, transport)
  const whole = responseTo(request, { rcode, authoritative, answers, authority, additional })
  const bare = found.needsAdditional ? whole : { ...whole, additional: [] }
  return (
    encodeWithin(whole, limit) ??
    encodeWithin(bare, limit) ??
    encodeMessage(responseTo(request, { rcode, authoritative, truncated: true }))
  )
}

function limitOf(request: Message, transport: 'udp' | 'tcp'): number {
  const reserved = request.tsig ? TSIG_OCTETS : 0
  if (transport === 'tcp') return 65_535 - reserved
  const offered = request.edns ? Math.max(PLAIN_UDP_OCTETS, request.edns.udpSize) : PLAIN_UDP_OCTETS
  return Math.min(offered, MAX_UDP_OCTETS) - reserved
}

function encodeWithin(message: Message, limit: number): Buffer | undefined {
  try {
    const octets = encodeMessage(message)
    return octets.length <= limit ? octets : undefined
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}

function finish(server: Responder, request: Request, response: Message): Buffer {
  return sign(server, request, encodeMessage(response))
}

/** Signs an answer with the key of its request. */
function sign(server: Responder, request: Request, octets: Buffer): Buffer {
  if (!request.key) return octets
  return signMessage(octets, request.key, { nowSeconds: server.nowSeconds(), priorMac: request.mac }).octets
}

async function update(server: Responder, { message, key }: Request): Promise<number> {
  const question = message.questions[0]!
  if (question.type !== TYPE.SOA) return RCODE.FORMERR
  if (!key) return RCODE.REFUSED
  const name = canonicalName(question.name)
  if (!isKeyAllowed(key, 'update', name)) return RCODE.REFUSED
  if (!server.zones.has(name)) {
    // Our one extension: an update that brings SOA and NS makes the zone (docs/decisions).
    if (!key.createZones) return RCODE.NOTAUTH
    if (!bringsZone(name, message)) return RCODE.NOTAUTH
  }
  return server.updates.submit(name, message)
}

async function* transfer(server: Responder, request: Request): AsyncGenerator<Buffer> {
  const { message, key } = request
  const question = message.questions[0]!
  const zone = server.zones.get(canonicalName(question.name))
  const isAllowed = zone && key && isKeyAllowed(key, 'transfer', zone.origin)
  if (!isAllowed) {
    yield finish(server, request, responseTo(message, { rcode: zone ? RCODE.REFUSED : RCODE.NOTAUTH }))
    return
  }
  if (request.transport === 'udp') {
    // AXFR is for TCP only; an IXFR over UDP that does not fit gets the SOA alone (RFC 1995 section 2).
    const isIncremental = question.type === TYPE.IXFR
    const fields = isIncremental
      ? { authoritative: true, answers: [zone.soaRecord()] }
      : { rcode: RCODE.FORMERR }
    yield finish(server, request, responseTo(message, fields))
    return
  }
  let priorMac = request.mac
  let timersOnly = false
  for (const octets of transferMessages(zone, message)) {
    const signed = signMessage(octets, key, { nowSeconds: server.nowSeconds(), priorMac, timersOnly })
    priorMac = signed.mac
    timersOnly = true
    yield signed.octets
  }
}
