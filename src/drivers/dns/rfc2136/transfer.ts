import { FormatError } from '../../../domain/dns/format-error.ts'
import { decodeMessage, messageOf, type Message, type ResourceRecord } from '../../../domain/dns/message.ts'
import { canonicalName } from '../../../domain/dns/names.ts'
import type { Rrset } from '../../../domain/dns/records.ts'
import { TransferVerifier, type TsigKey } from '../../../domain/dns/tsig.ts'
import { CLASS, RCODE, TYPE } from '../../../domain/dns/types.ts'
import { NoAnswer, nowSeconds, type TcpSession } from '../exchange.ts'
import { SetParts } from '../rrsets.ts'
import { ServerRefusal } from './primary.ts'

/** Records a transfer may bring: many times the largest zone of a government. */
const MAX_TRANSFER_RECORDS = 2_000_000

function axfrQuestion(zone: string): (id: number) => Message {
  return (id) => messageOf({ id, questions: [{ name: zone, type: TYPE.AXFR, class: CLASS.IN }] })
}

/** Gathers the messages of one transfer: from SOA to SOA, every message bound to the one before. */
class Collector {
  readonly #zone: string
  readonly #parts: SetParts
  #count = 0
  #verifier: TransferVerifier | null = null

  constructor(zone: string, take: (part: Rrset) => void) {
    this.#zone = zone
    this.#parts = new SetParts(take)
  }

  /** @returns true when the closing SOA has come, which is not handed on */
  take(octets: Buffer, key: TsigKey, requestMac: Buffer): true | undefined {
    const message = decodeMessage(octets)
    if (!message.isResponse) throw new FormatError('a question where a transfer is due')
    if (message.rcode !== RCODE.NOERROR) throw new ServerRefusal(message.rcode)
    this.#verifier ??= new TransferVerifier(key, requestMac)
    this.#verifier.accept(octets, message.tsig, nowSeconds())
    for (const record of message.answers) {
      if (this.#isSoa(record) && this.#count > 0) {
        this.#verifier.finish()
        this.#parts.finish()
        return true
      }
      if (this.#count === 0 && !this.#isSoa(record)) throw new FormatError('no SOA at the beginning')
      this.#count += 1
      this.#parts.add(record)
    }
    if (this.#count > MAX_TRANSFER_RECORDS) throw new FormatError('the transfer does not end')
    if (message.answers.length === 0) throw new FormatError('an empty message in a transfer')
    return undefined
  }

  #isSoa(record: ResourceRecord): boolean {
    return record.type === TYPE.SOA && canonicalName(record.name) === this.#zone
  }
}

/**
 * A zone by AXFR (RFC 5936), signed from end to end. Its sets are handed on while the next message is on its way, in the
 * order in which the server sends them; one whose records do not follow each other comes in parts.
 * @throws NoAnswer when it breaks off or the signature fails: what was handed on is then worth nothing; ServerRefusal
 * when the server says no
 */
export async function transferZone(
  session: TcpSession,
  key: TsigKey,
  zone: string,
  take: (part: Rrset) => void,
): Promise<void> {
  const collector = new Collector(zone, take)
  try {
    await session.converse(axfrQuestion(zone), key, (octets, asked) =>
      collector.take(octets, key, asked.mac!),
    )
  } catch (error) {
    if (error instanceof FormatError) throw new NoAnswer(error.message, error)
    throw error
  }
}
