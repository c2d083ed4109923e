import { encodeMessage, messageOf, type Message, type ResourceRecord } from '../../domain/dns/message.ts'
import { rdataFromWire } from '../../domain/dns/records.ts'
import { TYPE } from '../../domain/dns/types.ts'
import type { Zone } from './zone.ts'

/** Octets of records per message of a transfer: below 16 KiB every name can still be compressed. */
const MAX_TRANSFER_OCTETS = 15_000
/** Room for the fixed part of a record and the length octets of its name. */
const RECORD_OVERHEAD_OCTETS = 16

function* chunksOf(records: Iterable<ResourceRecord>): Generator<ResourceRecord[]> {
  let chunk: ResourceRecord[] = []
  let octets = 0
  for (const record of records) {
    const size = record.name.length + record.rdata.length + RECORD_OVERHEAD_OCTETS
    if (chunk.length > 0 && octets + size > MAX_TRANSFER_OCTETS) {
      yield chunk
      chunk = []
      octets = 0
    }
    chunk.push(record)
    octets += size
  }
  yield chunk
}

/** The serial a secondary says it has, in an IXFR query (RFC 1995 section 3). */
function serialOfRequest(request: Message): number | undefined {
  const soa = request.authority.find(({ type }) => type === TYPE.SOA)
  const data = soa && rdataFromWire(TYPE.SOA, soa.rdata)
  return data?.type === 'SOA' ? data.serial : undefined
}

/**
 * The messages of a transfer (RFC 5936 section 2.2). IXFR gets the whole zone too, which RFC 1995 section 4
 * allows, or the SOA alone when the secondary is up to date. The zone is read at once, so that an update in the
 * middle cannot mix two versions.
 */
export function* transferMessages(zone: Zone, request: Message): Generator<Buffer> {
  const soa = zone.soaRecord()
  const question = request.questions[0]!
  const isCurrent = question.type === TYPE.IXFR && serialOfRequest(request) === zone.soa().serial
  const records = isCurrent ? [soa] : [soa, ...zone.recordsBesideSoa(), soa]
  let questions = [question]
  for (const answers of chunksOf(records)) {
    yield encodeMessage(
      messageOf({ id: request.id, isResponse: true, authoritative: true, questions, answers }),
    )
    questions = []
  }
}
