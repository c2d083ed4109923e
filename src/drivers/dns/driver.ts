import type { DnsPlan } from '../../domain/dns/plan.ts'
import type { Rrset, Soa } from '../../domain/dns/records.ts'
import type { CheckFinding } from '../../domain/office/server-drivers.ts'
import { Refused, type Text } from '../../domain/refused.ts'

/** What Ranah needs of a name server. Each kind is one folder beside this file and one line in drivers.ts. */
export type DnsDriver = {
  readonly kind: string
  /**
   * Every record set the primary has at the names, exactly: no wildcard stands in, no CNAME is followed.
   * @throws DnsFailure `unreachable` or `refused`
   */
  readonly readRrsets: (zone: string, names: readonly string[]) => Promise<Rrset[]>
  /** Whether the primary has any record at exactly this name. @throws DnsFailure as `readRrsets` */
  readonly isNameInUse: (zone: string, name: string) => Promise<boolean>
  /**
   * Carries out a plan. Safe to call again at any time: what is already so is not done twice, and what somebody
   * else changed since the plan was made is never overwritten.
   * @throws DnsFailure `conflict`, `unreachable` (the outcome is unknown: call again) or `refused`
   */
  readonly apply: (plan: DnsPlan) => Promise<{ readonly result: 'applied' | 'already-applied' }>
  /** The whole zone. @throws DnsFailure `unreachable` or `refused` */
  readonly transfer: (zone: string) => Promise<Rrset[]>
  /**
   * The same as the server sends it, each set handed on as it comes; one whose records do not follow each other comes
   * in parts. What was handed on counts only when it did not fail. @throws DnsFailure as `transfer`
   */
  readonly transferInParts: (zone: string, take: (part: Rrset) => void) => Promise<void>
  /** Asks every authoritative server of the zone, as anybody could. Never throws for a server that fails. */
  readonly probe: (question: ProbeQuestion) => Promise<ServerReport[]>
  /**
   * Makes a zone that does not exist yet; one that exists is left as it is.
   * @throws DnsFailure `refused` where the server cannot do this over the wire
   */
  readonly createZone: (zone: NewZone) => Promise<{ readonly result: 'created' | 'already-there' }>
  /**
   * Tests the connection and the rights on a zone without changing anything. What is wrong is said exactly; advice
   * comes as a finding that is ok. Never throws for a server that fails.
   */
  readonly check: (zone: string) => Promise<CheckFinding[]>
}

export type NewZone = {
  readonly zone: string
  readonly soa: Soa
  /** host names of the name servers; those inside the zone need addresses */
  readonly nameServers: readonly { readonly name: string; readonly addresses: readonly string[] }[]
  /** of the SOA, NS and address records, in seconds */
  readonly ttl: number
}

export type ProbeQuestion = {
  readonly zone: string
  /** what each server should say; no values means that there should be no such records */
  readonly expected: readonly Rrset[]
}

export type NameServer = { readonly name: string; readonly host: string; readonly port: number }

/** What one server said to one question. `no-answer` is an outage: neither there nor missing. */
export type ServerReport = {
  readonly server: NameServer
  readonly question: { readonly name: string; readonly type: string }
  /** canonical texts, sorted */
  readonly answers: readonly string[]
  /** seconds; `null` without answers */
  readonly ttl: number | null
  readonly verdict: 'agrees' | 'differs' | 'no-answer'
  /** response code or reason in a word or two, for the log and for operators */
  readonly detail: string
}

export type FailureKind = 'conflict' | 'unreachable' | 'refused'

const STATUS = { conflict: 409, unreachable: 503, refused: 422 } as const

/** Why a name server did not do what was asked. `kind` says what the caller may do next. */
export class DnsFailure extends Refused {
  readonly kind: FailureKind
  /** technical reason for the log, e.g. `REFUSED` or `timeout` */
  readonly detail: string

  constructor(kind: FailureKind, text: Text, detail: string, cause?: unknown) {
    super(`dns-${kind}`, text, { status: STATUS[kind], cause })
    this.name = 'DnsFailure'
    this.kind = kind
    this.detail = detail
  }
}
