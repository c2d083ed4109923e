import { FormatError } from '../../../domain/dns/format-error.ts'
import type { TsigKey } from '../../../domain/dns/tsig.ts'
import { RCODE, rcodeName } from '../../../domain/dns/types.ts'
import { dnsText } from '../../../domain/text/dns.ts'
import { DnsFailure } from '../driver.ts'
import { NoAnswer, overTcp, type Endpoint, type TcpSession } from '../exchange.ts'

/** The primary of some zones, and the key it takes updates and transfers with. */
export type Primary = { readonly endpoint: Endpoint; readonly key: TsigKey }

/** The server answered and said no. */
export class ServerRefusal extends Error {
  readonly rcode: number

  constructor(rcode: number) {
    super(rcodeName(rcode))
    this.name = 'ServerRefusal'
    this.rcode = rcode
  }
}

export function nameOf({ endpoint }: Primary): string {
  return `${endpoint.host}:${endpoint.port}`
}

/** What a caller can act on, made of what went wrong in a conversation. Faults stay faults. */
export function failureOf(primary: Primary, error: unknown): unknown {
  const where = nameOf(primary)
  // SERVFAIL says that the server failed, not that it decided: the outcome is unknown.
  if (error instanceof ServerRefusal && error.rcode === RCODE.SERVFAIL)
    return new DnsFailure('unreachable', dnsText.failing(where, error.message), error.message, error)
  if (error instanceof NoAnswer)
    return new DnsFailure('unreachable', dnsText.unreachable(where), error.message, error)
  if (error instanceof ServerRefusal) {
    return new DnsFailure('refused', dnsText.refusedByServer(where, error.message), error.message, error)
  }
  if (error instanceof FormatError) {
    return new DnsFailure('refused', dnsText.refusedByServer(where, 'FORMERR'), error.message, error)
  }
  return error
}

/** Runs a conversation over one connection. @throws DnsFailure `unreachable` or `refused` */
export async function converse<T>(primary: Primary, use: (session: TcpSession) => Promise<T>): Promise<T> {
  try {
    return await overTcp(primary.endpoint, use)
  } catch (error) {
    throw failureOf(primary, error)
  }
}
